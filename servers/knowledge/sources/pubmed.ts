/**
 * PubMed as NLM gives it away: baseline and update files, and efetch answers. Files are read from the newest to the oldest
 * and a citation counts once, as the newest file has it: so no older state is ever seen, and a repeated import changes nothing.
 */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { WrittenDocument } from "../written-document.ts";
import { filesOf } from "./files.ts";
import { recordsOf, UNREAD } from "./pubmed/article.ts";
import { NumberSet } from "./pubmed/number-set.ts";
import { RegularReader } from "./pubmed/regular.ts";
import { nextBeginning, readRecords, type RawRecord } from "./pubmed/records.ts";
import { RowProblems, type Source, type SourceContext } from "./source.ts";
import { children, textOf, type XmlElement } from "./xml.ts";
import { parseXmlRecord } from "./xml-record.ts";

export const pubmed: Source = {
  kind: "pubmed",
  describe: "PubMed XML: a baseline, update or efetch file, or a folder of such; .gz too",
  read: readPubmed,
};

/** @throws Error where a file that is named, or every file of a folder, is no PubMed XML */
async function* readPubmed(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const files = await filesOf(path, /\.xml(\.gz)?$/i, "PubMed XML as .xml or .xml.gz");
  context.about({ licence: "courtesy of the U.S. National Library of Medicine; abstracts may be under copyright" });
  const newer = new NumberSet();
  const failures: Error[] = [];
  for (const file of files.toReversed()) {
    try {
      yield* readFile(file, newer, context);
    } catch (error) {
      if (files.length === 1) throw error;
      failures.push(error as Error);
      if (failures.length === files.length) throw error;
      context.problem({ file, reason: (error as Error).message });
    }
  }
}

/** The records of one file whose PMIDs no newer file has; afterwards these are among the newer ones. */
async function* readFile(file: string, newer: NumberSet, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const problems = new RowProblems(file, context);
  const reader = new FileReader(newer);
  for await (const parts of readRecords(file, new RegularReader())) {
    const records: KnowledgeRecord[] = [];
    for (const part of parts) {
      if ("records" in part) reader.takeRead(part.records, records);
      else if ("reason" in part) problems[part.torn ? "torn" : "broken"](`byte ${part.offset}: ${part.reason}`);
      else reader.take(part, records, (offset, reason) => problems.broken(`byte ${offset}: ${reason}`));
    }
    if (records.length > 0) yield records;
  }
  for (const pmid of reader.here) newer.add(pmid);
}

/** What the records of a file say that no newer one does. */
class FileReader {
  readonly #newer: NumberSet;
  /** PMIDs of this file. */
  readonly here: number[] = [];
  /** The last change of any record up to here: what a file withdraws, it withdraws after that. */
  #lastRevised = "";

  constructor(newer: NumberSet) {
    this.#newer = newer;
  }

  /** A regular citation. */
  takeRead(found: readonly KnowledgeRecord[], records: KnowledgeRecord[]): void {
    const [first] = found;
    const pmid = first instanceof WrittenDocument ? Number(first.facts.id.slice("PMID:".length)) : Number.NaN;
    if (!this.#newer.has(pmid)) this.#add(pmid, found, records);
  }

  #add(pmid: number, found: readonly KnowledgeRecord[], records: KnowledgeRecord[]): void {
    this.here.push(pmid);
    for (const record of found) {
      records.push(record);
      if (record.type === "document" && (record.revised ?? "") > this.#lastRevised) this.#lastRevised = record.revised!;
    }
  }

  /** As trees, those too that a broken record has swallowed because it has no end. */
  take(raw: RawRecord, records: KnowledgeRecord[], tell: (offset: number, reason: string) => void): void {
    let text: string | undefined = raw.bytes.toString("utf8");
    let { name, offset } = raw;
    while (text !== undefined) {
      const found: { pmid: number; records: KnowledgeRecord[] }[] | string = this.#read(name, text);
      const next: number = typeof found === "string" ? nextBeginning(text) : -1;
      if (typeof found !== "string") for (const one of found) this.#add(one.pmid, one.records, records);
      else tell(offset, next < 0 ? found : `PMID ${pmidIn(text) ?? "unknown"} is not closed`);
      if (next < 0) return;
      offset += Buffer.byteLength(text.slice(0, next));
      text = text.slice(next);
      name = /^<(\w+)/.exec(text)![1]!;
    }
  }

  /** What a record says, or why it cannot be used. */
  #read(name: string, text: string): { pmid: number; records: KnowledgeRecord[] }[] | string {
    if (name.startsWith("Delete")) return this.#removals(name, text);
    if (name !== "PubmedArticle" && name !== "PubmedBookArticle") return `<${name}> is no kind of record`;
    const pmid = pmidIn(text);
    if (!pmid) return `a ${name} without a PMID`;
    if (this.#newer.has(Number(pmid))) return nextBeginning(text) < 0 ? [] : "is not closed";
    let element: XmlElement;
    try {
      element = parseXmlRecord(text, UNREAD);
    } catch (error) {
      return `PMID ${pmid}: ${(error as Error).message}`;
    }
    const records = recordsOf(element);
    return records ? [{ pmid: Number(pmid), records }] : `PMID ${pmid}: holds no article`;
  }

  #removals(name: string, text: string): { pmid: number; records: KnowledgeRecord[] }[] | string {
    let element: XmlElement;
    try {
      element = parseXmlRecord(text);
    } catch (error) {
      return `${name}: ${(error as Error).message}`;
    }
    const revised = this.#lastRevised ? { revised: this.#lastRevised } : {};
    return children(element, "PMID")
      .map((pmid) => Number(textOf(pmid)))
      .filter((pmid) => Number.isSafeInteger(pmid) && pmid > 0 && !this.#newer.has(pmid))
      .map((pmid) => ({ pmid, records: [{ type: "removal", document: `PMID:${pmid}`, ...revised }] }));
  }
}

function pmidIn(text: string): string | undefined {
  return /<PMID[^>]*>\s*(\d{1,12})\s*</.exec(text)?.[1];
}

/**
 * PubMed as NLM gives it away: baseline and update files, and efetch answers. Files are read from the newest to the oldest
 * and a citation counts once, as the newest file has it: so no older state is ever seen, and a repeated import changes nothing.
 */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { filesOf } from "./files.ts";
import { documentOf, noticesIn, UNREAD } from "./pubmed/article.ts";
import { NumberSet } from "./pubmed/number-set.ts";
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
  const files = await filesOf(path, /\.xml(\.gz)?$/i, "pubmed*.xml or pubmed*.xml.gz");
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
  const here: number[] = [];
  for await (const raw of readRecords(file)) {
    if ("reason" in raw) {
      problems.add(undefined, `byte ${raw.offset}: ${raw.reason}`);
      continue;
    }
    let rest: RawRecord | undefined = raw;
    while (rest) {
      const records: KnowledgeRecord[] | string = recordsOf(rest, newer, here);
      const failed = typeof records === "string";
      const next: RawRecord | undefined = failed ? swallowed(rest) : undefined;
      if (failed)
        problems.add(
          undefined,
          `byte ${rest.offset}: ${next ? `PMID ${pmidIn(rest) ?? "unknown"} is not closed` : records}`,
        );
      else if (records.length > 0) yield records;
      rest = next;
    }
  }
  for (const pmid of here) newer.add(pmid);
}

function pmidIn(raw: RawRecord): string | undefined {
  return /<PMID[^>]*>\s*(\d{1,12})\s*</.exec(raw.text)?.[1];
}

/** The record that a broken one has swallowed. */
function swallowed(raw: RawRecord): RawRecord | undefined {
  const at = nextBeginning(raw.text);
  if (at < 0) return undefined;
  const text = raw.text.slice(at);
  return { name: /^<(\w+)/.exec(text)![1]!, offset: raw.offset + Buffer.byteLength(raw.text.slice(0, at)), text };
}

/** What a record says, or why it cannot be used. @param here takes the PMIDs */
function recordsOf(raw: RawRecord, newer: NumberSet, here: number[]): KnowledgeRecord[] | string {
  if (raw.name.startsWith("Delete")) return removalsOf(raw, newer, here);
  if (raw.name !== "PubmedArticle" && raw.name !== "PubmedBookArticle") return `<${raw.name}> is no kind of record`;
  const pmid = pmidIn(raw);
  if (!pmid) return `a ${raw.name} without a PMID`;
  if (newer.has(Number(pmid))) return nextBeginning(raw.text) < 0 ? [] : "is not closed";
  let element: XmlElement;
  try {
    element = parseXmlRecord(raw.text, UNREAD);
  } catch (error) {
    return `PMID ${pmid}: ${(error as Error).message}`;
  }
  const document = documentOf(element);
  if (!document) return `PMID ${pmid}: holds no article`;
  here.push(Number(pmid));
  const notices = noticesIn(element).map((notice): KnowledgeRecord => ({ type: "notice", ...notice }));
  return [{ type: "document", document }, ...notices];
}

function removalsOf(raw: RawRecord, newer: NumberSet, here: number[]): KnowledgeRecord[] | string {
  let element: XmlElement;
  try {
    element = parseXmlRecord(raw.text);
  } catch (error) {
    return `${raw.name}: ${(error as Error).message}`;
  }
  const pmids = children(element, "PMID").map((pmid) => Number(textOf(pmid)));
  const gone = pmids.filter((pmid) => Number.isSafeInteger(pmid) && pmid > 0 && !newer.has(pmid));
  here.push(...gone);
  return gone.map((pmid) => ({ type: "removal", document: `PMID:${pmid}` }));
}

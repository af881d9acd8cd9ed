/** PubTator's BioC-JSON: the texts as documents, what is marked in them as entities, and relations that quote the sentence. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { documentText, type Document, type Entity, type KnowledgeRecord } from "../../../schemas/index.ts";
import { entitiesOf, type Infons } from "./pubtator/annotations.ts";
import { readBioc, type BiocDocument } from "./pubtator/bioc.ts";
import { coMentions, endsOf, namedRelations, type Mention } from "./pubtator/relations.ts";
import { RowProblems, type Source, type SourceContext } from "./source.ts";

export const pubtator: Source = {
  kind: "pubtator",
  describe: "PubTator3 BioC-JSON: a file (an export, or a document a line) or a folder of such; .gz too",
  read: readPubtator,
};

/** A document, then the entities that it names, then what it says of them. @throws Error where a file is torn or holds no document */
async function* readPubtator(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder
    ? (await readdir(path))
        .filter((name) => /\.jsonl?(\.gz)?$/i.test(name))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  let found = 0;
  for (const file of files) {
    const problems = new RowProblems(file, context);
    let place = 0;
    for await (const document of readBioc(file)) {
      place++;
      if ("reason" in document) problems.add(document.line ?? place, document.reason);
      else {
        found++;
        yield recordsOf(document, (reason) => context.problem({ file, reason }));
      }
    }
  }
  if (found === 0) throw new Error(`${path}: holds no BioC document; is it an export of PubTator3?`);
}

function recordsOf(bioc: BiocDocument, onProblem: (reason: string) => void): KnowledgeRecord[] {
  const document = documentOf(bioc);
  const mentions = mentionsIn(bioc, document, onProblem);
  const entities = new Map<string, Entity>();
  for (const entity of [...mentions.map((m) => m.entity), ...bioc.relations.flatMap(endsOf)]) {
    if (!entities.has(entity.id)) entities.set(entity.id, entity);
  }
  const relations = [...namedRelations(bioc, document, mentions, onProblem), ...coMentions(document, mentions)];
  return [
    { type: "document", document },
    ...[...entities.values()].map((entity): KnowledgeRecord => ({ type: "entity", entity })),
    ...relations.map((relation): KnowledgeRecord => ({ type: "relation", relation })),
  ];
}

function documentOf({ id, pmid, pmcid, passages, date, journal, authors }: BiocDocument): Document {
  const title = passages.find(isTitle)?.text ?? "";
  const number = String(pmid ?? id);
  const document: Document = {
    id: pmid || /^\d+$/.test(id) ? `PMID:${number}` : `PMC:${(pmcid ?? id).replace(/^PMC:?/i, "")}`,
    title,
    sections: passages.filter((p) => !isTitle(p)).map((p) => ({ label: labelOf(p.infons), text: p.text })),
  };
  const day = /^\d{4}(-\d{2}(-\d{2})?)?/.exec(date ?? "")?.[0];
  if (day) document.published = day;
  if (journal) document.journal = journal;
  if (authors && authors.length > 0) document.authors = authors;
  if (pmcid && pmid) document.identifiers = { pmcid };
  return document;
}

type Passage = BiocDocument["passages"][number];

function isTitle({ infons, offset }: Passage): boolean {
  return infons["type"] === "title" || infons["type"] === "front" || (offset === 0 && infons["type"] === undefined);
}

function labelOf(infons: Infons): string {
  const label = infons["section_type"] ?? infons["type"];
  return typeof label === "string" ? label.charAt(0).toUpperCase() + label.slice(1).toLowerCase() : "";
}

/** Marks of each passage at their places in the document's text; one that is not there is told. */
function mentionsIn({ passages }: BiocDocument, document: Document, onProblem: (reason: string) => void): Mention[] {
  const text = documentText(document);
  const mentions: Mention[] = [];
  let from = 0;
  for (const passage of [...passages.filter(isTitle).slice(0, 1), ...passages.filter((p) => !isTitle(p))]) {
    const at = text.indexOf(passage.text, from);
    if (at < 0) continue;
    from = at + passage.text.length;
    for (const { id, infons, text: said, locations } of passage.annotations) {
      for (const { offset, length } of locations) {
        const start = placeOf(text, at + offset - passage.offset, length, said);
        if (start === undefined) {
          onProblem(`${document.id}, annotation ${id}: "${said.slice(0, 60)}" does not stand at ${offset}`);
          continue;
        }
        for (const entity of entitiesOf(infons, said)) {
          mentions.push({ annotation: id, entity, start, end: start + said.length });
        }
      }
    }
  }
  return mentions;
}

/** Offsets count characters or bytes, by who made the file: a mark within a few characters is meant. */
function placeOf(text: string, start: number, length: number, said: string): number | undefined {
  if (said === "") return undefined;
  if (text.startsWith(said, start)) return start;
  const near = text.indexOf(said, Math.max(0, start - 40));
  return near >= 0 && near <= start + length + 40 ? near : undefined;
}

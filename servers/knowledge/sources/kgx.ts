/**
 * Graphs in the KGX form of the Biolink model: tables of nodes and edges, as TSV or JSON lines. An edge without a text of
 * its own is quoted as a line of a document that stands for its table, with the publications that the edge names.
 */
import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { locateKgx, readRows } from "./kgx/files.ts";
import { edgeFrom, entityFrom, type EdgeRow } from "./kgx/rows.ts";
import { readJsonl } from "./jsonl.ts";
import type { Source, SourceContext } from "./source.ts";
import { oneLine, StatementDocuments } from "./statement-documents.ts";

export const kgx: Source = {
  kind: "kgx",
  describe: "KGX/Biolink: a folder with …nodes.tsv and …edges.tsv (or .jsonl), or one such file; .gz too",
  read: readKgx,
};

/** Records that go on together. */
const PIECE = 1000;
/** Names that are kept for the sentences of evidence. */
const MOST_NAMES = 3_000_000;

/** Nodes before edges, each file in the order of its name. @throws Error where there is no such file, or it is torn */
async function* readKgx(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const files = await locateKgx(path);
  let piece: KnowledgeRecord[] = [];
  for (const file of files.documents) {
    for await (const record of readJsonl(file, context)) {
      if (piece.push(record) < PIECE) continue;
      yield piece;
      piece = [];
    }
  }
  const names = new Map<string, string>();
  for (const file of files.nodes) {
    for await (const { row, problems, line } of readRows(file, ["id"], context)) {
      const entity = entityFrom(row);
      if (typeof entity === "string") {
        problems.add(line, entity);
        continue;
      }
      if (names.size < MOST_NAMES) names.set(entity.id, entity.name);
      if (piece.push({ type: "entity", entity }) < PIECE) continue;
      yield piece;
      piece = [];
    }
  }
  for (const file of files.edges) {
    const documents = new StatementDocuments(await describe(file));
    for await (const { row, problems, line } of readRows(file, ["subject", "predicate", "object"], context)) {
      const edge = edgeFrom(row);
      if (typeof edge === "string") {
        problems.add(line, edge);
        continue;
      }
      const { relation } = edge;
      if (relation.evidence.length > 0) piece.push({ type: "relation", relation });
      else {
        const { knowledgeLevel, agent, publications } = edge;
        const said = sentence(edge, names);
        piece.push(...documents.add({ relation, line: said, knowledgeLevel, agent, references: publications }));
      }
      if (piece.length < PIECE) continue;
      yield piece;
      piece = [];
    }
    piece.push(...documents.finish());
  }
  if (piece.length > 0) yield piece;
}

/** The documents of a table are named after the file's place: what is there later takes the place of what was. */
async function describe(file: string) {
  const name = basename(file).replace(/\.gz$/i, "");
  const { mtime } = await stat(file);
  return {
    id: `KGX:${name.replace(/\s+/g, "_")}-${hash("sha256", resolve(file)).slice(0, 8)}`,
    title: `${name} (KGX edges)`,
    publisher: name,
    published: mtime.toISOString().slice(0, 10),
  };
}

/** The row in words: names with ids, the predicate, context, and where the row says it comes from. */
function sentence({ relation, publications, sources, sentences }: EdgeRow, names: ReadonlyMap<string, string>): string {
  const { subject, predicate, object, negated, qualifiers } = relation;
  const named = (id: string) => {
    const name = names.get(id);
    return name && name !== id ? `${name} (${id})` : id;
  };
  const context = Object.values(qualifiers ?? {}).flatMap((part) =>
    Object.entries(part ?? {}).map(([key, value]) => `${key} ${value}`),
  );
  const parts = [
    `${named(subject)} ${negated ? "not " : ""}${predicate.replaceAll("_", " ")} ${named(object)}`,
    context.length > 0 ? ` (${context.join("; ")})` : "",
    publications.length + sources.length > 0 ? ` [${[...publications, ...sources].join("; ")}]` : "",
    ".",
    sentences.length > 0 ? ` “${sentences.join("” “")}”` : "",
  ];
  return oneLine(parts.join(""));
}

/**
 * KGX tables of a graph, as TSV or JSON lines, with the documents that its evidence quotes: other programs read the
 * columns of the Biolink model, and the import of the same kind makes the same graph of them.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Document, Entity, Relation } from "../../../schemas/index.ts";
import { QUALIFIER_COLUMNS, qualifierCell } from "../sources/kgx/qualifiers.ts";
import { edgeFrom, entityFrom, EXACT, type Row } from "../sources/kgx/rows.ts";
import { MULTIVALUED } from "../sources/kgx/files.ts";
import { LinesFile } from "./lines-file.ts";
import type { ExportRecords } from "./records.ts";

const NODE_COLUMNS = ["id", "category", "name", "synonym", "xref", "description", "attributes", EXACT];
const STATEMENT_COLUMNS = ["id", "subject", "predicate", "object", "negated"];
const SOURCE_COLUMNS = ["knowledge_level", "agent_type", "publications"];
const EDGE_COLUMNS = [...STATEMENT_COLUMNS, ...SOURCE_COLUMNS, ...QUALIFIER_COLUMNS, "evidence", EXACT];

export interface Exported {
  files: string[];
  entities: number;
  relations: number;
  documents: number;
}

interface KnownDocuments {
  get(id: string): Document | undefined;
}

/** Writes `nodes`, `edges` and `documents.jsonl` into the folder. */
export function exportKgx(
  records: ExportRecords,
  documents: KnownDocuments,
  folder: string,
  form: "tsv" | "jsonl",
): Exported {
  const paths = {
    nodes: join(folder, `nodes.${form}`),
    edges: join(folder, `edges.${form}`),
    documents: join(folder, "documents.jsonl"),
  };
  using nodes = new LinesFile(paths.nodes);
  using edges = new LinesFile(paths.edges);
  using cited = new LinesFile(paths.documents);
  const counts = { entities: 0, relations: 0, documents: 0 };
  const write = form === "tsv" ? tsvLine : jsonLine;
  if (form === "tsv") {
    nodes.line(NODE_COLUMNS.join("\t"));
    edges.line(EDGE_COLUMNS.join("\t"));
  }
  for (const entity of records.entities()) {
    counts.entities++;
    const row = nodeRow(entity);
    const line = write(NODE_COLUMNS, row);
    const exact = isDeepStrictEqual(entityFrom(readBack(form, NODE_COLUMNS, line)), entity);
    nodes.line(exact ? line : write(NODE_COLUMNS, { ...row, [EXACT]: entity }));
  }
  const seen = new Set<string>();
  for (const { id, ...stored } of records.relations()) {
    counts.relations++;
    const relation = plain(stored);
    const row = { id, ...edgeRow(relation) };
    const line = write(EDGE_COLUMNS, row);
    const read = edgeFrom(readBack(form, EDGE_COLUMNS, line));
    const exact = typeof read !== "string" && isDeepStrictEqual(read.relation, relation);
    edges.line(exact ? line : write(EDGE_COLUMNS, { ...row, [EXACT]: relation }));
    for (const { document } of relation.evidence) {
      if (seen.has(document)) continue;
      seen.add(document);
      const known = documents.get(document);
      if (known) cited.line(JSON.stringify(known));
      if (known) counts.documents++;
    }
  }
  nodes.finish();
  edges.finish();
  // None rather than an empty one, also where an earlier export left its own.
  if (counts.documents === 0) rmSync(paths.documents, { force: true });
  else cited.finish();
  return { files: Object.values(paths).filter((path) => existsSync(path)), ...counts };
}

function nodeRow({ id, name, category, synonyms, xrefs, description, attributes }: Entity): Row {
  return {
    id,
    category: [`biolink:${category}`],
    name,
    synonym: synonyms,
    xref: xrefs,
    description,
    attributes,
  };
}

function edgeRow({ subject, predicate, object, negated, qualifiers, evidence }: Relation): Row {
  const row: Row = {
    subject,
    predicate: `biolink:${predicate}`,
    object,
    negated: negated ? true : undefined,
    knowledge_level: evidence[0]?.knowledgeLevel,
    agent_type: evidence[0]?.agent,
    publications: publicationsOf(evidence),
    evidence: evidence.length > 0 ? evidence : undefined,
  };
  for (const column of QUALIFIER_COLUMNS) row[column] = qualifierCell(qualifiers, column) || undefined;
  return row;
}

/** What the evidence cites, for those who read no more than this column. */
function publicationsOf(evidence: Relation["evidence"]): string[] | undefined {
  const ids = new Set(evidence.flatMap(({ document, references }) => references ?? [document]));
  return ids.size > 0 ? [...ids] : undefined;
}

function jsonLine(columns: readonly string[], row: Row): string {
  return JSON.stringify(Object.fromEntries(columns.flatMap((c) => (row[c] === undefined ? [] : [[c, row[c]]]))));
}

/** Tabs and line ends cannot stand in a cell: there they become spaces, and the exact record goes along. */
function tsvLine(columns: readonly string[], row: Row): string {
  return columns.map((column) => cellOf(column, row[column])).join("\t");
}

function cellOf(column: string, value: unknown): string {
  if (value === undefined) return "";
  if (MULTIVALUED.has(column) && Array.isArray(value)) return value.join("|").replace(/[\t\r\n]/g, " ");
  return (typeof value === "string" ? value : JSON.stringify(value)).replace(/[\t\r\n]/g, " ");
}

/** The row as the import would see it. */
function readBack(form: "tsv" | "jsonl", columns: readonly string[], line: string): Row {
  if (form === "jsonl") return JSON.parse(line) as Row;
  const row: Row = {};
  for (const [place, cell] of line.split("\t").entries()) {
    if (cell === "") continue;
    const column = columns[place]!;
    row[column] = MULTIVALUED.has(column) && cell.includes("|") ? cell.split("|") : cell;
  }
  return row;
}

/** Without what only the store adds. */
function plain(stored: Relation & { row?: number }): Relation {
  const { row: _, ...relation } = stored;
  return relation;
}

/** The files of a KGX graph, and their rows: TSV with a header, or an object a line. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { RowProblems, type SourceContext } from "../source.ts";
import { readLines } from "../text.ts";
import type { Row } from "./rows.ts";

const TABLE = /\.(tsv|txt|jsonl)(\.gz)?$/i;

export interface KgxFiles {
  nodes: string[];
  edges: string[];
  /** Documents that evidence quotes: written by our own export, in the form of the kind `jsonl`. */
  documents: string[];
}

/** @throws Error that says what is missing */
export async function locateKgx(path: string): Promise<KgxFiles> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).toSorted().map((name) => join(path, name)) : [path];
  const tables = names.filter((name) => TABLE.test(name));
  const called = (word: RegExp) => tables.filter((name) => word.test(basename(name)));
  const files = { nodes: called(/nodes?\b/i), edges: called(/edges?\b/i), documents: called(/^documents?\b/i) };
  if (files.nodes.length + files.edges.length > 0) return files;
  throw new Error(
    `${path}: ${isFolder ? "holds" : "is"} no KGX table; their names end in nodes.tsv, edges.tsv, nodes.jsonl or edges.jsonl (.gz may follow)`,
  );
}

/** Columns that hold several values, separated by `|`. */
export const MULTIVALUED = new Set(
  `category synonym synonyms xref xrefs same_as equivalent_identifiers provided_by publications supporting_text
  sentences knowledge_source aggregator_knowledge_source`.split(/\s+/),
);

/** Rows of a file; those that are none are told to `context` with their line. @throws Error where it is torn or not such a file */
export async function* readRows(
  file: string,
  required: readonly string[],
  context: SourceContext,
): AsyncGenerator<{ row: Row; problems: RowProblems; line: number }> {
  const problems = new RowProblems(file, context);
  const isJson = /\.jsonl(\.gz)?$/i.test(file);
  let header: string[] | undefined;
  for await (const { number, text } of readLines(file)) {
    const line = number === 1 ? text.replace(/^\u{feff}/u, "") : text;
    if (line === "") continue;
    if (isJson) {
      const row = jsonRow(line);
      if (typeof row === "string") problems.add(number, row);
      else yield { row, problems, line: number };
      continue;
    }
    const cells = line.split("\t");
    if (!header) {
      header = cells.map((cell) => cell.trim());
      const missing = required.filter((column) => !header!.includes(column));
      if (missing.length > 0) throw new Error(`${file}, line 1: the header has no column ${missing.join(", ")}`);
      continue;
    }
    // Programs leave out empty cells at the end of a line.
    if (cells.length > header.length || cells.length < required.length) {
      problems.add(number, `${cells.length} columns instead of ${header.length}`);
      continue;
    }
    const row: Row = {};
    for (const [place, cell] of cells.entries()) {
      if (cell === "") continue;
      const column = header[place]!;
      row[column] = MULTIVALUED.has(column) && cell.includes("|") ? cell.split("|") : cell;
    }
    yield { row, problems, line: number };
  }
}

function jsonRow(line: string): Row | string {
  try {
    const value: unknown = JSON.parse(line);
    return value && typeof value === "object" && !Array.isArray(value) ? (value as Row) : "not an object";
  } catch (error) {
    return `not JSON (${(error as Error).message})`;
  }
}

/** The statements of all sources, one row each, in order of disease, sign and finding: what every frequency is computed from. */
import { Lists, Strings } from "./lists.ts";

export const ROW = { negated: 1, male: 2, female: 4 } as const;

export interface Row {
  disease: number;
  term: number;
  n: number;
  m: number;
  /** Stated share of patients; NaN where none is stated. */
  share: number;
  flags: number;
  /** Row in graph.db, 0 for none. */
  relation: number;
  references: readonly string[];
}

export interface Rows {
  disease: Uint32Array;
  term: Uint32Array;
  n: Uint32Array;
  m: Uint32Array;
  share: Float64Array;
  flags: Uint8Array;
  relation: Uint32Array;
  /** Indices into `referenceNames`. */
  references: Lists;
  referenceNames: Strings;
}

/** Rows in their fixed order; equal input sets give equal tables, whatever order they came in. */
export function tableOf(rows: readonly Row[]): Rows {
  const sorted = rows.toSorted(compareRows);
  const names = new Map<string, number>();
  return {
    disease: Uint32Array.from(sorted, (row) => row.disease),
    term: Uint32Array.from(sorted, (row) => row.term),
    n: Uint32Array.from(sorted, (row) => row.n),
    m: Uint32Array.from(sorted, (row) => row.m),
    share: Float64Array.from(sorted, (row) => row.share),
    flags: Uint8Array.from(sorted, (row) => row.flags),
    relation: Uint32Array.from(sorted, (row) => row.relation),
    references: Lists.of(sorted.map((row) => row.references.map((r) => nameIn(names, r)))),
    referenceNames: Strings.of([...names.keys()]),
  };
}

/** A table with more rows, each in its place: the same as `tableOf` of all, without sorting what is sorted. */
export function withRows(table: Rows, added: readonly Row[]): Rows {
  const sorted = added.toSorted(compareRows);
  const old = table.disease.length;
  /** For each place of the new table the old row, or −1 − the added one. */
  const from = new Int32Array(old + sorted.length);
  for (let i = 0, k = 0; i + k < from.length;) {
    if (k === sorted.length || (i < old && compareWithTable(table, i, sorted[k]!) <= 0)) from[i + k] = i++;
    else from[i + k] = -1 - k++;
  }
  const names = new Map<string, number>();
  for (let i = 0; i < table.referenceNames.length; i++) names.set(table.referenceNames.at(i), i);
  const column = <T extends Uint8Array | Uint32Array | Float64Array>(values: T, ofRow: (row: Row) => number): T => {
    const joined = new (values.constructor as new (length: number) => T)(from.length);
    for (let i = 0; i < from.length; i++) joined[i] = from[i]! >= 0 ? values[from[i]!]! : ofRow(sorted[-1 - from[i]!]!);
    return joined;
  };
  const references = Lists.of(
    Array.from(from, (i) =>
      i >= 0 ? table.references.at(i) : sorted[-1 - i]!.references.map((r) => nameIn(names, r)),
    ),
  );
  return {
    disease: column(table.disease, (row) => row.disease),
    term: column(table.term, (row) => row.term),
    n: column(table.n, (row) => row.n),
    m: column(table.m, (row) => row.m),
    share: column(table.share, (row) => row.share),
    flags: column(table.flags, (row) => row.flags),
    relation: column(table.relation, (row) => row.relation),
    references,
    referenceNames: Strings.of([...names.keys()]),
  };
}

function nameIn(names: Map<string, number>, name: string): number {
  let i = names.get(name);
  if (i === undefined) names.set(name, (i = names.size));
  return i;
}

/** As compareRows, of a table's row and a record; only rows of one finding are made a record. */
function compareWithTable(table: Rows, i: number, row: Row): number {
  const order =
    table.disease[i]! - row.disease ||
    (table.flags[i]! & ROW.negated) - (row.flags & ROW.negated) ||
    table.term[i]! - row.term;
  return order || compareRows(rowAt(table, i), row);
}

function rowAt(table: Rows, i: number): Row {
  return {
    disease: table.disease[i]!,
    term: table.term[i]!,
    n: table.n[i]!,
    m: table.m[i]!,
    share: table.share[i]!,
    flags: table.flags[i]!,
    relation: table.relation[i]!,
    references: Array.from(table.references.at(i), (r) => table.referenceNames.at(r)),
  };
}

function compareRows(a: Row, b: Row): number {
  return (
    a.disease - b.disease ||
    (a.flags & ROW.negated) - (b.flags & ROW.negated) ||
    a.term - b.term ||
    a.relation - b.relation ||
    a.n - b.n ||
    a.m - b.m ||
    compareShares(a.share, b.share) ||
    (a.references.join() < b.references.join() ? -1 : a.references.join() > b.references.join() ? 1 : 0)
  );
}

function compareShares(a: number, b: number): number {
  return (Number.isNaN(a) ? -1 : a) - (Number.isNaN(b) ? -1 : b);
}

/** Finds rows in a LanceDB table: by terms through its full-text index, by vector through its nearest-neighbour index, both at once. */
import { join } from "node:path";
import { BooleanQuery, connect, MatchQuery, Occur, type Connection, type Table } from "@lancedb/lancedb";
import type { IndexFilter, IndexQuestion, WeightedTerm } from "../document-index.ts";
import type { Engine, Found } from "../engine.ts";
import { monthsOf } from "../months.ts";
import { facetOf, TABLE } from "./columns.ts";

/** Parts of the vector index that are looked into: recall is measured by `npm run bench:retriever`. */
const PROBES = 32;

export interface LanceSettings {
  folder: string;
  /** By number. */
  kinds: readonly string[];
  /** First and last year of publication in the table, 0 for unknown ones left out. */
  years: readonly [number, number];
  /** Whether rows have vectors. */
  vectors: boolean;
}

export class LanceEngine implements Engine {
  readonly #db: Connection;
  readonly #table: Table;
  readonly #settings: LanceSettings;

  private constructor(db: Connection, table: Table, settings: LanceSettings) {
    this.#db = db;
    this.#table = table;
    this.#settings = settings;
  }

  static async open(settings: LanceSettings): Promise<LanceEngine> {
    const db = await connect(join(settings.folder, "lance"));
    return new LanceEngine(db, await db.openTable(TABLE), settings);
  }

  async find({ terms, vector, filter = {}, limit }: IndexQuestion): Promise<Found[]> {
    const where = this.#condition(filter);
    if (where === undefined) return [];
    const near = vector && this.#settings.vectors ? vector : undefined;
    const [byTerms, byVector] = await Promise.all([
      terms.length > 0 ? this.#byTerms(terms, where, limit, near !== undefined) : [],
      near ? this.#byVector(near, where, limit) : [],
    ]);
    const found = new Set(byVector.map(({ row }) => row));
    const missing = byTerms.filter(({ row }) => !found.has(row));
    return [...byVector, ...(near ? await this.#compare(missing, near) : missing.map(({ row }) => ({ row })))];
  }

  close(): void {
    this.#table.close();
    this.#db.close();
  }

  async #byTerms(terms: readonly WeightedTerm[], where: string, limit: number, withIds: boolean): Promise<Hit[]> {
    let query = this.#table.query().fullTextSearch(matching(terms)).select(["row", "_score"]).limit(limit);
    if (where) query = query.where(where);
    const found = await (withIds ? query.withRowId() : query).toArrow();
    const rows = found.getChild("row")!;
    const ids = withIds ? found.getChild("_rowid")! : undefined;
    return Array.from({ length: found.numRows }, (_, i) => ({ row: rows.get(i) as number, id: ids?.get(i) as bigint }));
  }

  async #byVector(vector: Float32Array, where: string, limit: number): Promise<Found[]> {
    const query = this.#table
      .query()
      .nearestTo(vector)
      .distanceType("cosine")
      .nprobes(PROBES)
      .refineFactor(1)
      .select(["row", "_distance"])
      .limit(limit);
    const found = await (where ? query.where(where) : query).toArrow();
    const [rows, distances] = [found.getChild("row")!, found.getChild("_distance")!];
    return Array.from({ length: found.numRows }, (_, i) => {
      return { row: rows.get(i) as number, similarity: 1 - (distances.get(i) as number) };
    });
  }

  /** Gives each its similarity, where it has a vector. */
  async #compare(hits: readonly Hit[], vector: Float32Array): Promise<Found[]> {
    if (hits.length === 0) return [];
    const query = this.#table.takeRowIds(hits.map(({ id }) => id)).select(["row", "vector"]);
    const taken = await query.toArrow();
    const [rows, vectors] = [taken.getChild("row")!, taken.getChild("vector")!];
    return Array.from({ length: taken.numRows }, (_, i) => {
      const row = rows.get(i) as number;
      const values = vectors.get(i) as { toArray(): Float32Array } | null;
      return values ? { row, similarity: cosine(values.toArray(), vector) } : { row };
    });
  }

  /**
   * The filter by the columns that have an index; empty for none, undefined where nothing can fit. Years and kinds have a
   * column of their own for both together: two indexes in one condition take twice as long.
   */
  #condition({ from, to, kinds = [] }: IndexFilter): string | undefined {
    const months = monthsOf({ from, to });
    const numbers = kinds.map((kind) => this.#settings.kinds.indexOf(kind)).filter((n) => n >= 0);
    if (kinds.length > 0 && numbers.length === 0) return undefined;
    const inMonths = months
      ? `month <= ${months.last} AND ${months.also ? `(month >= ${months.first} OR month = ${months.also})` : `month >= ${months.first}`}`
      : "";
    if (!months) return numbers.length > 0 ? `kind IN (${numbers.join(", ")})` : "";
    if (numbers.length === 0) return inMonths;
    const [oldest, newest] = this.#settings.years;
    const facets: number[] = [];
    const lastYear = Math.min(newest, Math.floor(months.last / 100));
    for (let year = Math.max(oldest, Math.floor(months.first / 100)); year <= lastYear; year++) {
      for (const kind of numbers) facets.push(facetOf(year * 100, kind));
    }
    if (facets.length === 0) return undefined;
    const within = `facet IN (${facets.join(", ")})`;
    return months.also || months.last % 100 < 12 ? `${within} AND ${inMonths}` : within;
  }
}

interface Hit {
  row: number;
  /** LanceDB's own number of it, where it was asked for. */
  id: bigint;
}

/** Terms of one weight are one query. */
function matching(terms: readonly WeightedTerm[]) {
  const byWeight = Map.groupBy(terms, ({ weight }) => weight);
  const queries = [...byWeight].map(
    ([boost, some]) => new MatchQuery(some.map(({ term }) => term).join(" "), "terms", { boost }),
  );
  return queries.length === 1 ? queries[0]! : new BooleanQuery(queries.map((query) => [Occur.Should, query]));
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

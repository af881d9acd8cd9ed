/** Finds rows in a LanceDB table: by terms through its full-text index, by vector through its nearest-neighbour index, both at once. */
import { join } from "node:path";
import {
  BooleanQuery,
  connect,
  MatchQuery,
  Occur,
  type Connection,
  type Query,
  type Table,
  type VectorQuery,
} from "@lancedb/lancedb";
import type { IndexFilter, IndexQuestion, WeightedTerm } from "../document-index.ts";
import type { Engine, Found } from "../engine.ts";
import { monthsOf } from "../months.ts";
import { facetOf, TABLE } from "./columns.ts";

/** Parts of the vector index that are looked into; more find no more at a million documents (`npm run bench:retriever`). */
const PROBES = 20;

/** A wrong date may lie far from the others. */
const MOST_YEARS = 200;

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

  async find({ terms, vector, filter = {}, limit, nearest = limit }: IndexQuestion): Promise<Found> {
    const where = this.#condition(filter);
    if (where === undefined) return { byTerms: [], byVector: [] };
    const near = this.#settings.vectors && nearest > 0 ? vector : undefined;
    const [byTerms, byVector] = await Promise.all([
      terms.length > 0 ? this.#byTerms(terms, where, limit) : [],
      near ? this.#byVector(near, where, nearest) : [],
    ]);
    return { byTerms, byVector };
  }

  close(): void {
    this.#table.close();
    this.#db.close();
  }

  #byTerms(terms: readonly WeightedTerm[], where: string, limit: number): Promise<number[]> {
    const query = this.#table.query().fullTextSearch(matching(terms)).select(["row", "_score"]).limit(limit);
    return rowsOf(where ? query.where(where) : query);
  }

  /** By one bit a dimension: the records hold the vectors that are compared in the end. */
  #byVector(vector: Float32Array, where: string, limit: number): Promise<number[]> {
    const near = this.#table.query().nearestTo(vector).distanceType("cosine").nprobes(PROBES);
    const query = near.select(["row", "_distance"]).limit(limit);
    return rowsOf(where ? query.where(where) : query);
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
    const ofKinds = `kind IN (${numbers.join(", ")})`;
    if (!months) return numbers.length > 0 ? ofKinds : "";
    if (numbers.length === 0) return inMonths;
    const [oldest, newest] = this.#settings.years;
    const firstYear = Math.max(oldest, Math.floor(months.first / 100));
    const lastYear = Math.min(newest, Math.floor(months.last / 100));
    if (lastYear < firstYear) return undefined;
    if (lastYear - firstYear > MOST_YEARS) return `${ofKinds} AND ${inMonths}`;
    const facets: number[] = [];
    for (let year = firstYear; year <= lastYear; year++) {
      for (const kind of numbers) facets.push(facetOf(year * 100, kind));
    }
    const within = `facet IN (${facets.join(", ")})`;
    return months.also || months.last % 100 < 12 ? `${within} AND ${inMonths}` : within;
  }
}

async function rowsOf(query: Query | VectorQuery): Promise<number[]> {
  const found = await query.toArrow();
  const rows = found.getChild("row")!;
  return Array.from({ length: found.numRows }, (_, i) => rows.get(i) as number);
}

/** Terms of one weight are one query. */
function matching(terms: readonly WeightedTerm[]) {
  const byWeight = Map.groupBy(terms, ({ weight }) => weight);
  const queries = [...byWeight].map(
    ([boost, some]) => new MatchQuery(some.map(({ term }) => term).join(" "), "terms", { boost }),
  );
  return queries.length === 1 ? queries[0]! : new BooleanQuery(queries.map((query) => [Occur.Should, query]));
}

/** Writes the table of a LanceDB index. Facts and traps: whole batches, never single rows; indexes once, at the end. */
import { join } from "node:path";
import { connect, Index, type Connection, type Table } from "@lancedb/lancedb";
import type { EngineWriter, Entry } from "../engine.ts";
import { TABLE, toColumns } from "./columns.ts";

/** Fewer vectors are compared one by one, which is exact and quick enough. */
const FEW_VECTORS = 20_000;
/** Rows that are searched without an index: some five milliseconds at most. */
const MOST_UNINDEXED = 3000;
const MOST_UNINDEXED_SHARE = 0.01;
/** Rows named in one condition. */
const ROWS_AT_ONCE = 5000;

/** Our own tokens are split at spaces and otherwise left alone: documents and queries go through one function. */
const fullText = () =>
  Index.fts({
    withPosition: false,
    baseTokenizer: "whitespace",
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    maxTokenLength: 100,
  });

export interface LanceOptions {
  folder: string;
  /** By number; new ones are added. */
  kinds: string[];
  /** Of the vectors; undefined where there are none. */
  dimension?: number | undefined;
}

export class LanceWriter implements EngineWriter {
  readonly #db: Connection;
  readonly #options: LanceOptions;
  #table: Table | undefined;

  private constructor(db: Connection, table: Table | undefined, options: LanceOptions) {
    this.#db = db;
    this.#table = table;
    this.#options = options;
  }

  /** Goes on with what is in the folder. */
  static async open(options: LanceOptions): Promise<LanceWriter> {
    const db = await connect(join(options.folder, "lance"));
    const table = (await db.tableNames()).includes(TABLE) ? await db.openTable(TABLE) : undefined;
    return new LanceWriter(db, table, options);
  }

  async add(entry: Entry): Promise<void> {
    if (entry.rows.length === 0) return;
    const columns = toColumns(entry, this.#options.kinds, this.#options.dimension);
    if (this.#table) await this.#table.add(columns);
    else this.#table = await this.#db.createTable(TABLE, columns);
  }

  async remove(rows: readonly number[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await this.#table?.delete(`row IN (${rows.slice(at, at + ROWS_AT_ONCE).join(", ")})`);
    }
  }

  async removeAfter(row: number): Promise<void> {
    await this.#table?.delete(`row > ${row}`);
  }

  async finish(): Promise<void> {
    const table = this.#table;
    if (!table) return;
    const present = new Set((await table.listIndices()).flatMap(({ columns }) => columns));
    // What is indexed already takes in the new rows; fragments grow together, deleted rows go, and so do older versions.
    if (await hasManyNew(table)) await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
    if (!present.has("terms")) await table.createIndex("terms", { config: fullText() });
    for (const column of ["month", "kind", "facet"]) {
      if (!present.has(column)) await table.createIndex(column, { config: Index.bitmap() });
    }
    if (!present.has("row")) await table.createIndex("row", { config: Index.btree() });
    if (this.#options.dimension && !present.has("vector")) await this.#indexVectors(table);
  }

  close(): void {
    this.#table?.close();
    this.#db.close();
  }

  /** One bit a dimension, then the best by their exact vectors: built in a tenth of the time of product quantisation, and finds as much. */
  async #indexVectors(table: Table): Promise<void> {
    if ((await table.countRows("vector IS NOT NULL")) < FEW_VECTORS) return;
    const config = Index.ivfRq({ distanceType: "cosine", maxIterations: 10, sampleRate: 64 });
    await table.createIndex("vector", { config });
  }
}

/**
 * Whether more rows are new to the index of terms than a question can look through by itself: taking them in rewrites the
 * table, which takes as long for one row as for many.
 */
async function hasManyNew(table: Table): Promise<boolean> {
  const stats = await table.indexStats("terms_idx");
  if (!stats) return false;
  const { numIndexedRows, numUnindexedRows } = stats;
  return numUnindexedRows > Math.min(MOST_UNINDEXED, MOST_UNINDEXED_SHARE * numIndexedRows);
}

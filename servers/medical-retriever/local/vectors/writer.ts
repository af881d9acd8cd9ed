/** Writes the vectors of the index into a LanceDB table. Facts and traps: whole batches, never single rows; the index once, at the end. */
import "./quiet.ts";
import { connect, Index, type Connection, type Table } from "@lancedb/lancedb";
import { centreOf, Codes } from "./codes.ts";
import { lanceFolder, MOST_COMPARED, readCodes, TABLE, toColumns, writeCentre } from "./table.ts";

/** Rows that LanceDB searches without an index: some five milliseconds at most. */
const MOST_UNINDEXED = 3000;
const MOST_UNINDEXED_SHARE = 0.01;
/** Rows named in one condition. */
const REMOVED_AT_ONCE = 5000;
/** Rows written at once: a few times as many are no quicker, and take hundreds of megabytes more, most of them when the index is made. */
const WRITTEN_AT_ONCE = 4096;

export interface VectorOptions {
  /** Of the index under construction. */
  folder: string;
  dimension: number;
}

interface Opened {
  table: Table;
  codes: Codes;
}

export class VectorWriter {
  readonly #db: Connection;
  readonly #options: VectorOptions;
  /** Absent until there is a vector. */
  #opened: Opened | undefined;

  private constructor(db: Connection, options: VectorOptions, opened: Opened | undefined) {
    this.#db = db;
    this.#options = options;
    this.#opened = opened;
  }

  /** Goes on with what is in the folder. @throws Error where that is damaged */
  static async open(options: VectorOptions): Promise<VectorWriter> {
    const db = await connect(lanceFolder(options.folder));
    const isThere = (await db.tableNames()).includes(TABLE);
    const opened = isThere ? { table: await db.openTable(TABLE), codes: readCodes(options.folder) } : undefined;
    return new VectorWriter(db, options, opened);
  }

  /** @param vectors of the rows, of length 1; rows without one are left out */
  async add(rows: Int32Array | readonly number[], vectors: readonly (Float32Array | undefined)[]): Promise<void> {
    const known: number[] = [];
    const own: Float32Array[] = [];
    for (const [i, row] of rows.entries()) {
      const vector = vectors[i];
      if (!vector) continue;
      known.push(row);
      own.push(vector);
    }
    for (let at = 0; at < known.length; at += WRITTEN_AT_ONCE) {
      await this.#write(known.slice(at, at + WRITTEN_AT_ONCE), own.slice(at, at + WRITTEN_AT_ONCE));
    }
  }

  async remove(rows: readonly number[]): Promise<void> {
    for (let at = 0; at < rows.length; at += REMOVED_AT_ONCE) {
      await this.#opened?.table.delete(`row IN (${rows.slice(at, at + REMOVED_AT_ONCE).join(", ")})`);
    }
  }

  /** Takes out what came after a row: of a build that was killed. */
  async removeAfter(row: number): Promise<void> {
    await this.#opened?.table.delete(`row > ${row}`);
  }

  /** What is indexed already takes in new rows, where they are many; fragments grow together, deleted rows go, and so do older versions. */
  async finish(): Promise<void> {
    const table = this.#opened?.table;
    if (!table) return;
    const index = (await table.listIndices()).find(({ columns }) => columns.includes("vector"));
    if (index) {
      if (await hasManyNew(table, index.name)) {
        await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
      }
    } else if ((await table.countRows()) > MOST_COMPARED) {
      // A bit a dimension: built in a tenth of the time of product quantisation, and finds as much.
      const config = Index.ivfRq({ distanceType: "cosine", maxIterations: 10, sampleRate: 64 });
      await table.createIndex("vector", { config });
    }
  }

  close(): void {
    this.#opened?.table.close();
    this.#db.close();
  }

  async #write(rows: readonly number[], vectors: readonly Float32Array[]): Promise<void> {
    if (this.#opened) await this.#opened.table.add(toColumns(rows, vectors, this.#opened.codes));
    else this.#opened = await this.#begin(rows, vectors);
  }

  /** What comes first says where the centre lies: an index that grows much is built anew. */
  async #begin(rows: readonly number[], vectors: readonly Float32Array[]): Promise<Opened> {
    const { folder, dimension } = this.#options;
    const codes = new Codes(centreOf(vectors, dimension));
    const columns = toColumns(rows, vectors, codes);
    writeCentre(folder, codes);
    return { table: await this.#db.createTable(TABLE, columns), codes };
  }
}

/** Whether more rows are new to the index than a question can look through by itself: taking them in rewrites the table. */
async function hasManyNew(table: Table, index: string): Promise<boolean> {
  const stats = await table.indexStats(index);
  if (!stats) return false;
  const { numIndexedRows, numUnindexedRows } = stats;
  return numUnindexedRows > Math.min(MOST_UNINDEXED, MOST_UNINDEXED_SHARE * numIndexedRows);
}

/** Writes the vectors of the index into a LanceDB table. */
import { join } from "node:path";
import { connect, Index, type Connection, type Table } from "@lancedb/lancedb";
import * as arrow from "apache-arrow";

export const TABLE = "vectors";
/** Fewer vectors are compared one by one, which is exact and quick enough. */
const FEW_VECTORS = 20_000;
const ROWS_AT_ONCE = 5000;

export class VectorWriter {
  readonly #db: Connection;
  readonly #dimension: number;
  #table: Table | undefined;

  private constructor(db: Connection, table: Table | undefined, dimension: number) {
    this.#db = db;
    this.#table = table;
    this.#dimension = dimension;
  }

  static async open({ folder, dimension }: { folder: string; dimension: number }): Promise<VectorWriter> {
    const db = await connect(join(folder, "lance"));
    const table = (await db.tableNames()).includes(TABLE) ? await db.openTable(TABLE) : undefined;
    return new VectorWriter(db, table, dimension);
  }

  async add(rows: Int32Array | readonly number[], vectors: readonly (Float32Array | undefined)[]): Promise<void> {
    const present = [...rows].flatMap((row, i) => (vectors[i] ? [{ row, vector: vectors[i] }] : []));
    if (present.length === 0) return;
    const values = new Float32Array(present.length * this.#dimension);
    for (const [i, { vector }] of present.entries()) values.set(vector, i * this.#dimension);
    const child = arrow.makeData({ type: new arrow.Float32(), length: values.length, nullCount: 0, data: values });
    const type = new arrow.FixedSizeList(this.#dimension, new arrow.Field("item", new arrow.Float32(), true));
    const table = new arrow.Table({
      row: arrow.makeVector(Int32Array.from(present, ({ row }) => row)),
      vector: arrow.makeVector(arrow.makeData({ type, length: present.length, nullCount: 0, child })),
    });
    if (this.#table) await this.#table.add(table);
    else this.#table = await this.#db.createTable(TABLE, table);
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
    if (!table || (await table.countRows()) < FEW_VECTORS) return;
    const present = new Set((await table.listIndices()).flatMap(({ columns }) => columns));
    if (present.has("vector")) return;
    const config = Index.ivfRq({ distanceType: "cosine", maxIterations: 10, sampleRate: 64 });
    await table.createIndex("vector", { config });
  }

  close(): void {
    this.#table?.close();
    this.#db.close();
  }
}

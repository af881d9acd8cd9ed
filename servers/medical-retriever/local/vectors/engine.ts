/** Finds the nearest vectors in a LanceDB table. */
import { join } from "node:path";
import { connect, type Connection, type Table } from "@lancedb/lancedb";
import { TABLE } from "./writer.ts";

const PROBES = 20;

export class VectorEngine {
  readonly #db: Connection;
  readonly #table: Table;

  private constructor(db: Connection, table: Table) {
    this.#db = db;
    this.#table = table;
  }

  static async open({ folder }: { folder: string }): Promise<VectorEngine> {
    const db = await connect(join(folder, "lance"));
    return new VectorEngine(db, await db.openTable(TABLE));
  }

  async nearest(
    vector: Float32Array,
    limit: number,
    { allowed, share }: { allowed: (row: number) => boolean; share: number } = { allowed: () => true, share: 1 },
  ): Promise<number[]> {
    for (let wanted = Math.ceil((1.3 * limit) / Math.max(share, 0.001)); ; wanted *= 4) {
      const query = this.#table.query().nearestTo(vector).distanceType("cosine").nprobes(PROBES);
      const found = await query.select(["row", "_distance"]).limit(wanted).toArrow();
      const column = found.getChild("row")!;
      const rows = Array.from({ length: found.numRows }, (_, i) => column.get(i) as number);
      const fitting = rows.filter(allowed);
      if (fitting.length >= limit || rows.length < wanted || wanted > 100_000) return fitting.slice(0, limit);
    }
  }

  close(): void {
    this.#table.close();
    this.#db.close();
  }
}

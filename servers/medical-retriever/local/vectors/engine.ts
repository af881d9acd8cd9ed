/** Finds the nearest vectors: among many by LanceDB's index, among those that a narrow filter leaves by their codes in memory. */
import "./quiet.ts";
import { connect, type Connection, type Table } from "@lancedb/lancedb";
import { PLACE, RoughVectors } from "./rough-vectors.ts";
import { lanceFolder, MOST_COMPARED, readCodes, TABLE } from "./table.ts";

/** Parts of the index that are looked into; more find no more at a million vectors. */
const PROBES = 20;
/** So many times as many are asked for as should be left by the filter. */
const MARGIN = 1.2;
/** With so many of them it is left at that; fewer say that what lies near the question is not what the filter allows. */
const ENOUGH = 0.9;

/** What it takes, in microseconds: to ask a row whether it is allowed, to compare its code, and to have one from LanceDB's index. */
const COST = { asked: 0.004, compared: 0.08, found: 0.6 };

export interface VectorFilter {
  allowed: (row: number) => boolean;
  /** About which share of all rows is allowed. */
  share: number;
}

interface Opened {
  table: Table;
  rough: RoughVectors;
}

export class VectorEngine {
  readonly #db: Connection;
  /** Absent where no document has a vector. */
  readonly #opened: Opened | undefined;

  private constructor(db: Connection, opened: Opened | undefined) {
    this.#db = db;
    this.#opened = opened;
  }

  /** @throws Error where the table is damaged */
  static async open({ folder }: { folder: string }): Promise<VectorEngine> {
    const db = await connect(lanceFolder(folder));
    if (!(await db.tableNames()).includes(TABLE)) return new VectorEngine(db, undefined);
    const table = await db.openTable(TABLE);
    return new VectorEngine(db, { table, rough: await RoughVectors.load(table, readCodes(folder)) });
  }

  /** Rows by nearness, about: nearest first. @param vector of length 1. @throws Error where the table fails */
  async nearest(
    vector: Float32Array,
    limit: number,
    { allowed, share }: VectorFilter = { allowed: () => true, share: 1 },
  ): Promise<number[]> {
    if (!this.#opened || limit <= 0) return [];
    const { rough } = this.#opened;
    if (indexIsQuicker(rough.count, share, limit)) {
      const rows = await this.#byIndex(vector, Math.ceil(MARGIN * (limit / share)), this.#opened);
      const fitting = rows.filter(allowed);
      if (fitting.length >= ENOUGH * limit) return fitting.slice(0, limit);
    }
    return rough.nearest(vector, limit, allowed);
  }

  close(): void {
    this.#opened?.table.close();
    this.#db.close();
  }

  async #byIndex(vector: Float32Array, limit: number, { table, rough }: Opened): Promise<number[]> {
    const near = table.query().nearestTo(vector).distanceType("cosine").nprobes(PROBES);
    return rough.rowsAt(await near.select([PLACE, "_distance"]).limit(limit).toArrow());
  }
}

/** Whether LanceDB's index is there, and finds sooner what the filter leaves than comparing all that it leaves. */
function indexIsQuicker(count: number, share: number, limit: number): boolean {
  if (count <= MOST_COMPARED || share <= 0) return false;
  return (MARGIN * limit * COST.found) / share < count * (COST.asked + share * COST.compared);
}

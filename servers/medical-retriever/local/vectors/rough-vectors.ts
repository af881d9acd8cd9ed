/**
 * All vectors of the index in memory, each by its code and its row: some 60 bytes for one of 384 dimensions. LanceDB knows a vector
 * by where it lies in the table, and takes longer to say its row than to find it: that is known here, too.
 */
import type { Table } from "@lancedb/lancedb";
import type * as arrow from "apache-arrow";
import { Best } from "./best.ts";
import type { Codes } from "./codes.ts";

/** Vectors of one fragment of the table, in the order of the table. */
interface Piece {
  rows: Int32Array;
  codes: Uint8Array;
}

/** LanceDB's own number of a vector: the fragment in the upper half, the place in it in the lower one. */
export const PLACE = "_rowid";

export class RoughVectors {
  readonly #codes: Codes;
  readonly #pieces: readonly Piece[];
  /** Rows by fragment and place. */
  readonly #rows: ReadonlyMap<number, Int32Array>;
  readonly count: number;

  private constructor(codes: Codes, pieces: readonly Piece[], rows: ReadonlyMap<number, Int32Array>) {
    this.#codes = codes;
    this.#pieces = pieces;
    this.#rows = rows;
    this.count = pieces.reduce((sum, piece) => sum + piece.rows.length, 0);
  }

  /** @throws Error where the table does not fit its codes */
  static async load(table: Table, codes: Codes): Promise<RoughVectors> {
    const pieces: Piece[] = [];
    const places = new Places();
    for await (const batch of table.query().select(["row", "code", PLACE])) {
      const rows = (batch.getChild("row")!.data[0]!.values as Int32Array).slice(0, batch.numRows);
      const coded = (batch.getChild("code")!.data[0]!.values as Uint8Array).slice(0, batch.numRows * codes.bytes);
      if (coded.length !== rows.length * codes.bytes) throw new Error("the codes of the vectors are damaged");
      pieces.push({ rows, codes: coded });
      places.add(placesIn(batch), rows);
    }
    return new RoughVectors(codes, pieces, places.rows);
  }

  /** The rows of vectors that LanceDB found. */
  rowsAt(found: arrow.Table): number[] {
    const rows: number[] = [];
    for (const batch of found.batches) {
      const places = placesIn(batch);
      for (let i = 0; i < batch.numRows; i++) rows.push(this.#rows.get(places[2 * i + 1]!)![places[2 * i]!]!);
    }
    return rows;
  }

  /** Rows by nearness as far as codes say, the nearest first. */
  nearest(vector: Float32Array, limit: number, allowed: (row: number) => boolean): number[] {
    const table = this.#codes.table(vector);
    const best = new Best(Math.min(limit, this.count));
    for (const { rows, codes } of this.#pieces) {
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        if (allowed(row)) best.add(row, nearness(codes, i * this.#codes.bytes, this.#codes.bytes, table));
      }
    }
    return best.items();
  }
}

function nearness(codes: Uint8Array, from: number, bytes: number, table: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < bytes; i++) sum += table[(i << 8) | codes[from + i]!]!;
  return sum;
}

/** Pairs of place and fragment. */
function placesIn(batch: arrow.RecordBatch): Uint32Array {
  const numbers = batch.getChild(PLACE)!.data[0]!.values as BigUint64Array;
  return new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * batch.numRows);
}

/** Collects the rows of fragments, which come piece by piece. */
class Places {
  readonly rows = new Map<number, Int32Array>();

  add(places: Uint32Array, rows: Int32Array): void {
    for (const [i, row] of rows.entries()) {
      const [place, fragment] = [places[2 * i]!, places[2 * i + 1]!];
      let known = this.rows.get(fragment);
      if (!known || known.length <= place) {
        const larger = new Int32Array(Math.max(1024, 2 * place));
        if (known) larger.set(known);
        this.rows.set(fragment, (known = larger));
      }
      known[place] = row;
    }
  }
}

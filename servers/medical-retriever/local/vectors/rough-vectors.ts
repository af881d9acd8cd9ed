/**
 * All vectors of the index in memory, each by its code and its row: some 60 bytes for one of 384 dimensions. LanceDB knows a vector
 * by where it lies in the table, and takes longer to say its row than to find it: that is known here, too.
 */
import type { Table } from "@lancedb/lancedb";
import type * as arrow from "apache-arrow";
import { Best } from "../best.ts";
import type { Codes } from "./codes.ts";

/** LanceDB's own number of a vector: the fragment in the upper half, the place in it in the lower one. */
export const PLACE = "_rowid";

export class RoughVectors {
  readonly #codes: Codes;
  /** In the order of the table; `#coded` has the code of each. */
  readonly #rows: Int32Array;
  readonly #coded: Uint8Array;
  readonly #places: Places;

  private constructor(codes: Codes, rows: Int32Array, coded: Uint8Array, places: Places) {
    this.#codes = codes;
    this.#rows = rows;
    this.#coded = coded;
    this.#places = places;
  }

  /** @throws Error where the table is damaged, or does not fit its codes */
  static async load(table: Table, codes: Codes): Promise<RoughVectors> {
    const count = await table.countRows();
    const rows = new Int32Array(count);
    const coded = new Uint8Array(count * codes.bytes);
    const places = new Places();
    let end = 0;
    for await (const batch of table.query().select(["row", "code", PLACE])) {
      const own = numbersOf(batch, "row").subarray(0, batch.numRows) as Int32Array;
      const values = numbersOf(batch, "code").subarray(0, batch.numRows * codes.bytes) as Uint8Array;
      if (values.length < own.length * codes.bytes) throw new Error("the codes of the vectors are cut off");
      rows.set(own, end);
      coded.set(values, end * codes.bytes);
      places.add(placesIn(batch), own);
      end += own.length;
    }
    return new RoughVectors(codes, rows, coded, places);
  }

  get count(): number {
    return this.#rows.length;
  }

  /** The rows of vectors that LanceDB found, in its order. */
  rowsAt(found: arrow.Table): number[] {
    const rows: number[] = [];
    for (const batch of found.batches) {
      const places = placesIn(batch);
      for (let i = 0; i < places.length; i += 2) rows.push(this.#places.rowAt(places[i]!, places[i + 1]!));
    }
    return rows;
  }

  /** Rows by nearness as far as codes say, the nearest first. */
  nearest(vector: Float32Array, limit: number, allowed: (row: number) => boolean): number[] {
    const positions = this.#positionsOf(allowed);
    const nearness = this.#codes.nearness(vector, this.#coded, positions);
    const best = new Best(Math.min(limit, positions.length));
    for (let i = 0; i < positions.length; i++) best.add(positions[i]!, nearness[i]!);
    return best.rows().map((position) => this.#rows[position]!);
  }

  #positionsOf(allowed: (row: number) => boolean): Int32Array {
    const rows = this.#rows;
    const positions = new Int32Array(rows.length);
    let count = 0;
    for (let i = 0; i < rows.length; i++) if (allowed(rows[i]!)) positions[count++] = i;
    return positions.subarray(0, count);
  }
}

/** Rows by where LanceDB has them. */
class Places {
  /** By fragment and place. */
  readonly #rows: Int32Array[] = [];

  add(places: Uint32Array, rows: Int32Array): void {
    for (let i = 0; i < rows.length; i++) {
      const [place, fragment] = [places[2 * i]!, places[2 * i + 1]!];
      let known = this.#rows[fragment];
      if (!known || known.length <= place) {
        known = longer(known, place);
        this.#rows[fragment] = known;
      }
      known[place] = rows[i]!;
    }
  }

  /** @throws Error for a place that the table did not have when it was opened */
  rowAt(place: number, fragment: number): number {
    const row = this.#rows[fragment]?.[place];
    if (row === undefined) throw new Error("LanceDB found a vector that is not in its table");
    return row;
  }
}

function longer(known: Int32Array | undefined, place: number): Int32Array {
  const larger = new Int32Array(Math.max(1024, 2 * place));
  if (known) larger.set(known);
  return larger;
}

/** Pairs of place and fragment. */
function placesIn(batch: arrow.RecordBatch): Uint32Array {
  const { buffer, byteOffset } = numbersOf(batch, PLACE);
  return new Uint32Array(buffer, byteOffset, 2 * batch.numRows);
}

/** The values of a column; a few more may lie behind them. */
function numbersOf(batch: arrow.RecordBatch, column: string): Int32Array | Uint8Array | BigUint64Array {
  return batch.getChild(column)!.data[0]!.values;
}

/** The arrays of a graph and the index over its relations' identities: in memory until the relations change, and in a file where the graph is large. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { readAdjacency, writeAdjacency, type Arranged } from "./adjacency-file.ts";
import { arrangeEdges, toArrays, type GraphArrays } from "./adjacency.ts";
import { columnsOf, edgeBlocks, indexOf } from "./edge-columns.ts";

/** Relations from which on the arrays are kept in a file: below, making them takes no longer than reading them. */
const LARGE = 100_000;

export class Arrangement {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #fact: StatementSync;
  #arranged: (Arranged & { stamp: string }) | undefined;

  /** @param path of the file */
  constructor(db: DatabaseSync, path: string) {
    this.#db = db;
    this.#path = path;
    this.#fact = db.prepare("SELECT value FROM facts WHERE key = ?");
  }

  relationCount(): number {
    return Number(this.#fact.get("relations")?.["value"] ?? 0);
  }

  arrays(): GraphArrays {
    return this.#current().arrays;
  }

  slots(): Int32Array {
    const slots = this.#current().slots();
    if (slots) return slots;
    const made = this.#make();
    this.#arranged = { stamp: this.#stamp(), ...made };
    return made.slots();
  }

  /** Makes the file of a large graph, where it is not there. @param before is called where it will be made, to give memory back */
  store(before: () => void): boolean {
    const stamp = this.#stamp();
    if (this.relationCount() < LARGE || readAdjacency(this.#path, stamp)) return false;
    before();
    writeAdjacency(this.#path, stamp, edgeBlocks(this.#db));
    return true;
  }

  /** Another one for every change of the relations. */
  #stamp(): string {
    return String(this.#fact.get("stamp")?.["value"] ?? "");
  }

  #current(): Arranged {
    const stamp = this.#stamp();
    if (this.#arranged?.stamp === stamp) return this.#arranged;
    const read = this.relationCount() < LARGE ? undefined : readAdjacency(this.#path, stamp);
    this.#arranged = { stamp, ...(read ?? this.#make()) };
    return this.#arranged;
  }

  #make() {
    const edges = edgeBlocks(this.#db);
    let index: Int32Array | undefined;
    return { arrays: toArrays(arrangeEdges(columnsOf(edges))), slots: () => (index ??= indexOf(edges)) };
  }
}

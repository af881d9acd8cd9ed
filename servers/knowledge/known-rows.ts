/** Rows of what relations name (entities at their ends, predicates, cited documents), kept in memory while many are written. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { MOST_PREDICATES } from "./edge-table.ts";
import { textBits, type Bits } from "./relation-identity.ts";
import { TextIndex } from "./text-index.ts";

/** Ends and cited documents kept in memory, some 40 bytes each. */
const MOST_KEPT = 4_000_000;

export class KnownRows {
  readonly #sql: ReturnType<typeof prepare>;
  /** Entities by their own ids: row, upper and lower half of the id's bits. Rows never change. */
  #entities = new TextIndex(3);
  /** Documents: row. */
  #cited = new TextIndex(1);
  readonly #predicates = new Map<string, { row: number; bits: Bits }>();
  /** Row and bits of the subject at hand, then of the object. */
  readonly ends = new Int32Array(6);

  constructor(db: DatabaseSync) {
    this.#sql = prepare(db);
  }

  /** Lets go of everything: after a failure a row may not be there. */
  forget(): void {
    this.#predicates.clear();
    this.#entities = new TextIndex(3);
    this.#cited = new TextIndex(1);
  }

  /** Lets go of what has become too large. */
  bound(): void {
    if (this.#entities.size > MOST_KEPT) this.#entities = new TextIndex(3);
    if (this.#cited.size > MOST_KEPT) this.#cited = new TextIndex(1);
  }

  /** Reads an end into `ends`; one that is named by another id has the identity of its own. @returns false where it is unknown */
  readEnd(text: Uint8Array, start: number, end: number, to: 0 | 3): boolean {
    const { ends } = this;
    const at = this.#entities.find(text, start, end);
    if (at >= 0) {
      const { values } = this.#entities;
      ends[to] = values[at]!;
      ends[to + 1] = values[at + 1]!;
      ends[to + 2] = values[at + 2]!;
      return true;
    }
    const id = textIn(text, start, end);
    const own = this.#sql.entity.get(id);
    const found = own ?? this.#sql.alias.get(id);
    if (!found) return false;
    ends.set([Number(found["row"]), ...textBits(found["id"] as string)], to);
    // Not kept by another id: an entity with that very id may come.
    if (own) this.#entities.add(text, start, end, [...ends.subarray(to, to + 3)]);
    return true;
  }

  /** Adds it where it is new. @throws Error where there are too many */
  predicate(name: string): { row: number; bits: Bits } {
    const known = this.#predicates.get(name);
    if (known) return known;
    this.#sql.addPredicate.run(name);
    const row = Number(this.#sql.predicate.get(name)!["row"]);
    if (row > MOST_PREDICATES) throw new Error(`more than ${MOST_PREDICATES} predicates: that is no vocabulary`);
    const predicate = { row, bits: textBits(name) };
    this.#predicates.set(name, predicate);
    return predicate;
  }

  /** Row of a document by its id; added where it is new. */
  cited(text: Uint8Array, start: number, end: number): number {
    const at = this.#cited.find(text, start, end);
    if (at >= 0) return this.#cited.values[at]!;
    const id = textIn(text, start, end);
    const row = Number(this.#sql.cited.get(id)?.["row"] ?? this.#sql.addCited.run(id).lastInsertRowid);
    this.#cited.add(text, start, end, [row]);
    return row;
  }
}

export function textIn(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}

function prepare(db: DatabaseSync) {
  return {
    entity: db.prepare("SELECT row, id FROM entities WHERE id = ?"),
    alias: db.prepare(
      "SELECT e.row, e.id FROM aliases a JOIN entities e ON e.row = a.entity WHERE a.alias = ? ORDER BY a.entity LIMIT 1",
    ),
    predicate: db.prepare("SELECT row FROM predicates WHERE name = ?"),
    addPredicate: db.prepare("INSERT OR IGNORE INTO predicates (name) VALUES (?)"),
    cited: db.prepare("SELECT row FROM cited WHERE id = ?"),
    addCited: db.prepare("INSERT INTO cited (id) VALUES (?)"),
  } satisfies Record<string, StatementSync>;
}

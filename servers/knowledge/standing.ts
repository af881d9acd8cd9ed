/**
 * What a store of documents has been told for good, whether the documents are there or not: how ill they stand (a
 * retraction may come before the paper), and which ones their source has withdrawn.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Integrity } from "../../schemas/index.ts";
import { keyOfId } from "./identifiers.ts";

export const STANDING_SCHEMA = `
CREATE TABLE IF NOT EXISTS notices (id TEXT PRIMARY KEY, integrity TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawn (id TEXT PRIMARY KEY, revised TEXT NOT NULL) WITHOUT ROWID;`;

/** From good to bad. */
const ORDER: readonly Integrity[] = ["ok", "corrected", "concern", "retracted"];

function isWorse(integrity: Integrity, than: Integrity): boolean {
  return ORDER.indexOf(integrity) > ORDER.indexOf(than);
}

/** Kept in memory while nobody else writes: nearly every document asks, and nearly none is meant. */
export class Standing {
  readonly #db: DatabaseSync;
  #version = -1;
  #notices = new Map<string, Integrity>();
  #withdrawn = new Map<string, string>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** At the beginning of a transaction: what others wrote counts. */
  refresh(): void {
    const version = Number(this.#db.prepare("PRAGMA data_version").get()!["data_version"]);
    if (version === this.#version) return;
    this.#version = version;
    const rows = (sql: string) => this.#db.prepare(sql).all() as Record<string, string>[];
    this.#notices = new Map(
      rows("SELECT id, integrity FROM notices").map((row) => [keyOfId(row["id"]!), row["integrity"] as Integrity]),
    );
    this.#withdrawn = new Map(rows("SELECT id, revised FROM withdrawn").map((row) => [row["id"]!, row["revised"]!]));
  }

  /** After a transaction that was rolled back. */
  forget(): void {
    this.#version = -1;
  }

  /** The worst that was said of a document with this id and these keys; undefined where that is no worse than `integrity`. */
  worse(id: string, keys: readonly string[], integrity: Integrity = "ok"): Integrity | undefined {
    if (this.#notices.size === 0) return undefined;
    let worst = integrity;
    for (const key of [keyOfId(id), ...keys]) {
      const said = this.#notices.get(key);
      if (said && isWorse(said, worst)) worst = said;
    }
    return worst === integrity ? undefined : worst;
  }

  /** @returns whether that is news */
  note(document: string, integrity: Integrity): boolean {
    const key = keyOfId(document);
    const before = this.#notices.get(key);
    if (before && !isWorse(integrity, before)) return false;
    this.#notices.set(key, integrity);
    this.#db.prepare("INSERT OR REPLACE INTO notices (id, integrity) VALUES (?, ?)").run(document, integrity);
    return true;
  }

  /** Whether the source took the document back after this state of it. */
  isWithdrawn(id: string, revised: string): boolean {
    if (this.#withdrawn.size === 0) return false;
    const since = this.#withdrawn.get(id);
    if (since === undefined) return false;
    if (revised !== "" && revised <= since) return true;
    this.#withdrawn.delete(id);
    this.#db.prepare("DELETE FROM withdrawn WHERE id = ?").run(id);
    return false;
  }

  withdraw(id: string, revised: string): void {
    if (revised === "") return;
    this.#withdrawn.set(id, revised);
    this.#db.prepare("INSERT OR REPLACE INTO withdrawn (id, revised) VALUES (?, ?)").run(id, revised);
  }
}

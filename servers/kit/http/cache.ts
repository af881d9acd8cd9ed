/** Answers on disk, so that a question asked twice costs one request and an unreachable source can still be quoted. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { writeAhead } from "../wal.ts";
import { isCredential, redact } from "./errors.ts";
import type { RequestOptions } from "./types.ts";

const PATIENCE_MS = 5000;
const SCHEMA = `
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL, fetched INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_fetched ON answers (fetched);`;

/** Beyond this the oldest answers go. */
const MAX_BYTES = 512 * 1024 * 1024;

export interface Answer {
  status: number;
  url: string;
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** Milliseconds since the epoch. */
  fetched: number;
}

/** Never fails: where the file cannot be used, nothing is remembered. */
export class AnswerCache {
  readonly #file: string;
  #db: DatabaseSync | undefined;
  #broken = false;
  #writes = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get(key: string): Answer | undefined {
    return this.#attempt((db) => {
      const row = db.prepare("SELECT url, status, headers, body, fetched FROM answers WHERE key = ?").get(key);
      if (!row) return undefined;
      return {
        url: row["url"] as string,
        status: Number(row["status"]),
        headers: JSON.parse(row["headers"] as string) as Record<string, string>,
        bytes: row["body"] as Uint8Array,
        fetched: Number(row["fetched"]),
      };
    });
  }

  put(key: string, { url, status, headers, bytes, fetched }: Answer): void {
    this.#attempt((db) => {
      db.prepare(
        "INSERT OR REPLACE INTO answers (key, url, status, headers, body, fetched) VALUES (?, ?, ?, ?, ?, ?)",
      ).run(key, url, status, JSON.stringify(headers), bytes, fetched);
      if (this.#writes++ % 100 === 0) prune(db);
    });
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #attempt<T>(work: (db: DatabaseSync) => T): T | undefined {
    if (this.#broken) return undefined;
    try {
      return work((this.#db ??= open(this.#file)));
    } catch (error) {
      this.#broken = true;
      process.stderr.write(`the cache ${this.#file} cannot be used: ${(error as Error).message}\n`);
      return undefined;
    }
  }
}

/** Identity of a request; keys and contact data are no part of it. */
export function requestKey(url: URL, options: RequestOptions): string {
  const headers = Object.entries(options.headers ?? {})
    .filter(([name]) => !isCredential(name))
    .map(([name, value]) => [name.toLowerCase(), value])
    .toSorted(([a], [b]) => (a! < b! ? -1 : 1));
  const body = typeof options.body === "string" ? options.body.replace(/\b(?:api_key|email)=[^&]*/g, "") : "";
  const hash = createHash("sha256");
  hash.update(JSON.stringify([options.method ?? "GET", redact(url), headers, body, options.redirect ?? "follow"]));
  if (options.body instanceof Uint8Array) hash.update(options.body);
  return hash.digest("hex");
}

function open(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  try {
    writeAhead(db, PATIENCE_MS);
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prune(db: DatabaseSync): void {
  const size = () => Number(db.prepare("SELECT coalesce(sum(length(body)), 0) AS n FROM answers").get()!["n"]);
  while (size() > MAX_BYTES) {
    db.exec("DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY fetched LIMIT 100)");
  }
}

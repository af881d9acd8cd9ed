/**
 * What live sources gave, on disk and shared by all servers of this home: a paper that a search found can be read, and
 * its quotes checked, by another process. It lies in the reader's store, beside the pages that were read; the oldest
 * records go when the live ones together exceed 256 MiB. Texts of record are never touched.
 */
import type { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Document } from "../../schemas/index.ts";
import { dataHome } from "../kit/home.ts";
import type { Link } from "./document-links.ts";
import { DocumentStore } from "./documents.ts";
import { openDatabase, transaction } from "./sqlite.ts";

const MAX_BYTES = 256 * 1024 * 1024;
/** Room made at once when the limit is met. */
const KEPT_SHARE = 0.9;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS live (id TEXT PRIMARY KEY, bytes INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS live_at ON live (at);`;

/** The file of pages, files and records from elsewhere. */
export function readerStorePath(home = dataHome()): string {
  return join(home, "reader.db");
}

/** A document and, where its text is not the whole of it, why. */
export type LiveDocument = Document & { incomplete?: string };

interface Opened {
  texts: DocumentStore;
  ledger: DatabaseSync;
}

export class LiveDocuments {
  readonly #path: string;
  readonly #maxBytes: number;
  #opened: Opened | undefined;

  /** Opens nothing yet. `MEDRESEARCHER_NO_CACHE=1` keeps them in memory. */
  constructor({ path, maxBytes = MAX_BYTES }: { path?: string; maxBytes?: number } = {}) {
    this.#path = path ?? (process.env["MEDRESEARCHER_NO_CACHE"] === "1" ? ":memory:" : readerStorePath());
    this.#maxBytes = maxBytes;
  }

  /** By id or another identifier. */
  get(id: string): LiveDocument | undefined {
    return this.#open().texts.get(id);
  }

  /** The live documents that name this one in `related`. */
  linksTo(id: string): Link[] {
    return this.#open().texts.linksTo(id);
  }

  /** Never fails a search: what cannot be kept on disk is kept in memory, and the log says so. */
  put(documents: readonly Document[]): void {
    if (documents.length === 0) return;
    try {
      this.#put(documents);
    } catch (error) {
      process.stderr.write(`${this.#path} cannot be written: ${(error as Error).message}\n`);
      this.close();
      this.#opened = openAt(":memory:");
      this.#put(documents);
    }
  }

  close(): void {
    this.#opened?.texts.close();
    this.#opened?.ledger.close();
    this.#opened = undefined;
  }

  #put(documents: readonly Document[]): void {
    const { texts, ledger } = this.#open();
    texts.put(documents);
    const note = ledger.prepare("INSERT OR REPLACE INTO live (id, bytes, at) VALUES (?, ?, ?)");
    const now = Date.now();
    transaction(ledger, () => {
      for (const document of documents) note.run(document.id, bytesOf(document), now);
    });
    this.#prune();
  }

  #prune(): void {
    const { texts, ledger } = this.#open();
    let total = Number(ledger.prepare("SELECT coalesce(sum(bytes), 0) AS n FROM live").get()!["n"]);
    if (total <= this.#maxBytes) return;
    const gone: string[] = [];
    for (const { id, bytes } of ledger.prepare("SELECT id, bytes FROM live ORDER BY at, id").iterate()) {
      if (total <= KEPT_SHARE * this.#maxBytes) break;
      gone.push(id as string);
      total -= Number(bytes);
    }
    texts.delete(gone);
    const forget = ledger.prepare("DELETE FROM live WHERE id = ?");
    transaction(ledger, () => gone.forEach((id) => forget.run(id)));
  }

  #open(): Opened {
    return (this.#opened ??= openOr(this.#path));
  }
}

function openOr(path: string): Opened {
  try {
    return openAt(path);
  } catch (error) {
    process.stderr.write(`${path} cannot be used: ${(error as Error).message}\n`);
    return openAt(":memory:");
  }
}

function openAt(path: string): Opened {
  return { texts: new DocumentStore(path), ledger: openDatabase(path, { schema: SCHEMA }) };
}

function bytesOf({ sections }: Document): number {
  return 1000 + sections.reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Texts that newer ones have taken the place of, within bounds: above 256 MiB the oldest go, but none that an answer of a
 * recorded session cites.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Document } from "../../schemas/index.ts";
import type { DocumentStore } from "../knowledge/documents.ts";
import { openDatabase, transaction } from "../knowledge/sqlite.ts";
import { citedTexts } from "./cited-texts.ts";

const MAX_BYTES = 256 * 1024 * 1024;
/** Room made at once when the limit is met. */
const KEPT_SHARE = 0.9;

/** In order of arrival. */
const SCHEMA = `
CREATE TABLE older (came INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL);
INSERT INTO older (id, bytes) SELECT id, length(body) FROM documents WHERE id GLOB '*@sha256:*' ORDER BY row;`;

export class OlderTexts {
  readonly #store: DocumentStore;
  readonly #ledger: DatabaseSync;
  readonly #maxBytes: number;
  readonly #cited: () => Promise<Set<string>>;

  /** @param path of the file of `store` @param cited digits of the texts that must stay */
  constructor(store: DocumentStore, path: string, { maxBytes = MAX_BYTES, cited = citedTexts } = {}) {
    this.#store = store;
    this.#maxBytes = maxBytes;
    this.#cited = cited;
    this.#ledger = openDatabase(path);
    // Texts of before there was a limit are taken over when the list of them is made.
    transaction(this.#ledger, () => {
      const isThere = this.#ledger.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'older'").get();
      if (!isThere) this.#ledger.exec(SCHEMA);
    });
  }

  /** Notes texts that were stored under the id of their version, and makes room where they are too many. */
  async add(documents: readonly Document[]): Promise<void> {
    if (documents.length === 0) return;
    const note = this.#ledger.prepare("INSERT OR REPLACE INTO older (id, bytes) VALUES (?, ?)");
    transaction(this.#ledger, () => {
      for (const document of documents) note.run(document.id, bytesOf(document));
    });
    await this.#makeRoom();
  }

  close(): void {
    this.#ledger.close();
  }

  async #makeRoom(): Promise<void> {
    let total = this.#total();
    if (total <= this.#maxBytes) return;
    const cited = await this.#cited();
    const gone: string[] = [];
    for (const { id, bytes } of this.#ledger.prepare("SELECT id, bytes FROM older ORDER BY came").iterate()) {
      if (total <= KEPT_SHARE * this.#maxBytes) break;
      if (cited.has((id as string).split("@sha256:").at(-1)!)) continue;
      gone.push(id as string);
      total -= Number(bytes);
    }
    this.#store.delete(gone);
    const forget = this.#ledger.prepare("DELETE FROM older WHERE id = ?");
    transaction(this.#ledger, () => gone.forEach((id) => forget.run(id)));
  }

  #total(): number {
    return Number(this.#ledger.prepare("SELECT coalesce(sum(bytes), 0) AS n FROM older").get()!["n"]);
  }
}

function bytesOf({ sections }: Document): number {
  return 1000 + sections.reduce((sum, { text }) => sum + text.length, 0);
}

/** Files that were read lately: the next section of a long PDF must not cost its parsing again. */
import { createHash } from "node:crypto";
import type { ReadableDocument } from "./readable.ts";

const MAX_FILES = 8;
const MAX_BYTES = 64 * 1024 * 1024;

export class FilesRead {
  readonly #files = new Map<string, { document: ReadableDocument; size: number }>();

  /**
   * The document that was made of exactly these bytes under this name, else what `parse` makes of them. Calls at the
   * same time may parse twice; the result is the same.
   */
  async get(name: string, bytes: Uint8Array, parse: () => Promise<ReadableDocument>): Promise<ReadableDocument> {
    const key = `${createHash("sha256").update(bytes).digest("hex")} ${name}`;
    const kept = this.#files.get(key);
    const document = kept?.document ?? (await parse());
    const size = kept?.size ?? 2 * document.sections.reduce((sum, { text }) => sum + text.length, 0);
    // The one that was asked for last goes last.
    this.#files.delete(key);
    this.#files.set(key, { document, size });
    this.#drop();
    return document;
  }

  #drop(): void {
    let total = [...this.#files.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [key, { size }] of this.#files) {
      if (this.#files.size <= MAX_FILES && total <= MAX_BYTES) return;
      this.#files.delete(key);
      total -= size;
    }
  }
}

/** The last documents that live sources gave. */
import type { Document } from "../../schemas/index.ts";

const KEPT = 500;

export class RecentDocuments {
  readonly #documents = new Map<string, Document>();

  put(documents: readonly Document[]): void {
    for (const document of documents) {
      this.#documents.delete(document.id);
      this.#documents.set(document.id, document);
    }
    for (const id of this.#documents.keys()) {
      if (this.#documents.size <= KEPT) break;
      this.#documents.delete(id);
    }
  }

  get(id: string): Document | undefined {
    return this.#documents.get(id);
  }
}

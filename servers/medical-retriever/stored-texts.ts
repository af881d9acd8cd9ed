/** The texts of record as one question uses them: where they cannot be read, that is told, and what is live is still given. */
import type { Document } from "../../schemas/index.ts";
import { ToolError } from "../kit/index.ts";
import type { DocumentStore, Knowledge } from "../knowledge/index.ts";

export class StoredTexts {
  readonly #knowledge: Pick<Knowledge, "documents">;
  #failure: string | undefined;

  constructor(knowledge: Pick<Knowledge, "documents">) {
    this.#knowledge = knowledge;
  }

  /** By id or another identifier. */
  get(id: string): Document | undefined {
    return this.#attempt((documents) => documents.get(id));
  }

  byIdentifier(kind: string, value: string): string[] {
    return this.#attempt((documents) => documents.byIdentifier(kind, value)) ?? [];
  }

  /** Why something could not be read; undefined as long as all could. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** For a caller who has nothing else to give. */
  error(): ToolError | undefined {
    if (this.#failure === undefined) return undefined;
    return new ToolError({
      reason: "unavailable",
      message: this.#failure,
      recovery: "ask for a live record, or have the operator import the documents again",
      retryable: false,
    });
  }

  #attempt<T>(read: (documents: DocumentStore) => T): T | undefined {
    if (this.#failure !== undefined) return undefined;
    try {
      return read(this.#knowledge.documents);
    } catch (error) {
      this.#failure = `the stored documents cannot be read: ${(error as Error).message}`;
      return undefined;
    }
  }
}

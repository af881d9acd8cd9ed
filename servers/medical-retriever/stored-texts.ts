/** The texts of record as one question uses them: where they cannot be read, that is told, and what is live is still given. */
import type { Document } from "../../schemas/index.ts";
import { ToolError } from "../kit/index.ts";
import type { DocumentStore, Knowledge } from "../knowledge/index.ts";

export class StoredTexts {
  readonly #knowledge: Pick<Knowledge, "documents">;
  readonly #read = new Map<string, Document | undefined>();
  #failure: string | undefined;

  constructor(knowledge: Pick<Knowledge, "documents">) {
    this.#knowledge = knowledge;
  }

  /** By id or another identifier. */
  get(id: string): Document | undefined {
    return this.#attempt(() => this.read(id));
  }

  /** The same, each read once. @throws Error where it cannot be read */
  read(id: string): Document | undefined {
    if (!this.#read.has(id)) this.#read.set(id, this.#knowledge.documents.get(id));
    return this.#read.get(id);
  }

  /** Reads those that were not read yet together: what is asked for one by one afterwards is there. @throws Error where they cannot be read */
  readAll(ids: readonly string[]): void {
    const missing = ids.filter((id) => !this.#read.has(id));
    if (missing.length === 0) return;
    for (const [id, document] of this.#knowledge.documents.getAll(missing)) this.#read.set(id, document);
  }

  /** The same where a failure is told by `failure`. */
  expect(ids: readonly string[]): void {
    this.#attempt(() => this.readAll(ids));
  }

  /** By id, the other documents that carry it as an identifier. */
  othersWith(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
    return this.#attempt((documents) => documents.othersWith(ids)) ?? new Map<string, string[]>();
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

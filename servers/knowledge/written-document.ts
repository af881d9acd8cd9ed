/** A document whose JSON a parser wrote itself: a large import stores these bytes as they are, and nothing is made of them but that. */
import type { Document, Integrity, KnowledgeRecord } from "../../schemas/index.ts";

type DocumentRecord = Extract<KnowledgeRecord, { type: "document" }>;

/** What is stored of a document beside its text, and where that lies. */
export interface Written {
  id: string;
  /** When its source last changed it. */
  revised: string | undefined;
  /** `keysOf` the document. */
  keys: string[];
  integrity: Integrity | undefined;
  /** Holds the JSON, in UTF-8, from `start` to `end`; never written again there. */
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** A record as any other to those who look at its document, which is read from the bytes then. */
export class WrittenDocument implements DocumentRecord {
  readonly type = "document";
  readonly written: Written;

  constructor(written: Written) {
    this.written = written;
  }

  get revised(): string | undefined {
    return this.written.revised;
  }

  get document(): Document {
    return JSON.parse(this.#json) as Document;
  }

  /** As a record of another making is written. */
  toJSON(): DocumentRecord {
    const { type, document, revised } = this;
    return { type, document, ...(revised ? { revised } : {}) };
  }

  get #json(): string {
    const { bytes, start, end } = this.written;
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
  }
}

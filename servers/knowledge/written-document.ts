/** A document whose JSON a parser wrote itself: a large import stores these bytes as they are, and makes no object of them. */
import type { Document, Integrity, KnowledgeRecord } from "../../schemas/index.ts";

type DocumentRecord = Extract<KnowledgeRecord, { type: "document" }>;

/** What is stored of a document beside its JSON. */
export interface DocumentFacts {
  id: string;
  /** When its source last changed it. */
  revised: string | undefined;
  /** `keysOf` the document. */
  keys: string[];
  integrity: Integrity | undefined;
  related: Document["related"];
}

/** A record as any other to those who look at its document, which is read from the bytes then. */
export class WrittenDocument implements DocumentRecord {
  readonly type = "document";
  readonly facts: DocumentFacts;
  /** Hold the JSON, in UTF-8, from `start` to `end`; never written again there. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;

  constructor(facts: DocumentFacts, bytes: Buffer, start: number, end: number) {
    this.facts = facts;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  get revised(): string | undefined {
    return this.facts.revised;
  }

  get document(): Document {
    return JSON.parse(this.bytes.toString("utf8", this.start, this.end)) as Document;
  }

  /** As a record of another making is written. */
  toJSON(): DocumentRecord {
    const { type, document, revised } = this;
    return { type, document, ...(revised ? { revised } : {}) };
  }
}

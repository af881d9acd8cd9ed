/** What is written in one transaction: records sorted by the store they go to. */
import type { Entity, KnowledgeRecord, Relation } from "../../schemas/index.ts";
import { withinLimits } from "./import-limits.ts";
import { DocumentPacker } from "./packed-documents.ts";
import { WrittenDocument } from "./written-document.ts";

/** Bytes of documents that are worth a transaction; while these are written the next ones are read. */
const MANY_BYTES = 8 << 20;
const LARGE_BYTES = 1 << 20;
/** For the document that makes it too many. */
const ROOM = 1 << 20;

export class ImportBatch {
  readonly documents: DocumentPacker;
  readonly entities: Entity[] = [];
  readonly relations: Relation[] = [];
  readonly #told: (reason: string) => void;
  #count = 0;

  /** @param told what was cut or left out. @param before the batch before, which this one will be like */
  constructor(told: (reason: string) => void, before?: ImportBatch) {
    this.#told = told;
    this.documents = new DocumentPacker(before?.isFull ? MANY_BYTES + ROOM : undefined);
  }

  get count(): number {
    return this.#count;
  }

  /** Whether it is going to be many. */
  get isLarge(): boolean {
    return this.documents.bytes >= LARGE_BYTES;
  }

  get isFull(): boolean {
    return this.documents.bytes >= MANY_BYTES;
  }

  add(record: KnowledgeRecord): void {
    this.#count++;
    switch (record.type) {
      case "document":
        return record instanceof WrittenDocument
          ? this.documents.addWritten(record)
          : this.documents.add(record.document, record.revised);
      case "removal":
        return this.documents.remove(record.document, record.revised);
      case "notice":
        return this.documents.notice(record);
      case "relation":
        this.relations.push(record.relation);
        return;
      case "entity": {
        const entity = withinLimits(record.entity, this.#told);
        if (entity) this.entities.push(entity);
      }
    }
  }
}

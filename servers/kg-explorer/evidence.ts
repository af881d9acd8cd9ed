/** Evidence inline in a relation: the first few pieces, without those of retracted documents, and what was left out. */
import type { Integrity, RelationHit } from "../../schemas/index.ts";

/** Pieces shown with a relation; the rest is `get_evidence`'s. */
const SHOWN = 3;

export class EvidenceTrimmer {
  readonly #documents: { integrity(id: string): Integrity | undefined };
  readonly #shown: number;
  readonly #integrity = new Map<string, Integrity | undefined>();
  readonly #retracted = new Set<string>();
  #more = 0;

  constructor(documents: { integrity(id: string): Integrity | undefined }, shown = SHOWN) {
    this.#documents = documents;
    this.#shown = shown;
  }

  trim(relation: RelationHit): RelationHit {
    const sound = relation.evidence.filter((e) => this.#sound(e.document));
    this.#more += Math.max(0, sound.length - this.#shown);
    return { ...relation, evidence: sound.slice(0, this.#shown) };
  }

  /** What a reader of the trimmed relations should know. */
  notes(): string[] {
    const lines: string[] = [];
    if (this.#more > 0) lines.push(`${this.#more} more pieces of evidence: get_evidence shows all of a relation`);
    if (this.#retracted.size > 0) lines.push(`retracted, so no evidence: ${[...this.#retracted].join(", ")}`);
    return lines;
  }

  #sound(document: string): boolean {
    if (!this.#integrity.has(document)) this.#integrity.set(document, this.#documents.integrity(document));
    if (this.#integrity.get(document) !== "retracted") return true;
    this.#retracted.add(document);
    return false;
  }
}

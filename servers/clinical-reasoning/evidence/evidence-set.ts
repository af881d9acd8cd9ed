/**
 * A named set of evidence that a session adds to the annotations: counts, frequencies or likelihood ratios, each from a
 * document. The model is always computed anew from the whole set in one fixed order, so that neither the order of adding
 * nor a removal can leave a trace.
 */
import { createHash } from "node:crypto";

/** How far a published likelihood ratio is trusted. A: systematic review or large study … D: case report or expert opinion. */
export type Grade = "A" | "B" | "C" | "D";

export interface EvidenceItem {
  id: string;
  disease: string;
  /** Name of a disease that the model does not know. */
  name?: string;
  finding: string;
  /** n of m patients with the disease show the finding. */
  n?: number;
  m?: number;
  /** "45%", "HP:0040281", "frequent". */
  frequency?: string;
  lrPositive?: number;
  lrNegative?: number;
  document: string;
  quote?: string;
  grade: Grade;
}

/** Standard error of a published log likelihood ratio by grade, and how far the model itself may be wrong. */
const STANDARD_ERROR: Record<Grade, number> = { A: 0.25, B: 0.5, C: 1, D: 1.5 };
const MODEL_DEVIATION = 1;

/** w = σ0² / (σ0² + se²): the share of a published log likelihood ratio that replaces the model's. */
export function trust(grade: Grade): number {
  return MODEL_DEVIATION ** 2 / (MODEL_DEVIATION ** 2 + STANDARD_ERROR[grade] ** 2);
}

/** The identity of a piece of evidence: the same statement of the same document is one piece, however often it is added. */
function evidenceId(item: Omit<EvidenceItem, "id">): string {
  const { disease, finding, n, m, frequency, lrPositive, lrNegative, document, grade } = item;
  const identity = JSON.stringify([disease, finding, n, m, frequency, lrPositive, lrNegative, document, grade]);
  return `E:${createHash("sha256").update(identity).digest("hex").slice(0, 12)}`;
}

export class EvidenceSet {
  readonly name: string;
  /** In order of their ids: the same set is the same list, whatever happened before. */
  readonly #items: EvidenceItem[] = [];

  constructor(name: string) {
    this.name = name;
  }

  add(item: Omit<EvidenceItem, "id">): EvidenceItem {
    const id = evidenceId(item);
    const at = this.#placeOf(id);
    const known = this.#items[at]?.id === id ? this.#items[at] : undefined;
    // Of several names and quotes of one statement the same is kept in whatever order they come.
    const stored = { ...item, id, ...first("name", item, known), ...first("quote", item, known) };
    this.#items.splice(at, known ? 1 : 0, stored);
    return stored;
  }

  remove(id: string): boolean {
    const at = this.#placeOf(id);
    if (this.#items[at]?.id !== id) return false;
    this.#items.splice(at, 1);
    return true;
  }

  get size(): number {
    return this.#items.length;
  }

  items(): readonly EvidenceItem[] {
    return this.#items;
  }

  /** Where an item of this id stands or would stand. */
  #placeOf(id: string): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#items[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function first<K extends "name" | "quote">(key: K, ...items: (Partial<Record<K, string>> | undefined)[]) {
  const [value] = items.flatMap((item) => item?.[key] ?? []).toSorted();
  return value === undefined ? {} : { [key]: value };
}

/** How a piece of evidence reads. */
export function statementOf(item: EvidenceItem, disease: string, finding: string): string {
  const ratios = [
    item.lrPositive !== undefined && `LR+ ${item.lrPositive}`,
    item.lrNegative !== undefined && `LR− ${item.lrNegative}`,
  ].filter(Boolean);
  if (ratios.length > 0) {
    return `${finding} for ${disease}: ${ratios.join(", ")}, grade ${item.grade}, trusted ${Math.round(trust(item.grade) * 100)}%`;
  }
  const often = item.m === undefined ? `frequency ${item.frequency}` : `${item.n} of ${item.m} patients`;
  return `${finding} in ${disease}: ${often}`;
}

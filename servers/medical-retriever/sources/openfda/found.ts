/** What a dataset of openFDA gave to a question. */
import type { Document } from "../../../../schemas/index.ts";
import type { OpenfdaAnswer } from "./ask.ts";

export interface Found {
  documents: Document[];
  /** How many records there are. */
  total: number;
  stale: boolean;
  notes: string[];
}

export const NOTHING: Found = { documents: [], total: 0, stale: false, notes: [] };

/** With the moment at which it was fetched, and whether it is an older copy. */
export function dated(document: Document, { fetchedAt, stale }: Pick<OpenfdaAnswer, "fetchedAt" | "stale">): Document {
  return { ...document, fetchedAt, ...(stale ? { stale } : {}) };
}

/** `zolpidem tartrate` → `zolpidem-tartrate`: names in ids. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

/** `12/31/2024` and `20241231` as ISO dates. */
export function isoDay(said: string): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said) ?? [];
  if (year) return `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  const [, y, m, d] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(said) ?? [];
  return y ? `${y}-${m}-${d}` : undefined;
}

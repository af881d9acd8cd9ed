/**
 * What a word counts in a document, in one byte: the saturated frequency of BM25F (`tallies.ts`, `ranking.ts`), which is all that a score
 * needs beside the word's rarity. After Anh & Moffat, "Impact transformation" (2002): quantised impacts find what exact
 * scores find, and cost one multiplication.
 */
import { K1 } from "../ranking.ts";
import { B, TITLE_WEIGHT } from "../tallies.ts";

/** The impact of a word that fills a document. */
export const FULL_IMPACT = 255;

/** In terms, of documents all over the store when its index is begun. They stay those of the index, so that all its impacts compare. */
export interface UsualLengths {
  title: number;
  body: number;
}

/** How often a word occurs, or how many words there are. */
interface InFields {
  title: number;
  body: number;
}

/** What a document's length makes of its words' frequencies. */
export interface Norms {
  title: number;
  body: number;
}

export function normsOf(lengths: InFields, usual: UsualLengths): Norms {
  return {
    title: 1 - B + (B * lengths.title) / Math.max(1, usual.title),
    body: 1 - B + (B * lengths.body) / Math.max(1, usual.body),
  };
}

/** From 1 to 255. */
export function impactOf(inTitle: number, inBody: number, norms: Norms): number {
  const frequency = (TITLE_WEIGHT * inTitle) / norms.title + inBody / norms.body;
  return Math.max(1, Math.round((FULL_IMPACT * frequency) / (frequency + K1)));
}

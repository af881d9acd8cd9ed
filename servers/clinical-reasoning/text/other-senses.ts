/** Words of findings where they say something else: "what fits a boy", "double-blind", the short arm of a chromosome. */
import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";
import { merged, type Scope } from "./scopes.ts";

const OTHER_SENSES: readonly RegExp[] = [
  /\b(?:what|which|that|this|it|(?:what|which)\s+\w+|diseases?|disorder|condition|syndrome|diagnosis)\s+(?:also\s+|best\s+)?fits\b/giu,
  /\bfits(?=\s+(?:an?|the|this|these|those|him|her|his|my|our|them|all|both|best|better|well|with|into|such)\b)/giu,
  /\b(?:double|single|triple)[\s-]blind\b/giu,
  /\b(?:short|long)\s+arms?(?=\s+(?:of\s+(?:the\s+)?(?:human\s+)?chromosome|cytogenetic|deletion|marker|probe|locus))/giu,
  /\b(?:falls?\s+(?:into|within|under|short|between)|falling\s+(?:into|within|under))\b/giu,
];

/** Spans that name no finding whatever their words, in order. */
export function otherSenses({ text, cues }: Reading): Scope[] {
  if ((cues & CUE.otherSense) === 0) return [];
  return merged(
    OTHER_SENSES.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length })),
    ),
  );
}

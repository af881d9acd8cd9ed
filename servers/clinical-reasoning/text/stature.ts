/** "A tall, thin boy", "she is short": words that mean stature only when they are said of a person. */
import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";

const PERSON =
  "(?:boy|girl|man|woman|child|infant|adolescent|teenager|youth|male|female|adult|lady|gentleman|patient|person|son|daughter)";
/** What may stand between the adjective and the person: other adjectives and the age. */
const BETWEEN = "(?:[\\s,]+(?!(?:with|of|in|has|had|is|was|who)\\b)\\w[\\w-]*){0,5}?";
const BEFORE = new RegExp(`\\b(tall|short)(?=${BETWEEN}[\\s,]+${PERSON}\\b)`, "giu");
const AFTER =
  /\b(?:he|she|boy|girl|man|woman|child|patient|son|daughter)\s+(?:is|was|has\s+(?:always\s+)?been)\s+(?:(?:very|unusually|quite|rather|too|abnormally|also)\s+)*(tall|short)\b(?!\s+(?:of|on|for\s+\w+\s+(?:years|months|days)))/giu;
/** Labels in the ontology. */
export const STATURE = { tall: "Tall stature", short: "Short stature" } as const;

/** Where a text calls a person tall or short, by the label of the finding. */
export function statureIn({ text, cues }: Reading): { label: string; start: number; end: number }[] {
  if ((cues & CUE.stature) === 0) return [];
  const found: { label: string; start: number; end: number }[] = [];
  for (const pattern of [BEFORE, AFTER]) {
    for (const match of text.matchAll(pattern)) {
      const word = match[1]!;
      const start = match.index + match[0].lastIndexOf(word);
      const label = STATURE[word.toLowerCase() as keyof typeof STATURE];
      found.push({ label, start, end: start + word.length });
    }
  }
  return found;
}

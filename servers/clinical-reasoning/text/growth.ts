/** "Head circumference −3 SD", "height below the 3rd centile": measures of growth that say a finding without naming it. */
import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";
import { foundAt } from "./scopes.ts";

/** Labels in the ontology of what lies below and above the usual range. */
export const GROWTH = {
  head: ["Microcephaly", "Macrocephaly"],
  height: ["Short stature", "Tall stature"],
  weight: ["Decreased body weight", "Increased body weight"],
} as const;
/** Two standard deviations, and the centiles that charts draw nearest to them. */
const DEVIATIONS = 2;
const [LOW_CENTILE, HIGH_CENTILE] = [3, 97];

const SAID = "(?:\\s{0,3}(?:was|is|were|of|at|measured|measuring|[:=(,])){0,4}";
const VALUE = "(?:\\s{0,3}\\d+(?:[.,]\\d+)?\\s?(?:cm|mm|m|kg|g)\\b)?";
const SIDE = "(?:\\s{0,3}(below|under|less than|<|≤|above|over|greater than|more than|>|≥))?";
const SDS =
  "([+−–-]?\\s?\\d(?:[.,]\\d+)?)\\s?(?:SDs?\\b|standard deviations?|z-?score)(?:\\s+(below|above|under|over)\\b)?";
const CENTILE = "(\\d{1,2}(?:[.,]\\d+)?)\\s?(?:st|nd|rd|th)?\\s?(?:per)?cent(?:ile|h)";
const MEASURE = new RegExp(
  `(height|length|stature|weight|circumference|ofc|hc)\\b${SAID}${VALUE}${SAID}${SIDE}\\s{0,3}(?:the\\s{1,3})?(?:${SDS}|${CENTILE})`,
  "iuy",
);

/** Where a text gives a measure of growth beyond the usual range, by the label of the finding. */
export function growthIn(reading: Reading): { label: string; start: number; end: number }[] {
  if ((reading.cues & CUE.growth) === 0 || (reading.cues & CUE.number) === 0) return [];
  return foundAt(reading, CUE.growth, MEASURE).flatMap((match) => {
    const side = sideOf(match);
    const kind = kindOf(match, reading.text);
    if (side === undefined || !kind) return [];
    const head = /[\w-]+\s+$/u.exec(reading.text.slice(Math.max(0, match.index - 24), match.index))?.[0];
    const start = match.index - (match[1]!.toLowerCase() === "circumference" ? (head?.length ?? 0) : 0);
    return [{ label: GROWTH[kind][side], start, end: match.index + match[0].length }];
  });
}

/** 0 for below the usual range, 1 for above; undefined within it. */
function sideOf([, , before, deviations, after, centile]: RegExpExecArray): 0 | 1 | undefined {
  const below = /below|under|less|<|≤/iu;
  const above = /above|over|greater|>|≥/iu;
  if (deviations) {
    const amount = numberOf(deviations);
    const signed = /^[−–-]/u.test(deviations) || below.test(after ?? "") ? -Math.abs(amount) : amount;
    return Math.abs(signed) < DEVIATIONS ? undefined : signed < 0 ? 0 : 1;
  }
  const amount = numberOf(centile!);
  if (amount < LOW_CENTILE || (amount <= LOW_CENTILE + 2 && below.test(before ?? ""))) return 0;
  if (amount > HIGH_CENTILE || (amount >= HIGH_CENTILE - 2 && above.test(before ?? ""))) return 1;
  return undefined;
}

function numberOf(written: string): number {
  return Number(
    written
      .replace(/[−–-]\s?/u, "")
      .replace("+", "")
      .replace(",", "."),
  );
}

/** What is measured; undefined for measures at birth and of other parts of the body. */
function kindOf({ 1: measure, index }: RegExpExecArray, text: string): keyof typeof GROWTH | undefined {
  const before = text.slice(Math.max(0, index - 24), index);
  if (/birth\s*$/iu.test(before)) return undefined;
  switch (measure!.toLowerCase()) {
    case "circumference":
      return /(?:head|occipitofrontal|occipito-frontal|cranial|skull)\s+$/iu.test(before) ? "head" : undefined;
    case "ofc":
    case "hc":
      return "head";
    case "weight":
      return "weight";
    case "length":
      return /(?:body|total)\s+$|(?:[.,;:]|and|his|her|the)\s*$|^\s*$/iu.test(before) ? "height" : undefined;
    default:
      return "height";
  }
}

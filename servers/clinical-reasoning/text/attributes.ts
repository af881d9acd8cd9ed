/** What a text says of a finding beside its name: on which side it is, and how much or how many. */
import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";

export type Laterality = "left" | "right" | "bilateral" | "unilateral";

const SIDES: Record<string, Laterality> = {
  left: "left",
  right: "right",
  both: "bilateral",
  bilateral: "bilateral",
  bilaterally: "bilateral",
  unilateral: "unilateral",
  unilaterally: "unilateral",
};
/** Words before and after a name that may give its side. */
const BEFORE = 3;
const AFTER = 4;

/** The side of the finding that words `from` up to `to` name, from them or the words around them; undefined where none is said. */
export function lateralityOf(reading: Reading, from: number, to: number): Laterality | undefined {
  if ((reading.cues & CUE.side) === 0) return undefined;
  for (let i = from; i < to; i++) {
    const side = sideAt(reading, i);
    if (side) return side;
  }
  for (let i = from - 1; i >= 0 && i >= from - BEFORE && reading.joined(i) && !endsPhrase(reading, i); i--) {
    const side = sideAt(reading, i);
    if (side) return side;
  }
  for (let i = to; i < reading.count && i < to + AFTER && reading.joined(i - 1) && !endsPhrase(reading, i); i++) {
    const side = sideAt(reading, i);
    if (side) return side;
  }
  return undefined;
}

function sideAt(reading: Reading, i: number): Laterality | undefined {
  return reading.cue[i]! & CUE.side ? SIDES[reading.slice(i, i + 1).toLowerCase()] : undefined;
}

/** At "and" or "with", not at "was": "the ptosis was right-sided". */
function endsPhrase({ cue }: Reading, i: number): boolean {
  return (cue[i]! & (CUE.conjunction | CUE.nounEnd)) !== 0 && (cue[i]! & CUE.deniedAfter) === 0;
}

const AMOUNT = "[<>≤≥~±+−-]?\\s?\\d+(?:[.,]\\d+)?(?:\\s?(?:-|–|to|x|×|\\/)\\s?\\d+(?:[.,]\\d+)?)?";
const PER = "(?:\\s?(?:\\/|per|a)\\s?(?:d?[lL]|ml|µl|mm3|kg|m2|h|hour|min|minute|day|week|month|year|second))?";
const UNIT =
  "(?:°\\s?[CF]|degrees|[µmn]?g|kg|[mcµ]?m|mmHg|mm\\s?Hg|[mµn]?mol|m?I?U|[mµ]?[lL]|%|percent|SDs?|standard deviations|(?:st|nd|rd|th)?\\s?(?:per)?centile|beats|bpm|dB|dioptres|diopters|D|times|episodes|attacks|Hz)";
/** "fever of 39.5 °C", "head circumference (−3 SD)", "seizures 5 times a day". */
const AFTER_NAME = new RegExp(
  `\\s{0,3}(?:(?:[(,:=]|of|was|is|at|to|up to|about|around|approximately|measuring)\\s{0,3}){0,5}(${AMOUNT}\\s?${UNIT}${PER})(?![\\p{L}\\d])`,
  "uy",
);
/** "seizures (12/15)", "cysts (n = 4)", "fever in 3 of 10": how many have it. */
const SHARE =
  /\s{0,3}(?:\(\s?(n\s?=\s?\d+|\d+\s?(?:\/|of|out of)\s?\d+)|(?:was |were )?(?:present |seen |found |observed |noted )?in (\d+\s?(?:\/|of|out of)\s?\d+))(?!\d)/uy;
/** "six café-au-lait spots", "12 large cysts": a count before the name. */
const COUNT = 2;

/** The number or measure that a text gives with the finding, in its own words; undefined where it gives none. */
export function quantityOf(reading: Reading, from: number, to: number): string | undefined {
  if ((reading.cues & CUE.number) === 0) return undefined;
  AFTER_NAME.lastIndex = reading.end[to - 1]!;
  const measure = AFTER_NAME.exec(reading.text)?.[1];
  if (measure) return measure.trim();
  SHARE.lastIndex = reading.end[to - 1]!;
  const share = SHARE.exec(reading.text);
  if (share) return share[1] ?? share[2];
  for (let i = from - 1; i >= 0 && i >= from - COUNT && isSpace(reading, i) && !endsPhrase(reading, i); i--) {
    if (reading.cue[i]! & CUE.number) return countAt(reading, i);
  }
  return undefined;
}

/** A count is a number by itself: no "1q21", no "5th". */
function countAt(reading: Reading, i: number): string | undefined {
  const written = reading.slice(i, i + 1);
  return /^(?:\d+|\p{L}+)$/u.test(written) && !/[.,%\-–]/u.test(reading.text[reading.start[i]! - 1] ?? " ")
    ? written
    : undefined;
}

function isSpace({ gap }: Reading, i: number): boolean {
  return gap[i] === 0;
}

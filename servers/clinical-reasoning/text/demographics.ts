/** Age and sex as a case report gives them: "a boy of 4", "a 32-year-old woman", "P3Y6M". */
import type { Sex } from "../model/context.ts";

const UNITS = { year: "Y", month: "M", week: "W", day: "D" } as const;
const NUMBERS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const NUMBER = `\\d{1,3}(?:[.,]\\d)?|${NUMBERS.slice(1).join("|")}`;

const WITH_UNIT = new RegExp(
  `\\b(${NUMBER})[\\s-]*(years?|yrs?|y|months?|mos?|weeks?|wks?|days?)[\\s-]*(?:old|of\\s+age)\\b`,
  "iu",
);
const AGED = new RegExp(
  `\\b(?:aged?|(?:boy|girl|man|woman|male|female|child|infant|patient|baby)\\s+(?:of|aged))\\s*(?:of\\s+)?(${NUMBER})(?:[\\s-]*(years?|yrs?|months?|mos?|weeks?|wks?|days?))?\\b`,
  "iu",
);
const SHORT = /\b(\d{1,3})\s?(?:yo|y\/o|yr old)\b/iu;

/** ISO 8601 duration of the first age in the text, `P4Y`; undefined where none is given. */
export function ageIn(text: string): string | undefined {
  const found = [WITH_UNIT, AGED, SHORT]
    .map((pattern) => pattern.exec(text))
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index)[0];
  if (found) return duration(found[1]!, found[2] ?? "years");
  return /\b(?:newborn|neonate)\b/iu.test(text) ? "P0D" : undefined;
}

function duration(amount: string, unit: string): string {
  const value = NUMBERS.indexOf(amount.toLowerCase());
  const number = value >= 0 ? value : Number(amount.replace(",", "."));
  const kind = Object.entries(UNITS).find(([name]) => name[0] === unit[0]!.toLowerCase())![1];
  if (kind === "Y" && !Number.isInteger(number)) return `P${Math.floor(number)}Y${Math.round((number % 1) * 12)}M`;
  return `P${Math.floor(number)}${kind}`;
}

/** Years from "P4Y6M", "4", "4 years", "6 months old", "newborn"; undefined where it cannot be read. */
export function yearsOf(age: string): number | undefined {
  const text = age.trim();
  const iso = /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?$/iu.exec(
    text,
  );
  if (iso && /\d/u.test(text)) {
    const [years, months, weeks, days] = iso.slice(1, 5).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
    ];
    return years + months / 12 + weeks / 52.18 + days / 365.25;
  }
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  const units = new RegExp(`^(${NUMBER})[\\s-]*(years?|yrs?|y|months?|mos?|weeks?|wks?|days?)\\b`, "iu").exec(text);
  const read = units ? duration(units[1]!, units[2]!) : ageIn(text);
  return read === undefined ? undefined : yearsOf(read);
}

/** The patient's sex: from the first noun that says it, else from the pronouns; undefined where neither does. */
export function sexIn(text: string): Sex | undefined {
  const noun = /\b(?:(boy|man|male|gentleman)|(girl|woman|female|lady))\b/iu.exec(text);
  if (noun) return noun[1] ? "male" : "female";
  const his = [...text.matchAll(/\b(?:he|his|him|himself)\b/giu)].length;
  const hers = [...text.matchAll(/\b(?:she|her|hers|herself)\b/giu)].length;
  return his === hers ? undefined : his > hers ? "male" : "female";
}

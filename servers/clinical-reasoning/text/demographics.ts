/** Age and sex as a case report gives them: "a boy of 4", "a 32-year-old woman", "P3Y6M". */
import type { Sex } from "../model/context.ts";
import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";
import { foundAt } from "./scopes.ts";

const UNITS = { year: "Y", month: "M", week: "W", day: "D" } as const;
const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const WORD = `(?:${TENS.join("|")})(?:[\\s-](?:${ONES.slice(1, 10).join("|")}))?|${ONES.slice(1).toReversed().join("|")}`;
const NUMBER = `(?:\\d{1,3}(?:[.,]\\d|\\s?½|[\\s-]1/2)?|${WORD})`;
const UNIT = "years?|yrs?|y|months?|mos?|weeks?|wks?|days?";
const PERSON = "boy|girl|man|woman|male|female|child|infant|patient|baby|son|daughter";

const WITH_UNIT = `\\b(${NUMBER})[\\s-]*(${UNIT})[\\s-]*(?:old|of\\s+age)\\b`;
const AGED = `\\b(?:aged?:?|(?:${PERSON})(?:\\s+(?:of|aged)|,(?=\\s*${NUMBER}\\s*[,;.])))\\s*(?:of\\s+)?(${NUMBER})(?:[\\s-]*(${UNIT})\\b)?(?![\\w%])`;
const SHORT = String.raw`\b(\d{1,3})\s?(?:yo\b|y\/o\b|y\.o\.|yr old\b)`;
/** Each way to give an age, and the cue of the word that it begins with. */
const WAYS = [
  [WITH_UNIT, CUE.number],
  [AGED, CUE.aged],
  [SHORT, CUE.number],
] as const;
const ANYWHERE = WAYS.map(([way]) => new RegExp(way, "giu"));
const AT_WORDS = WAYS.map(([way, cue]) => ({ pattern: new RegExp(way, "iuy"), cue }));
/** "2 years and 6 months". */
const AND_MONTHS = /^[\s,]*(?:and\s+)?(\d{1,2})[\s-]*(?:months?|mos?)\b/iu;
/** Before the age of an event rather than of the patient, or of a relative. */
const NOT_NOW =
  /\b(?:at|since|from|by|until|onset|before|after|(?:mother|father|brother|sister|sibling|uncle|aunt|cousin)s?[,(]?)\s*(?:the\s+|an?\s+)?\(?$/iu;

/** ISO 8601 duration of the first age in the text that is the patient's now, `P4Y`; else the first that is given; undefined where none is. */
export function ageIn(text: string): string | undefined {
  return firstAge(
    text,
    ANYWHERE.flatMap((pattern) => [...text.matchAll(pattern)]),
  );
}

/** As `ageIn`, of a text that was read. */
export function ageOf(reading: Reading): string | undefined {
  if ((reading.cues & CUE.aged) === 0) return undefined;
  return firstAge(
    reading.text,
    AT_WORDS.flatMap(({ pattern, cue }) => foundAt(reading, cue, pattern)),
  );
}

function firstAge(text: string, matches: readonly RegExpExecArray[]): string | undefined {
  const ages = matches.toSorted((a, b) => a.index - b.index);
  const found = ages.find((match) => !NOT_NOW.test(text.slice(Math.max(0, match.index - 30), match.index))) ?? ages[0];
  if (!found) return /\b(?:newborn|neonate)\b/iu.test(text) ? "P0D" : undefined;
  const whole = duration(found[1]!, found[2] ?? "years");
  const months = /^P\d+Y$/u.test(whole) && AND_MONTHS.exec(text.slice(found.index + found[0].length))?.[1];
  return months && Number(months) < 12 ? `${whole}${Number(months)}M` : whole;
}

function duration(amount: string, unit: string): string {
  const number = numberOf(amount.toLowerCase());
  const kind = Object.entries(UNITS).find(([name]) => name[0] === unit[0]!.toLowerCase())![1];
  if (kind === "Y" && !Number.isInteger(number)) return `P${Math.floor(number)}Y${Math.round((number % 1) * 12)}M`;
  return `P${Math.floor(number)}${kind}`;
}

/** "4", "3.5", "3 1/2", "3½", "four", "forty-five". */
function numberOf(amount: string): number {
  const half = /^(\d+)(?:\s?½|[\s-]1\/2)$/u.exec(amount);
  if (half) return Number(half[1]) + 0.5;
  if (/^\d/u.test(amount)) return Number(amount.replace(",", "."));
  const [first, second] = amount.split(/[\s-]/u) as [string, string?];
  const tens = TENS.indexOf(first);
  return tens < 0 ? ONES.indexOf(first) : 10 * (tens + 2) + (second ? ONES.indexOf(second) : 0);
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
  const units = new RegExp(`^(${NUMBER})[\\s-]*(${UNIT})\\b`, "iu").exec(text);
  const read = units ? duration(units[1]!, units[2]!) : ageIn(text);
  return read === undefined ? undefined : yearsOf(read);
}

/** The patient's sex: from the first noun that says it, else from the pronouns; undefined where neither does. */
export function sexIn(text: string): Sex | undefined {
  const noun =
    /\b(?:(boy|man|male|gentleman)|(girl|woman|female|lady))\b/iu.exec(text) ??
    /\d\s?(?:yo|y\/o|y\.o\.)\s?(?:(M)|(F))\b/u.exec(text);
  if (noun) return noun[1] ? "male" : "female";
  const his = [...text.matchAll(/\b(?:he|his|him|himself)\b/giu)].length;
  const hers = [...text.matchAll(/\b(?:she|her|hers|herself)\b/giu)].length;
  return his === hers ? undefined : his > hers ? "male" : "female";
}

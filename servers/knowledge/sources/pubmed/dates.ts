/** Dates of citations out of a file's bytes. Each is made once: a large file has few different ones. */
import { dateOfParts, MONTHS } from "./citation.ts";

const months = new Map(MONTHS.map((name, i) => [lettersAt(Buffer.from(name), 0), i + 1]));
const known = new Map<number, string>();

/**
 * @param places where year, month and day begin and end, both 0 for what is missing
 * @returns ISO 8601; undefined where one is no plain number or name of a month: `dateOfParts` of the words then tells
 */
export function plainDate(bytes: Uint8Array, places: Int32Array): string | undefined {
  const [yearAt, monthAt, dayAt] = [places[0]!, places[2]!, places[4]!];
  const [yearLength, monthLength, dayLength] = [places[1]! - yearAt, places[3]! - monthAt, places[5]! - dayAt];
  if (yearLength !== 4 || monthLength > 3 || dayLength > 2) return undefined;
  const year = numberAt(bytes, yearAt, yearLength);
  const month =
    monthLength === 3 ? (months.get(lettersAt(bytes, monthAt)) ?? -1) : numberAt(bytes, monthAt, monthLength);
  const day = dayLength === 0 ? NO_DAY : numberAt(bytes, dayAt, dayLength);
  if (year < 0 || month < 0 || month > 12 || (month === 0 && monthLength > 0) || day < 0) return undefined;
  const key = (year * 13 + month) * 128 + day;
  let date = known.get(key);
  if (date === undefined) {
    const [y, m, d] = [String(year).padStart(4, "0"), String(month), String(day).padStart(2, "0")];
    date = dateOfParts({ year: y, ...(month > 0 && { month: m }), ...(day < NO_DAY && { day: d }) })!;
    known.set(key, date);
  }
  return date;
}

const NO_DAY = 100;

/** -1 where something else than digits stands there. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let i = at; i < at + length; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Three letters, small or large. */
function lettersAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! | 32) << 16) | ((bytes[at + 1]! | 32) << 8) | (bytes[at + 2]! | 32);
}

/** Queries in openFDA's language: names always as quoted phrases, since unquoted ones match the wrong drug. */
import { firstDay, lastDay, type DateRange } from "../date-range.ts";

/** `"zolpidem tartrate"`: nothing in it is an operator any more. */
export function phrase(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return `"${plain.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/** `field:"a" OR field:"b" OR …` over all fields and names, bracketed. */
export function anyOf(fields: readonly string[], names: readonly string[]): string {
  return `(${fields.flatMap((field) => names.map((name) => `${field}:${phrase(name)}`)).join(" OR ")})`;
}

/** Records that have one of the fields. */
export function hasAny(fields: readonly string[]): string {
  return `(${fields.map((field) => `_exists_:${field}`).join(" OR ")})`;
}

/** `field:[20190101 TO 20191231]`; none where no dates are asked for. */
export function during(field: string, { from, to }: DateRange): string[] {
  if (!from && !to) return [];
  return [`${field}:[${from ? compact(firstDay(from)) : "19000101"} TO ${to ? compact(lastDay(to)) : "21001231"}]`];
}

export function allOf(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(" AND ");
}

/** `2019-01-01` as `20190101`. */
function compact(day: string): string {
  return day.replaceAll("-", "");
}

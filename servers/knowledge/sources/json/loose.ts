/** JSON of other people's services: a field may be missing, empty, a list of one, or of another type; none of it throws. */

/** The value at the end of a path of names. */
export function get(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

/** Objects of a list; a single object counts as a list of one. */
export function objects(value: unknown, ...path: readonly string[]): Record<string, unknown>[] {
  return [get(value, ...path)].flat().filter(isObject);
}

/** Texts of a list, or the one text; trimmed, without empty ones. Numbers and yes or no are texts. */
export function texts(value: unknown, ...path: readonly string[]): string[] {
  return [get(value, ...path)]
    .flat()
    .flatMap((one) => (["string", "number", "boolean"].includes(typeof one) ? [String(one).trim()] : []))
    .filter((one) => one !== "");
}

/** The first text, or "". */
export function text(value: unknown, ...path: readonly string[]): string {
  return texts(value, ...path)[0] ?? "";
}

/** `20121114`, `2012-11`, `2012-11-14T…` as an ISO date, as far as it is exact; undefined for anything else. */
export function isoDate(said: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:\D|$|\d{4,})/.exec(said) ?? [];
  if (!year) return undefined;
  if (!month || month < "01" || month > "12") return year;
  return day && day >= "01" && day <= "31" ? `${year}-${month}-${day}` : `${year}-${month}`;
}

/** `ACTIVE_NOT_RECRUITING` as words: small, with blanks. What is no such code stays as it is. */
export function words(code: string): string {
  return /^[A-Z0-9_]+$/.test(code) && /[A-Z]/.test(code) ? code.replaceAll("_", " ").toLowerCase() : code;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

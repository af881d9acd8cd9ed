/** JSON: pretty-printed in parts that can be paged; what schema.org describes as the article or data set that it is. */
import type { Section } from "../../../../schemas/index.ts";
import type { Parsed } from "../index.ts";
import { parsePlain } from "../plain.ts";
import { describedThing } from "./schema-org.ts";

/** Entries of an array or object in one section. */
const A_PART = 100;
const MAX_DEPTH = 200;
/** Printing stops here: no more is kept of any document. */
const MOST_TEXT = 1_900_000;

/** Text as it is where it is no JSON after all. */
export function parseJson(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...parsePlain(text), incomplete: "it is no valid JSON and is given as it stands" };
  }
  if (depthOf(value) > MAX_DEPTH) {
    return { ...parsePlain(text), incomplete: `it nests more than ${MAX_DEPTH} deep and is given as it stands` };
  }
  return describedThing(value) ?? inParts(value);
}

/** One JSON value a line: a part for every hundred of them. */
export function parseJsonLines(text: string): Parsed {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const sections: Section[] = [];
  for (let at = 0; at < lines.length; at += A_PART) {
    const part = lines.slice(at, at + A_PART);
    sections.push({ label: `Lines ${at + 1}–${at + part.length}`, text: part.join("\n") });
  }
  return { sections };
}

function inParts(value: unknown): Parsed {
  const whole = JSON.stringify(value, null, 2) ?? "";
  if (whole.length < 20_000 || typeof value !== "object" || value === null) return parsePlain(whole);
  const sections: Section[] = [];
  let left = MOST_TEXT;
  const all = Array.isArray(value) ? arrayParts("", value) : objectParts(value as Record<string, unknown>);
  for (const section of all) {
    if (left <= 0) return { sections, incomplete: "only its beginning is given" };
    sections.push(section);
    left -= section.text.length;
  }
  return { sections };
}

function* arrayParts(name: string, values: unknown[]): Generator<Section> {
  for (let at = 0; at < values.length; at += A_PART) {
    const part = values.slice(at, at + A_PART);
    const label = `${name || "entries"} ${at + 1}–${at + part.length} of ${values.length}`;
    yield { label, text: part.map((one) => JSON.stringify(one, null, 2)).join(",\n") };
  }
}

/** Short entries together, long ones by themselves, arrays in parts. */
function* objectParts(object: Record<string, unknown>): Generator<Section> {
  const short: string[] = [];
  const long: [string, unknown, string][] = [];
  for (const [key, value] of Object.entries(object)) {
    const text = JSON.stringify(value, null, 2);
    if (text.length < 500 && long.length === 0) short.push(`${JSON.stringify(key)}: ${text}`);
    else long.push([key, value, text]);
  }
  if (short.length > 0) yield { label: "", text: short.join(",\n") };
  for (const [key, value, text] of long) {
    if (Array.isArray(value) && value.length > A_PART) yield* arrayParts(key, value);
    else yield { label: key, text };
  }
}

/** Without recursion: what is measured may be too deep for it. */
function depthOf(value: unknown): number {
  let level = [value];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH) {
    const next: unknown[] = [];
    for (const one of level)
      if (typeof one === "object" && one !== null) for (const inner of Object.values(one)) next.push(inner);
    level = next;
    depth += 1;
  }
  return depth;
}

/** One line on what a tool was asked and what it found, for people: counts and the first names, whatever server it came from. */
import { verbalise } from "../../schemas/index.ts";

/** `query "Marfan syndrome", limit 5`: short enough for a line. */
export function shortArguments(args: Record<string, unknown>, width = 90): string {
  const parts = Object.entries(args).map(([key, value]) => `${key} ${shortValue(value)}`);
  return clip(parts.join(", "), width);
}

function shortValue(value: unknown): string {
  if (typeof value === "string") return clip(JSON.stringify(value), 60);
  if (Array.isArray(value))
    return value.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join(" ");
  return JSON.stringify(value) ?? "";
}

/** The lists of a result that say most, most telling first, and how an entry is named. */
const LISTS: [key: string, one: string, many: string, name: (item: Item) => string | undefined][] = [
  ["diagnoses", "diagnosis", "diagnoses", (d) => withShare(text(d, "name"), d["posterior"])],
  ["findings", "finding", "findings", (f) => text(f, "label")],
  ["suggestions", "suggestion", "suggestions", (s) => text(s, "label")],
  ["paths", "path", "paths", () => undefined],
  ["entities", "entity", "entities", (e) => text(e, "name")],
  ["relations", "relation", "relations", (r) => triple(r)],
  ["results", "page", "pages", (r) => text(r, "title")],
  ["documents", "document", "documents", (d) => text(d, "title")],
  ["passages", "passage", "passages", (p) => text(p, "id")],
];
type Item = Record<string, unknown>;

/** What was found, or why nothing was. */
export function shortResult(result: unknown, isError: boolean, width = 110): string {
  if (typeof result !== "object" || result === null) return clip(String(result), width);
  if (isError) {
    // As servers fail that are ours; others may say anything.
    const [reason, message] = ["reason", "message"].map((key) => text(result as Item, key));
    return clip(reason && message ? `${reason}: ${message}` : (message ?? reason ?? shortValue(result)), width);
  }
  const fields = result as Record<string, unknown>;
  const full = LISTS.filter(([key]) => Array.isArray(fields[key]) && fields[key].length > 0);
  const entity = fields["entity"];
  if (isItem(entity))
    return clip([text(entity, "name"), ...full.slice(0, 1).map((list) => listLine(list, fields))].join(" · "), width);
  if (full.length === 0) return emptyLine(fields, width);
  const counts = fields["counts"];
  if (typeof counts === "object" && counts !== null) {
    return clip(
      Object.entries(counts)
        .map(([what, n]) => `${String(n)} ${what}`)
        .join(" · "),
      width,
    );
  }
  return clip(
    full
      .slice(0, 2)
      .map((list) => listLine(list, fields))
      .join(" · "),
    width,
  );
}

function listLine([key, one, many, name]: (typeof LISTS)[number], fields: Record<string, unknown>): string {
  const items = fields[key] as unknown[];
  const names = [...new Set(items.slice(0, 3).flatMap((item) => (isItem(item) ? (name(item) ?? []) : [])))];
  const more = items.length > names.length && names.length > 0 ? " …" : "";
  return `${items.length} ${items.length === 1 ? one : many}${names.length > 0 ? `: ${names.join(", ")}${more}` : ""}`;
}

function emptyLine(fields: Record<string, unknown>, width: number): string {
  const outcomes = (Array.isArray(fields["outcomes"]) ? (fields["outcomes"] as unknown[]) : []).filter(isItem);
  const said = outcomes.map((o) =>
    [text(o, "source"), text(o, "outcome"), text(o, "message")].filter(Boolean).join(" "),
  );
  return clip(
    said.join("; ") || text(fields, "reason") || (text(fields, "document") ? "read" : "nothing found"),
    width,
  );
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null;
}

function text(item: Item, key: string): string | undefined {
  const value = item[key];
  return typeof value === "string" && value ? value : undefined;
}

function withShare(name: string | undefined, share: unknown): string | undefined {
  return name && typeof share === "number" ? `${name} ${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %` : name;
}

function triple(relation: Item): string | undefined {
  const [subject, predicate, object] = ["subjectName", "predicate", "objectName"].map((key) => text(relation, key));
  if (!subject || !predicate || !object) return undefined;
  return verbalise(subject, predicate, object, relation["negated"] === true);
}

/** Text of documents, models and servers without control characters: what they say must not steer a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => (character === "\n" ? "\n" : " "));
}

/** One printable line of at most `width` characters. */
export function clip(line: string, width: number): string {
  const flat = printable(line).replace(/\s+/g, " ").trim();
  return flat.length <= width ? flat : `${flat.slice(0, width - 1)}…`;
}

/** BioC-JSON as PubTator exports it: only what is read, all of it checked. */
import { z } from "zod";
import { readLines, readText } from "../text.ts";

const Infons = z.record(z.string(), z.unknown());

const Annotation = z.object({
  id: z.coerce.string(),
  infons: Infons,
  text: z.string().default(""),
  locations: z.array(z.object({ offset: z.number(), length: z.number() })).default([]),
});

const Relation = z.object({
  id: z.coerce.string(),
  infons: Infons,
  nodes: z.array(z.object({ refid: z.coerce.string(), role: z.string().default("") })).default([]),
});
export type BiocRelation = z.infer<typeof Relation>;

const Passage = z.object({
  infons: Infons,
  /** Of the text in the whole document: locations count from there. */
  offset: z.number(),
  text: z.string().default(""),
  annotations: z.array(Annotation).default([]),
});

export const BiocDocument = z.object({
  id: z.coerce.string(),
  pmid: z.union([z.number(), z.string()]).nullish(),
  pmcid: z.string().nullish(),
  date: z.string().nullish(),
  journal: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
  passages: z.array(Passage).min(1),
  relations: z.array(Relation).default([]),
});
export type BiocDocument = z.infer<typeof BiocDocument>;

export interface Unread {
  line?: number;
  reason: string;
}

/** Documents of a file: one JSON value (an export, a collection, an array), or one document or export a line. */
export async function* readBioc(path: string): AsyncGenerator<BiocDocument | Unread> {
  if (!(await isByLine(path))) {
    let value: unknown;
    try {
      value = JSON.parse(await readText(path));
    } catch (error) {
      if (error instanceof SyntaxError) throw new Error(`${path}: not JSON (${error.message})`, { cause: error });
      throw error;
    }
    for (const document of documentsIn(value)) yield checked(document);
    return;
  }
  for await (const { number, text } of readLines(path)) {
    if (text.trim() === "") continue;
    const value = parsed(text.replace(/^\u{feff}/u, ""));
    if (value === undefined) yield { line: number, reason: "not JSON" };
    else for (const document of documentsIn(value)) yield checked(document, number);
  }
}

/** Whether the first line is a JSON value and not the last. */
async function isByLine(path: string): Promise<boolean> {
  let first: string | undefined;
  for await (const { text } of readLines(path)) {
    if (text.trim() === "") continue;
    if (first !== undefined) return true;
    first = text.replace(/^\u{feff}/u, "");
    if (parsed(first) === undefined) return false;
  }
  return false;
}

function documentsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const export_ = value as { PubTator3?: unknown; documents?: unknown } | null;
  for (const list of [export_?.PubTator3, export_?.documents]) if (Array.isArray(list)) return list;
  return [value];
}

function checked(value: unknown, line?: number): BiocDocument | Unread {
  const result = BiocDocument.safeParse(value);
  if (result.success) return result.data;
  const id = (value as { id?: unknown } | null)?.id;
  const where = typeof id === "string" || typeof id === "number" ? `document ${id}: ` : "";
  return {
    ...(line === undefined ? {} : { line }),
    reason: `${where}not BioC (${z.prettifyError(result.error).replaceAll("\n", " ")})`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Predicates and categories as callers write them: with a prefix, with spaces, in any case. */
import { CATEGORIES, PREDICATES } from "../../schemas/index.ts";
import { invalidArguments } from "../kit/index.ts";
import type { GraphBackend } from "./backend.ts";

/** Predicates as the graph names them: without prefix, in any case. @throws ToolError for one that nobody knows */
export async function predicatesOf(backend: GraphBackend, asked: string[] | undefined): Promise<string[] | undefined> {
  if (!asked?.length) return undefined;
  const known = await backend.predicateNames();
  return asked.map((name) => {
    const plain = name
      .trim()
      .replace(/^biolink:/i, "")
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_");
    const match = known.find((k) => k.toLowerCase() === plain);
    // A predicate of the vocabulary that this graph has no statement of is a fair question with no hits.
    if (match || plain in PREDICATES) return match ?? plain;
    throw invalidArguments(`the graph has no predicate ${name}`, `use one of: ${known.join(", ")}`);
  });
}

/** A category as the graph names it. @throws ToolError for one that nobody knows */
export async function categoryOf(backend: GraphBackend, asked: string): Promise<string> {
  const held = await backend.categoryNames();
  const plain = asked
    .trim()
    .replace(/^biolink:/i, "")
    .toLowerCase();
  const match = [...held, ...CATEGORIES].find((c) => c.toLowerCase() === plain);
  if (match) return match;
  throw invalidArguments(`the graph has no category ${asked}`, `use one of: ${held.join(", ")}`);
}

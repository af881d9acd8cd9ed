import { z } from "zod";
import { ResolveEntityResult, type EntityMatch, type Outcome } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";

const LIMIT = 10;

export const resolveMedicalEntity = defineTool<Retriever>()({
  name: "resolve_medical_entity",
  title: "Resolve medical entity",
  description:
    "The identifier behind one name: disease, gene, drug, finding, company, with synonyms and identifiers elsewhere; synonyms and small typos are understood. Several bearers of one name all come back. Not for sentences: use find_entities.",
  input: z.object({
    name: z.string().trim().min(1),
    category: z.string().optional().describe("only this category, e.g. Disease, Gene, Drug"),
  }),
  output: ResolveEntityResult,
  annotations: READS_LOCAL,
  trim: ["entities"],
  run({ name, category }, { engine }) {
    const entities = engine.resolve(name, { category, limit: LIMIT });
    return { entities, notes: notesOn(name, entities), outcomes: [outcomeOf(name, category, entities)] };
  },
});

function outcomeOf(name: string, category: string | undefined, entities: readonly EntityMatch[]): Outcome {
  if (entities.length > 0) return { source: "vocabulary", outcome: "found" };
  const wanted = `${category ?? "entity"} called ${name.slice(0, 100)}`;
  const message = `the vocabulary has no ${wanted}; try a synonym, the full name${category ? ", or without category" : ""}`;
  return { source: "vocabulary", outcome: "empty", message };
}

function notesOn(name: string, [first, ...others]: readonly EntityMatch[]): string[] {
  const none = `nothing is called ${name.slice(0, 100)}`;
  if (first?.match === "fuzzy") return [`${none}: taken as a misspelling`];
  if (first?.match === "prefix") return [`${none}: these names contain it`];
  if (first?.match === "exact" && others.length > 0) return ["several entities bear this name: choose by category"];
  return [];
}

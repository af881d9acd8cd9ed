/**
 * How a source file of the starter looks: what there is (by category), and what is said about it, by whom.
 *
 *     entities:
 *       Drug:
 *         - Entresto                                   # id STARTER:entresto
 *         - { name: valsartan, synonyms: [Diovan] }
 *       Disease:
 *         - OMIM:154700 Marfan syndrome                # a checked identifier before the name
 *     notes:
 *       - id: NOTE:entresto-label
 *         title: Entresto prescribing information
 *         publisher: Novartis
 *         type: Drug Label
 *         published: 2015
 *         text: Entresto contains sacubitril and valsartan.
 *         states:
 *           - [Entresto, has_active_ingredient, [sacubitril, valsartan]]
 */
import { z } from "zod";
import { CATEGORIES, Curie, Qualifiers } from "../../../schemas/index.ts";

const EntityFields = z.strictObject({
  id: Curie.optional(),
  name: z.string().min(1),
  synonyms: z.array(z.string().min(1)).optional(),
  xrefs: z.array(Curie).optional(),
  description: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type EntityFields = z.infer<typeof EntityFields>;

/** A name, a name after its identifier, or all fields. */
const SourceEntity = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  const [, id, name] = /^(?:([A-Za-z]\w*:\S+)\s+)?(.+)$/.exec(value.trim()) ?? [];
  return { id, name };
}, EntityFields);

/** One end of a statement, or several that the same sentence names: names or identifiers. */
const Ends = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const FullStatement = z.strictObject({
  s: Ends,
  p: z.string().min(1),
  o: Ends,
  /** Needed only where no sentence, or more than one, names both ends. */
  quote: z.string().min(1).optional(),
  qualifiers: Qualifiers.optional(),
  negated: z.boolean().optional(),
});
export type SourceStatement = z.infer<typeof FullStatement>;

const Statement = z.union([
  z.tuple([Ends, z.string().min(1), Ends]).transform(([s, p, o]): SourceStatement => ({ s, p, o })),
  FullStatement,
]);

/** What PubMed would call it, as far as the starter has such notes. */
const NOTE_TYPES = [
  "Drug Label",
  "Practice Guideline",
  "Randomized Controlled Trial",
  "Clinical Trial",
  "Review",
  "Curated Database",
  "Company Statement",
] as const;

const Note = z.strictObject({
  id: z.string().regex(/^NOTE:[a-z0-9-]+$/, "NOTE: and a slug of small letters, digits and hyphens"),
  title: z.string().min(1),
  publisher: z.string().min(1),
  type: z.enum(NOTE_TYPES),
  published: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{4}(-\d\d){0,2}$/, "a year, YYYY-MM or YYYY-MM-DD"))
    .optional(),
  text: z
    .string()
    .min(1)
    .transform((text) => text.trim()),
  states: z.array(Statement).default([]),
});
export type SourceNote = z.infer<typeof Note>;

export const SourceFile = z.strictObject({
  entities: z.partialRecord(z.enum(CATEGORIES), z.array(SourceEntity)).default({}),
  notes: z.array(Note).default([]),
});
export type SourceFile = z.infer<typeof SourceFile>;

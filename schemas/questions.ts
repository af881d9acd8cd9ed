/** Synthesised questions with their proofs: what `synth questions` writes, and `synth verify`, trajectories and evaluation read. */
import { z } from "zod";
import { Curie } from "./graph.ts";

/** The twelve clinical specialties that questions are balanced over. */
export const SPECIALTIES = [
  "cardiology",
  "neurology",
  "oncology",
  "endocrinology",
  "haematology",
  "immunology",
  "infectious disease",
  "respiratory medicine",
  "nephrology",
  "gastroenterology",
  "dermatology",
  "genetics",
] as const;
export const Specialty = z.enum(SPECIALTIES);
export type Specialty = z.infer<typeof Specialty>;

/** One edge of the chain with the words that say it: `quote` is verbatim in `documentText` of `document`. */
export const Hop = z.object({
  relation: z.string(),
  subject: Curie,
  predicate: z.string(),
  object: Curie,
  document: z.string(),
  quote: z.string(),
});
export type Hop = z.infer<typeof Hop>;

/**
 * One conjunct of the question: variables are `?0` (the answer), `?1` …; ends are variables or CURIEs. `words` is what
 * the question says of it; `blur` how it was made vaguer than the fact behind it.
 */
export const Clue = z.object({
  kind: z.enum(["relation", "attribute", "category", "date_range"]),
  subject: z.string(),
  predicate: z.string(),
  /** A CURIE, a variable, or the attribute's value; a range as "2010..2014". */
  object: z.string(),
  words: z.string(),
  blur: z.enum(["none", "attribute", "superset", "date_range", "anonymous"]).default("none"),
});
export type Clue = z.infer<typeof Clue>;

/** What makes the row checkable from the knowledge alone. */
export const Proof = z.object({
  /** Revision of the knowledge that the proof was made on. */
  revision: z.string(),
  seed: Curie,
  /** The induced path, seed first; the answer is one of its nodes. */
  chain: z.array(Hop).min(1),
  /** Relations off the chain that clues rest on, where there are any. */
  side: z.array(Hop).optional(),
  clues: z.array(Clue).min(1),
  /** CURIE of the one entity that satisfies all clues. */
  answer: Curie,
  /** For each clue: how many answers there are without it (never 1 and the same: minimality). */
  withoutClue: z.array(z.number().int()),
  /** Entities that the question names. */
  anchors: z.array(Curie),
});
export type Proof = z.infer<typeof Proof>;

export const QuestionRow = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  aliases: z.array(z.string()),
  hops: z.number().int(),
  specialty: Specialty,
  /** Name of the knowledge folder: starter, home, gym:SEED:SIZE. */
  knowledge: z.string(),
  proof: Proof,
});
export type QuestionRow = z.infer<typeof QuestionRow>;

/** Why no question came of a seed. */
export const Rejection = z.object({
  seed: z.string(),
  reason: z.enum(["no_chain", "no_evidence", "not_unique", "not_minimal", "shortcut", "duplicate", "not_worded"]),
  detail: z.string(),
});
export type Rejection = z.infer<typeof Rejection>;

/** The path with its entities hidden, relations kept: guidance for collection, never part of a prompt that training sees. */
export const MaskedTriple = z.object({ subject: z.string(), predicate: z.string(), object: z.string() });
export type MaskedTriple = z.infer<typeof MaskedTriple>;

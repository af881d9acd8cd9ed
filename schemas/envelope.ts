/** The one envelope in which every tool answers, and the errors a model can act on. */
import { z } from "zod";
import { DocumentHit, Passage } from "./documents.ts";
import { RelationHit } from "./graph.ts";

/** found: has results · empty: asked, has none · degraded: partial or older · unavailable: could not be asked · inapplicable: does not cover such questions. */
export const OutcomeKind = z.enum(["found", "empty", "degraded", "unavailable", "inapplicable"]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

export const Outcome = z.object({
  source: z.string(),
  outcome: OutcomeKind,
  message: z.string().optional(),
});
export type Outcome = z.infer<typeof Outcome>;

export const Envelope = z.object({
  documents: z.array(DocumentHit).default([]),
  passages: z.array(Passage).default([]),
  relations: z.array(RelationHit).default([]),
  outcomes: z.array(Outcome).default([]),
  /** Opaque; ask again with it for the next page. */
  nextCursor: z.string().optional(),
  /** What the byte budget cut off: list name → how many entries. */
  truncated: z.record(z.string(), z.number()).optional(),
  /** What the caller should know: corrections of the arguments, ambiguity, limits met. */
  notes: z.array(z.string()).optional(),
});
export type Envelope = z.infer<typeof Envelope>;

/** A failure as data: what happened, and what to do next. */
export const ToolFailure = z.object({
  /** Machine-readable, stable: `invalid_arguments`, `not_found`, `unavailable`, `refused`, `cancelled`, `internal` … */
  reason: z.string(),
  message: z.string(),
  recovery: z.string(),
  retryable: z.boolean(),
});
export type ToolFailure = z.infer<typeof ToolFailure>;

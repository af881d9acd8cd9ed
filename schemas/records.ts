/** What a parser of a source yields and every engine ingests: one stream of checked records. */
import { z } from "zod";
import { Document, Integrity } from "./documents.ts";
import { Entity, Relation } from "./graph.ts";

export const KnowledgeRecord = z.discriminatedUnion("type", [
  /** `revised`: when its source last changed it, or its version, so that texts order them; an older state never replaces a newer one. */
  z.object({ type: z.literal("document"), document: Document, revised: z.string().optional() }),
  z.object({ type: z.literal("entity"), entity: Entity }),
  z.object({ type: z.literal("relation"), relation: Relation }),
  /** The source has withdrawn this document: it goes, and what was quoted from it. */
  z.object({ type: z.literal("removal"), document: z.string().min(1), revised: z.string().optional() }),
  /** What another document (a retraction, an erratum) says of this one, whichever of the two comes first. */
  z.object({ type: z.literal("notice"), document: z.string().min(1), integrity: Integrity }),
]);
export type KnowledgeRecord = z.infer<typeof KnowledgeRecord>;

/** `manifest.json` of a knowledge folder; written last, atomically. `revision` changes with every import. */
export const Manifest = z.object({
  version: z.literal(1),
  name: z.string(),
  revision: z.string(),
  sources: z.array(
    z.object({
      kind: z.string(),
      from: z.string(),
      version: z.string().optional(),
      licence: z.string().optional(),
      importedAt: z.string(),
    }),
  ),
  counts: z.object({ documents: z.number(), entities: z.number(), relations: z.number() }),
});
export type Manifest = z.infer<typeof Manifest>;

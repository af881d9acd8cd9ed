/** Entities and relations: the paper's six-tuple ⟨subject, predicate, object, temporal, spatial, clinical⟩ with evidence. */
import { z } from "zod";

/** A compact URI, `PREFIX:local`: `OMIM:154700`, `NCBIGene:2200`, `HP:0001083`. */
export const Curie = z.string().regex(/^[A-Za-z][\w.-]*:\S+$/, "a CURIE such as OMIM:154700");

export const Entity = z.object({
  id: Curie,
  name: z.string().min(1),
  /** A Biolink category without its prefix; see vocabulary.ts. */
  category: z.string().min(1),
  synonyms: z.array(z.string()).optional(),
  /** Identifiers of the same thing elsewhere, and obsolete identifiers that now mean this entity. */
  xrefs: z.array(z.string()).optional(),
  description: z.string().optional(),
  /** Facts about the entity itself: approval date, phase, chromosome. Values are shown as they are. */
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Entity = z.infer<typeof Entity>;

export const KnowledgeLevel = z.enum([
  "knowledge_assertion",
  "statistical_association",
  "prediction",
  "observation",
  "not_provided",
]);

/** Why a relation is believed: a verbatim quote of a stored document. */
export const Evidence = z.object({
  document: z.string(),
  quote: z.string(),
  knowledgeLevel: KnowledgeLevel.default("knowledge_assertion"),
  /** manual_agent, automated_agent, text_mining_agent … (Biolink agent types). */
  agent: z.string().default("manual_agent"),
  /** What the document itself cites for this statement: PMID:…, OMIM:…. */
  references: z.array(z.string()).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Context that is part of the relation's identity: the same triple in two contexts is two relations. */
export const Qualifiers = z.object({
  temporal: z.object({ onset: z.string(), from: z.string(), to: z.string(), date: z.string() }).partial().optional(),
  spatial: z.object({ anatomy: z.string(), geography: z.string() }).partial().optional(),
  clinical: z
    .object({
      /** Share of patients as the source gives it: "12/30", "HP:0040281", "45%". */
      frequency: z.string(),
      sex: z.string(),
      stage: z.string(),
      severity: z.string(),
      age: z.string(),
      population: z.string(),
      modifier: z.string(),
    })
    .partial()
    .optional(),
});
export type Qualifiers = z.infer<typeof Qualifiers>;

export const Relation = z.object({
  subject: Curie,
  /** A Biolink predicate without its prefix; see vocabulary.ts. */
  predicate: z.string().min(1),
  object: Curie,
  negated: z.boolean().optional(),
  qualifiers: Qualifiers.optional(),
  evidence: z.array(Evidence).default([]),
});
export type Relation = z.infer<typeof Relation>;

/** A relation as tools return it: with an id to ask for its evidence, and the names of its ends. */
export const RelationHit = Relation.extend({
  id: z.string(),
  subjectName: z.string(),
  objectName: z.string(),
  subjectCategory: z.string().optional(),
  objectCategory: z.string().optional(),
});
export type RelationHit = z.infer<typeof RelationHit>;

/** The structured result of every tool: the envelope and the tool's own fields. Servers produce these, the host reads them. */
import { z } from "zod";
import { Envelope } from "./envelope.ts";
import { Section } from "./documents.ts";
import { Entity } from "./graph.ts";

/** An entity named by a query. `mention` is set where the query was a sentence: the span that names the entity. */
export const EntityMatch = Entity.extend({
  score: z.number(),
  /** exact: a name or synonym after normalisation · fuzzy: a small typo · prefix: the query begins a name or occurs in it. */
  match: z.enum(["exact", "fuzzy", "prefix", "identifier"]),
  matchedName: z.string(),
  mention: z.object({ start: z.number().int(), end: z.number().int(), text: z.string() }).optional(),
  /** Number of relations; rarer entities have few. */
  degree: z.number().int().optional(),
});
export type EntityMatch = z.infer<typeof EntityMatch>;

// kg-explorer
export const DescribeGraphResult = Envelope.extend({
  name: z.string(),
  counts: z.object({ entities: z.number(), relations: z.number(), documents: z.number() }),
  categories: z.array(z.object({ category: z.string(), count: z.number(), example: z.string() })),
  predicates: z.array(z.object({ predicate: z.string(), count: z.number(), reads: z.string() })),
});
export type DescribeGraphResult = z.infer<typeof DescribeGraphResult>;

export const FindEntitiesResult = Envelope.extend({ entities: z.array(EntityMatch) });
export type FindEntitiesResult = z.infer<typeof FindEntitiesResult>;

export const GetEntityResult = Envelope.extend({
  entity: Entity,
  degree: z.number().int(),
  /** Relations per predicate and direction: a table of contents before expansion. */
  relationCounts: z.array(
    z.object({
      predicate: z.string(),
      direction: z.enum(["out", "in"]),
      count: z.number(),
      reads: z.string(),
    }),
  ),
});
export type GetEntityResult = z.infer<typeof GetEntityResult>;

/** `relations[]` of the envelope carries the neighbourhood; `entities[]` the neighbours in the same order, each once. */
export const NeighborsResult = Envelope.extend({
  entities: z.array(Entity),
  total: z.number().int(),
});
export type NeighborsResult = z.infer<typeof NeighborsResult>;

/** A path: `nodes.length === relations.length + 1`; `relations` are ids into the envelope's `relations[]`. */
export const Path = z.object({
  nodes: z.array(z.string()),
  relations: z.array(z.string()),
  length: z.number().int(),
});
export type Path = z.infer<typeof Path>;
export const PathsResult = Envelope.extend({
  paths: z.array(Path),
  /** Where only one end was given: the ends reached by most ways, and how many ends there are in all. */
  ends: z
    .array(z.object({ id: z.string(), name: z.string(), category: z.string(), ways: z.number().int() }))
    .optional(),
  total: z.number().int().optional(),
  /** Of a longest chain: no valid one has more steps, and whether this one has as many. */
  bound: z.number().int().optional(),
  optimal: z.boolean().optional(),
  /** Where there is no path: why (not connected, filtered, capped). */
  reason: z.string().optional(),
});
export type PathsResult = z.infer<typeof PathsResult>;

export const SubgraphResult = Envelope.extend({
  entities: z.array(Entity),
  /** Ids of the entities that were asked for. */
  seeds: z.array(z.string()).optional(),
});
export type SubgraphResult = z.infer<typeof SubgraphResult>;

/** `passages[]` of the envelope: each piece of evidence as a verbatim passage of a stored document, in the order of `relations[]`. */
export const EvidenceResult = Envelope;
export type EvidenceResult = z.infer<typeof EvidenceResult>;

// medical-retriever
export const SearchEvidenceResult = Envelope.extend({
  query: z.string(),
  relevanceMethod: z.string(),
  lambda: z.number(),
  total: z.number().int().optional(),
});
export type SearchEvidenceResult = z.infer<typeof SearchEvidenceResult>;

export const GetDocumentResult = Envelope.extend({ sections: z.array(Section) });
export type GetDocumentResult = z.infer<typeof GetDocumentResult>;

export const RelatedEvidenceResult = Envelope.extend({ to: z.string(), relation: z.string().optional() });
export type RelatedEvidenceResult = z.infer<typeof RelatedEvidenceResult>;

export const ResolveEntityResult = Envelope.extend({ entities: z.array(EntityMatch) });
export type ResolveEntityResult = z.infer<typeof ResolveEntityResult>;

// clinical-reasoning
export const Finding = z.object({
  id: z.string(),
  label: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  negated: z.boolean(),
  /** The words of the text. */
  text: z.string().optional(),
  /** Said of a relative, not of the patient. */
  family: z.boolean().optional(),
  /** Said only within the words of a more specific finding that is a kind of it. */
  general: z.boolean().optional(),
  /** Put as possible only, or named by a symbol of several findings (`alternatives`). */
  uncertain: z.boolean().optional(),
  laterality: z.enum(["left", "right", "bilateral", "unilateral"]).optional(),
  /** A number or measure that the text gives with it, in its words. */
  quantity: z.string().optional(),
  /** Proposed by the configured language model; that the term exists and the words stand in the text was checked. */
  proposed: z.boolean().optional(),
  /** Other terms that the same words may mean. */
  alternatives: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
});
export type Finding = z.infer<typeof Finding>;
export const FindingsResult = Envelope.extend({
  findings: z.array(Finding),
  age: z.string().optional(),
  sex: z.string().optional(),
});
export type FindingsResult = z.infer<typeof FindingsResult>;

/** What one finding adds to a disease, in natural log likelihood ratio. */
export const Contribution = z.object({
  finding: z.string(),
  label: z.string(),
  kind: z.enum(["observed", "excluded", "missing", "sex", "age", "prior"]),
  logLikelihoodRatio: z.number(),
  /** The annotated term the finding was matched through, its frequency and where that comes from. */
  via: z.string().optional(),
  frequency: z.number().optional(),
  source: z.string().optional(),
});
export type Contribution = z.infer<typeof Contribution>;
export const Diagnosis = z.object({
  disease: z.string(),
  name: z.string(),
  /** The same disease in other registries, which is not listed apart: "Marfan syndrome (ORPHA:558)". */
  alsoKnownAs: z.array(z.string()).optional(),
  posterior: z.number(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  logLikelihoodRatio: z.number(),
  contributions: z.array(Contribution),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
export const RankDiagnosesResult = Envelope.extend({
  diagnoses: z.array(Diagnosis),
  candidates: z.number().int(),
  /** Handle of the named evidence set that was used; pass it on to later calls. */
  evidenceSet: z.string().optional(),
});
export type RankDiagnosesResult = z.infer<typeof RankDiagnosesResult>;

export const AddEvidenceResult = Envelope.extend({
  evidenceSet: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      disease: z.string(),
      finding: z.string(),
      statement: z.string(),
      document: z.string(),
    }),
  ),
  diagnoses: z.array(Diagnosis).optional(),
});
export type AddEvidenceResult = z.infer<typeof AddEvidenceResult>;

export const SuggestFindingsResult = Envelope.extend({
  suggestions: z.array(
    z.object({
      finding: z.string(),
      label: z.string(),
      /** What it takes to know: history, examination, laboratory, imaging, invasive. */
      effort: z.string().optional(),
      /** Bits by which the entropy of the ranking is expected to fall, unanswered questions included. */
      expectedGain: z.number(),
      /** Probabilities of the answers yes and no; the rest is no answer. */
      yes: z.number().optional(),
      no: z.number().optional(),
      /** Expected posterior of the then leading diagnosis, and expected entropy of the differential in bits. */
      expectedTop: z.number().optional(),
      expectedEntropy: z.number().optional(),
      /** The same in words. */
      says: z.string().optional(),
      /** For the diagnoses that the answer tells apart: P(finding | disease). */
      discriminates: z.array(z.object({ disease: z.string(), name: z.string(), frequency: z.number() })),
    }),
  ),
  /** Posterior of the leading diagnosis, and entropy of the differential in bits, before anything is asked. */
  now: z.object({ top: z.number(), entropy: z.number() }).optional(),
});
export type SuggestFindingsResult = z.infer<typeof SuggestFindingsResult>;

export const ExplainDiagnosisResult = Envelope.extend({
  diagnosis: Diagnosis,
  rank: z.number().int(),
  /** The leading diseases for this patient, best first, to see the explained one beside. */
  leading: z.array(Diagnosis.pick({ disease: true, name: true, posterior: true, interval: true })).optional(),
  /** Typical findings that nobody mentioned, most frequent first. */
  unmentioned: z
    .array(z.object({ finding: z.string(), label: z.string(), frequency: z.number(), source: z.string() }))
    .optional(),
  explanation: z.string(),
});
export type ExplainDiagnosisResult = z.infer<typeof ExplainDiagnosisResult>;

// document-reader
/** What a document says towards a goal. Each quote stands word for word in the passage it names. */
export const Synthesis = z.object({
  /** Why these passages serve the goal, and what they leave open. */
  rationale: z.string(),
  evidence: z.array(z.object({ passage: z.string(), quote: z.string(), page: z.number().int().optional() })),
  summary: z.string(),
  /** `extractive`, or the name of the model that read it. */
  by: z.string(),
  /** Quotes that the model gave and that do not stand in the text: they were left out. */
  dropped: z.number().int().optional(),
});
export type Synthesis = z.infer<typeof Synthesis>;

/** `passages[]` of the envelope: the passages for the goal, of the sections or pages asked for, or from the beginning; `outline` its sections with offsets. */
export const ReadDocumentResult = Envelope.extend({
  document: z.string(),
  length: z.number().int(),
  /** Pages of the document, where it has any. */
  pages: z.number().int().optional(),
  outline: z.array(
    z.object({
      label: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      page: z.number().int().optional(),
      level: z.number().int().optional(),
    }),
  ),
  synthesis: Synthesis.optional(),
});
export type ReadDocumentResult = z.infer<typeof ReadDocumentResult>;
export const FindInDocumentResult = Envelope.extend({
  document: z.string(),
  total: z.number().int(),
  /** The words as they stand in the text: `text === documentText(d).slice(start, end)`. Fuzzy ones differ by `distance` edits from what was asked. */
  matches: z
    .array(
      z.object({
        passage: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        text: z.string(),
        page: z.number().int().optional(),
        match: z.enum(["exact", "fuzzy"]),
        distance: z.number().int().optional(),
      }),
    )
    .optional(),
});
export type FindInDocumentResult = z.infer<typeof FindInDocumentResult>;

// web-search
export const WebSearchResult = Envelope.extend({
  results: z.array(
    z.object({
      title: z.string(),
      url: z.string(),
      snippet: z.string(),
      provider: z.string(),
      document: z.string().optional(),
      /** ISO 8601, possibly only year or month, as the provider has it. */
      published: z.string().optional(),
      /** Whose site it is. */
      type: z.enum(["guideline_body", "regulator", "registry", "journal", "company", "news", "other"]).optional(),
      /** From what `type` is known, for a reader to check: "fda.gov is a regulator …". */
      typeFrom: z.string().optional(),
    }),
  ),
});
export type WebSearchResult = z.infer<typeof WebSearchResult>;

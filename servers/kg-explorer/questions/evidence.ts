/** Why a relation is believed: whose evidence is asked for, and its passages in stored documents. */
import type { EvidenceResult, RelationHit } from "../../../schemas/index.ts";
import { invalidArguments, notFound } from "../../kit/index.ts";
import { outcome, whyNoEvidence, type Result } from "../answer.ts";
import type { GraphBackend } from "../backend.ts";
import { EvidenceTrimmer } from "../evidence.ts";
import { locateEvidence } from "../passages.ts";
import { resolveEntity } from "../resolve.ts";
import { predicatesOf } from "../terms.ts";
import type { Stores } from "./stores.ts";

const MAX_EVIDENCE_RELATIONS = 20;

export interface EvidenceQuery {
  relation?: string | undefined;
  subject?: string | undefined;
  object?: string | undefined;
  predicate?: string | undefined;
}

/** The evidence of a relation, or of all relations between two entities, as passages of stored documents. */
export async function evidenceOf(
  { backend, documents }: Stores,
  query: EvidenceQuery,
): Promise<Result<typeof EvidenceResult>> {
  const relations = await relationsAsked(backend, query);
  const located = locateEvidence(relations, documents);
  const sound = located.passages.some((p) => !located.retracted.includes(p.document));
  const problems = [...located.problems, ...located.retracted.map((id) => `${id} is retracted and counts for nothing`)];
  const trimmer = new EvidenceTrimmer(documents);
  return {
    relations: relations.map((r) => trimmer.trim(r)),
    passages: located.passages,
    documents: located.documents,
    outcomes: [
      problems.length > 0
        ? {
            source: "graph",
            outcome: "degraded",
            message: `${sound ? "" : "no sound evidence: "}${problems.slice(0, 10).join("; ")}`,
          }
        : outcome(located.passages.length, whyNoEvidence(relations)),
    ],
  };
}

async function relationsAsked(
  backend: GraphBackend,
  { relation, subject, object, predicate }: EvidenceQuery,
): Promise<RelationHit[]> {
  if (relation) {
    const hit = await backend.relation(relation);
    if (hit) return [hit];
    throw notFound(
      `relation ${relation}`,
      "take the id of a relation from get_neighbors or find_paths, or send subject and object",
    );
  }
  const [wanted] = (await predicatesOf(backend, predicate ? [predicate] : undefined)) ?? [];
  const one = subject && (await resolveEntity(backend, subject));
  const other = object && (await resolveEntity(backend, object));
  if (one && other) {
    const between = await backend.between(one.id, other.id);
    return between.filter((r) => !wanted || r.predicate === wanted).slice(0, MAX_EVIDENCE_RELATIONS);
  }
  const end = one || other;
  if (!end || !wanted) {
    throw invalidArguments(
      "get_evidence needs to know whose evidence",
      "send relation (an id such as R:…), or subject and object, or one of them with a predicate",
    );
  }
  const filter = { predicates: [wanted], direction: one ? "out" : "in" } as const;
  return (await backend.neighbours(end.id, filter, 0, MAX_EVIDENCE_RELATIONS)).relations;
}

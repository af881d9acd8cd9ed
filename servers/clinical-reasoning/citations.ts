/** The stored statements behind a contribution, as relations with passages that a host can cite. */
import { documentText, passageId, type DocumentHit, type Passage, type RelationHit } from "../../schemas/index.ts";
import type { Knowledge } from "../knowledge/index.ts";
import type { ClinicalModel } from "./model/model.ts";

export interface Cited {
  relations: RelationHit[];
  passages: Passage[];
  documents: DocumentHit[];
}

/** Relations and verbatim passages of profile entries, in their order, each once. Retracted documents are left out. */
export function citeEntries(
  knowledge: Pick<Knowledge, "graph" | "documents">,
  model: ClinicalModel,
  entries: readonly number[],
  perEntry = 2,
): Cited {
  const relations = new Map<string, RelationHit>();
  const passages = new Map<string, Passage>();
  const documents = new Map<string, DocumentHit>();
  const { rows, profiles } = model;
  for (const entry of entries) {
    const end = Math.min(profiles.rowEnd[entry]!, profiles.rowStart[entry]! + perEntry);
    for (let row = profiles.rowStart[entry]!; row < end; row++) {
      if (rows.relation[row] === 0) continue;
      const relation = knowledge.graph.relationAt(rows.relation[row]!);
      const subjectName = model.diseaseName(rows.disease[row]!);
      const objectName = model.label(rows.term[row]!);
      const sound = relation.evidence.filter((e) => cite(knowledge, e, passages, documents));
      relations.set(relation.id, { ...relation, evidence: sound.slice(0, perEntry), subjectName, objectName });
    }
  }
  return { relations: [...relations.values()], passages: [...passages.values()], documents: [...documents.values()] };
}

/** Adds the passage and document of one piece of evidence; false where it is no evidence: not stored, not verbatim, retracted. */
function cite(
  { documents: store }: Pick<Knowledge, "documents">,
  { document: id, quote }: { document: string; quote: string },
  passages: Map<string, Passage>,
  documents: Map<string, DocumentHit>,
): boolean {
  const document = store.get(id);
  if (!document || document.integrity === "retracted") return false;
  const start = documentText(document).indexOf(quote);
  if (start < 0 || !quote) return false;
  const end = start + quote.length;
  const { sections: _, ...hit } = document;
  documents.set(id, hit);
  passages.set(passageId(id, start, end), { id: passageId(id, start, end), document: id, start, end, text: quote });
  return true;
}

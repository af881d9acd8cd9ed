/** From relations to what may be cited: the passage of each, a second source where there is one, and a look into the document itself. */
import type { DocumentHit, Passage, RelationHit } from "../../../schemas/index.ts";
import { ReadDocumentResult, SearchEvidenceResult, verbalise } from "../../../schemas/index.ts";
import type { HypothesisChange } from "../../policy.ts";
import { getEvidence, read, readDocument, readEvidence, searchEvidence } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import type { Link } from "./links.ts";
import { speaksOfRelation } from "./relation-phrases.ts";
import { mentions, sentencesOf } from "./text.ts";

/** Passages that support one relation, best first; `documents` holds what is known of their documents. */
export interface Support {
  passages: Passage[];
  /** The same is said in two documents. */
  verified: boolean;
}

export interface Sources {
  support: Map<string, Support>;
  documents: Map<string, DocumentHit>;
}

const PARALLEL = 12;
const MAX_RELATIONS = 36;
const SECOND_SOURCES = 4;

/** @param links in order of importance: the first ones get a second source and are read in their documents */
export function* gatherSources(links: readonly Link[], question: string): Plan<Sources> {
  const sources: Sources = { support: new Map(), documents: new Map() };
  const wanted = [...new Map(links.map((l) => [l.relation.id, l])).values()].slice(0, MAX_RELATIONS);
  yield* passagesFor(wanted, sources);
  yield* secondSources(wanted, sources);
  yield* readInContext(wanted, sources, question);
  return sources;
}

function* passagesFor(links: Link[], sources: Sources): Plan<void> {
  for (let i = 0; i < links.length; i += PARALLEL) {
    const batch = links.slice(i, i + PARALLEL);
    const thought = `What is written about ${batch.length === 1 ? "it" : "each of these"}? I need the passages to cite.`;
    const returned = yield { thought, calls: batch.map((l) => getEvidence(l.relation.id)) };
    for (const [n, link] of batch.entries()) {
      const evidence = readEvidence(returned[n]);
      for (const document of evidence?.documents ?? []) sources.documents.set(document.id, document);
      const passages = (evidence?.passages ?? []).filter((p) => isSound(sources.documents.get(p.document)));
      sources.support.set(link.relation.id, { passages, verified: new Set(passages.map((p) => p.document)).size > 1 });
    }
  }
}

/** A retracted document supports nothing. */
export function isSound(document: DocumentHit | undefined): boolean {
  return document?.integrity !== "retracted";
}

function* secondSources(links: Link[], sources: Sources): Plan<void> {
  const single = links.filter((l) => sources.support.get(l.relation.id)?.verified === false).slice(0, SECOND_SOURCES);
  if (single.length === 0) return;
  const statements = single.map(({ relation: r }) => verbalise(r.subjectName, r.predicate, r.objectName));
  const hypotheses: HypothesisChange[] = single.map((l, n) => ({
    id: l.relation.id,
    statement: statements[n]!,
    status: "supported",
    evidence: sources.support.get(l.relation.id)!.passages.map((p) => p.id),
  }));
  const thought = "One source is not enough: does another document say the same?";
  const returned = yield { thought, calls: statements.map((s) => searchEvidence(s)), hypotheses };
  for (const [n, { relation }] of single.entries()) {
    const result = read(SearchEvidenceResult, returned[n]);
    const support = sources.support.get(relation.id)!;
    const known = new Set(support.passages.map((p) => p.document));
    const documents = new Map((result?.documents ?? []).map((d) => [d.id, d]));
    const second = result?.passages.find(
      (p) => !known.has(p.document) && isSound(documents.get(p.document)) && says(p.text, relation),
    );
    if (!second) continue;
    sources.documents.set(second.document, documents.get(second.document)!);
    support.passages.push(second);
    support.verified = true;
  }
}

/** Reads the most cited document: a passage counts only if it stands there. */
function* readInContext(links: Link[], sources: Sources, question: string): Plan<void> {
  const cited = links.map((l) => sources.support.get(l.relation.id)?.passages[0]).filter((p) => p !== undefined);
  const documents = [...new Set(cited.map((p) => p.document))].slice(0, 2);
  if (documents.length === 0) return;
  const hypotheses: HypothesisChange[] = links
    .filter((l) => sources.support.get(l.relation.id)?.verified)
    .map(({ relation: r }) => ({
      id: r.id,
      statement: verbalise(r.subjectName, r.predicate, r.objectName),
      status: "verified",
      evidence: sources.support.get(r.id)!.passages.map((p) => p.id),
    }));
  const returned = yield {
    thought: "I read the main source itself before I rely on it.",
    calls: documents.map((d) => readDocument(d, question)),
    hypotheses,
  };
  for (const [n, id] of documents.entries()) {
    const document = read(ReadDocumentResult, returned[n])?.documents[0];
    if (document) sources.documents.set(id, { ...sources.documents.get(id), ...document });
    if (document && !isSound(document)) {
      for (const support of sources.support.values())
        support.passages = support.passages.filter((p) => p.document !== id);
    }
  }
}

/** One sentence that names both ends and speaks of the relation: two names in one passage are not yet a statement. */
function says(text: string, relation: RelationHit): boolean {
  return sentencesOf(text).some(
    (sentence) =>
      mentions(sentence, relation.subjectName) &&
      mentions(sentence, relation.objectName) &&
      speaksOfRelation(sentence, relation.predicate),
  );
}

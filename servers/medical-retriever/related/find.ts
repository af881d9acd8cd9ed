/** Evidence around a document or a thing, by the relation asked for: from what is stored, and from live sources. */
import type { Document, DocumentHit, Outcome, Passage } from "../../../schemas/index.ts";
import { invalidArguments } from "../../kit/index.ts";
import { authorityOf } from "../authority.ts";
import { integrityNotes } from "../integrity.ts";
import { kindOf, type Kind } from "../kinds.ts";
import { makePage, type PageHit } from "../page.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { search } from "../search.ts";
import type { SourceName } from "../source-names.ts";
import { isLinked, linkedTo } from "./linked.ts";
import type { Relation } from "./relation.ts";
import { similarTo } from "./similar.ts";
import { subjectOf, type Subject } from "./subject.ts";

export interface RelatedOptions {
  /** Of a document, or a drug or disease of the vocabulary; else `text`. */
  id?: string;
  text?: string;
  /** Default `similar`. */
  relation?: Relation;
  limit?: number;
}

export interface RelatedResult {
  to: string;
  relation: Relation;
  documents: DocumentHit[];
  passages: Passage[];
  outcomes: Outcome[];
  notes: string[];
}

type Around = Omit<RelatedResult, "to" | "relation">;

/** Relations that are searched for by name where no document names them. */
const SEARCHED: Partial<Record<Relation, { sources: readonly SourceName[]; kinds: readonly Kind[] }>> = {
  trials: { sources: ["local", "clinicaltrials"], kinds: ["clinical_trial", "planned_trial"] },
  labels: { sources: ["local", "dailymed", "openfda"], kinds: ["regulator_label"] },
};

/** @throws ToolError where neither an id nor a text is given, the id is unknown, or the relation needs another one */
export async function findRelated(
  retriever: Retriever,
  { id, text, relation = "similar", limit = 10 }: RelatedOptions,
  context: CallContext,
): Promise<RelatedResult> {
  const subject = await subjectOf(retriever, { id, text }, context);
  const to = { to: subject.id || subject.name.slice(0, 200), relation };
  if (relation === "similar") {
    const { things, ranked, outcomes, notes } = await similarTo(retriever, subject, context);
    const live = new Map(things.map(({ document }) => [document.id, document]));
    const hits = ranked.slice(0, limit).flatMap((hit) => {
      const document = live.get(hit.id) ?? retriever.knowledge.documents.get(hit.id);
      return document ? [{ hit, document }] : [];
    });
    return { ...to, ...shown(subject, hits, limit, notes), outcomes };
  }
  const searched = SEARCHED[relation];
  if (isLinked(relation, subject)) return { ...to, ...(await byLinks(retriever, relation, subject, limit, context)) };
  if (!searched || !subject.name) throw needsAnother(relation);
  const [linked, found] = await Promise.all([
    byLinks(retriever, relation, subject, limit, context),
    search(retriever, subject.name, { ...searched, limit }, context),
  ]);
  return { ...to, ...joined(linked, found, limit) };
}

/** What is named comes before what a search finds. */
function joined(linked: Around, found: Around, limit: number): Around {
  const named = new Set(linked.documents.map(({ id }) => id));
  const documents = [...linked.documents, ...found.documents.filter(({ id }) => !named.has(id))].slice(0, limit);
  const shown = new Set(documents.map(({ id }) => id));
  const others = found.passages.filter(({ document }) => !named.has(document));
  const isHere = linked.documents.length > 0;
  return {
    documents,
    passages: [...linked.passages, ...others].filter(({ document }) => shown.has(document)),
    outcomes: found.outcomes.map((one) =>
      one.source === "local" && isHere ? { source: "local", outcome: "found" } : one,
    ),
    notes: [...new Set([...linked.notes, ...found.notes])],
  };
}

/** What is linked is shown whatever its words: by authority, retracted documents last, the newer first. */
async function byLinks(
  retriever: Retriever,
  relation: Relation,
  subject: Subject,
  limit: number,
  context: CallContext,
): Promise<Around> {
  const { things, outcomes, notes } = await linkedTo(retriever, relation, subject, limit, context);
  const documents = things.map(({ document }) => document);
  const now = newestOf(documents) ?? (await retriever.newest(context));
  const hits = documents
    .map((document) => {
      const authority = authorityOf({ ...document, kind: kindOf(document) }, now);
      return { hit: { id: document.id, score: authority.score, authority }, document };
    })
    .toSorted(
      (a, b) => b.hit.score - a.hit.score || ((a.document.published ?? "") < (b.document.published ?? "") ? 1 : -1),
    );
  const more = hits.length > limit ? [`${hits.length - limit} more are known: ask with a higher limit`] : [];
  return { ...shown(subject, hits.slice(0, limit), limit, [...notes, ...more]), outcomes };
}

function shown(
  { document, name }: Subject,
  hits: readonly { hit: PageHit; document: Document }[],
  limit: number,
  notes: readonly string[],
): Pick<RelatedResult, "documents" | "passages" | "notes"> {
  const page = makePage(hits, document?.title ?? name, limit);
  return {
    documents: page.documents,
    passages: page.passages,
    notes: [...notes, ...integrityNotes(document ? [document] : []), ...page.notes],
  };
}

function newestOf(documents: readonly Document[]): string | undefined {
  return documents
    .flatMap(({ published }) => published ?? [])
    .toSorted()
    .at(-1);
}

const NEEDED: Record<Relation, string> = {
  similar: "give the id of a document, or a text",
  citing: "give the id of a paper: PMID:…",
  cited: "give the id of a paper: PMID:…",
  trials: "give the id of a paper, a drug or a disease, or a name as text",
  publications: "give the number of a trial: NCT:…",
  labels: "give the id of a drug or label, or a name as text",
  corrections: "give the id of a paper: PMID:…",
};

function needsAnother(relation: Relation) {
  return invalidArguments(`${relation} are not known of what was given`, NEEDED[relation]);
}

/** Documents that name each other: from what is stored here, and from the live sources that know such links. */
import type { Document, Outcome } from "../../../schemas/index.ts";
import { isOffline } from "../../kit/offline.ts";
import type { DocumentStore } from "../../knowledge/index.ts";
import { isRecordOf, prefixOf } from "../../knowledge/document-ids.ts";
import { fanOut, type Ask, type SourceReport } from "../fan-out/fan-out.ts";
import type { Thing } from "../identity/merge.ts";
import { keep, thingsOf } from "../live-records.ts";
import { liveOutcome, sourceNotes } from "../outcomes.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { switchedOff } from "../ask-live.ts";
import type { SourceName } from "../source-names.ts";
import { StoredTexts } from "../stored-texts.ts";
import { europePmcRelated } from "../sources/europepmc/related.ts";
import { pubmedRecords } from "../sources/pubmed.ts";
import { pubmedRelated } from "../sources/pubmed/related.ts";
import type { LiveSource, SourceAnswer, SourceCall } from "../sources/source.ts";
import { isNamed, type Relation } from "./relation.ts";
import { many, type Subject } from "./subject.ts";

export interface Linked {
  things: Thing[];
  outcomes: Outcome[];
  notes: string[];
}

/** Records asked for by their ids alone. */
const MOST_NAMED = 20;
const MOST_TRIALS = 5;
/** A drug has a code for each of its products. */
const MOST_CODES = 50;

/** @param limit of what each live source is asked for */
export async function linkedTo(
  retriever: Retriever,
  relation: Relation,
  subject: Subject,
  limit: number,
  context: CallContext,
): Promise<Linked> {
  const named = namesAround(retriever, relation, subject);
  const here = [...named.keys()].flatMap((id) => storedAs(retriever, id) ?? []);
  const missing = [...named.keys()].filter((id) => !storedAs(retriever, id));
  const reports = await askLive(retriever, asksFor(relation, subject, missing, limit), context);
  const local = here.map((document) => ({ source: "local" as const, document }));
  const { things, notes } = thingsOf(retriever, new StoredTexts(retriever.knowledge), reports, local);
  const others = things.filter(({ document }) => !subject.ids.includes(document.id));
  keep(retriever, others);
  const known = new Set(others.map(({ document }) => document.id));
  const unread = missing.filter((id) => !known.has(id));
  return {
    things: others,
    outcomes: [
      here.length > 0
        ? { source: "local", outcome: "found" }
        : { source: "local", outcome: "empty", message: `no stored document is known ${WORDS[relation]}` },
      ...reports.map((report) => liveOutcome(report, report.documents.length, `knows none ${WORDS[relation]}`)),
    ],
    notes: [
      ...subject.notes,
      ...(unread.length > 0 ? [`also named, but not read: ${unread.slice(0, 20).join(", ")}`] : []),
      ...[...named].flatMap(([id, kind]) => (relation === "corrections" && known.has(id) ? [`${id}: ${kind}`] : [])),
      ...sourceNotes(reports),
      ...notes,
    ],
  };
}

const WORDS: Record<Relation, string> = {
  similar: "on the same subject",
  citing: "to cite it",
  cited: "to be cited by it",
  trials: "as its trial",
  publications: "as a publication of it",
  labels: "as its label",
  corrections: "as a correction or retraction",
};

/** Ids in the relation asked for, and under which name: what the subject names, and what names it. */
function namesAround({ knowledge, live }: Retriever, relation: Relation, subject: Subject): Map<string, string> {
  const named = new Map<string, string>();
  for (const [kind, ids] of Object.entries(subject.document?.related ?? {})) {
    if (isNamed(relation, "own", kind)) ids.forEach((id) => named.set(id, `${subject.id} names it as ${kind}`));
  }
  for (const id of subject.ids) {
    for (const link of [...knowledge.documents.linksTo(id), ...live.linksTo(id)]) {
      if (isNamed(relation, "theirs", link.kind)) named.set(link.id, `names ${subject.id} as ${link.kind}`);
    }
  }
  if (relation === "labels") sameCodes(knowledge.documents, subject).forEach((why, id) => named.set(id, why));
  subject.ids.forEach((id) => named.delete(id));
  return named;
}

/** Labels that carry a code of the drug: its RxNorm concept, or that of a product of it. */
function sameCodes(documents: DocumentStore, { ids, document }: Subject): Map<string, string> {
  const { rxcui = "", ndc = "" } = document?.identifiers ?? {};
  const given = ids.filter((id) => /^(?:RXCUI|NDC):/.test(id));
  const codes = [...many("RXCUI", rxcui), ...many("NDC", ndc), ...given].slice(0, MOST_CODES);
  const labels = new Map<string, string>();
  for (const code of new Set(codes)) {
    const [kind = "", value = ""] = code.split(":");
    for (const id of documents.byIdentifier(kind.toLowerCase(), value)) {
      if (id.startsWith("SPL:")) labels.set(id, `carries ${code}`);
    }
  }
  return labels;
}

/** A paper that carries a trial's number is not the trial; an abstract stands for its full text. */
function storedAs({ knowledge, live }: Retriever, id: string): Document | undefined {
  const isIt = (document: Document) => isRecordOf(document, id) || prefixOf(id) === "PMC";
  return [knowledge.documents.get(id), live.get(id)].find((document) => document && isIt(document));
}

type Asks = Partial<Record<SourceName, (source: LiveSource, call: SourceCall) => Promise<SourceAnswer>>>;

/** What each live source can say of the relation. */
function asksFor(relation: Relation, subject: Subject, missing: readonly string[], limit: number): Asks {
  const pmid = subject.ids.find((id) => id.startsWith("PMID:"));
  const trial = subject.ids.find((id) => id.startsWith("NCT:"));
  const papers = missing.filter((id) => id.startsWith("PMID:")).slice(0, MOST_NAMED);
  const trials = missing.filter((id) => id.startsWith("NCT:")).slice(0, MOST_TRIALS);
  const named = papers.length > 0 ? { pubmed: (_: LiveSource, call: SourceCall) => byIds(papers, call) } : {};
  switch (relation) {
    case "citing":
    case "cited":
      if (!pmid) return named;
      return {
        pubmed: (_, call) => pubmedRelated(relation, pmid, limit, call),
        europepmc: (_, call) => europePmcRelated(relation, pmid, limit, call),
      };
    case "similar":
    case "corrections":
      return pmid ? { pubmed: (_, call) => pubmedRelated(relation, pmid, limit, call) } : named;
    case "publications":
      if (!trial) return named;
      return {
        pubmed: async (_, call) =>
          joined(await Promise.all([pubmedRelated(relation, trial, limit, call), byIds(papers, call)])),
      };
    case "trials":
      return trials.length > 0 ? { clinicaltrials: (source, call) => fetchAll(source, trials, call) } : {};
    default:
      return {};
  }
}

function byIds(ids: readonly string[], call: SourceCall): Promise<SourceAnswer> {
  return pubmedRecords(
    ids.map((id) => id.slice(id.indexOf(":") + 1)),
    call,
  );
}

async function fetchAll(source: LiveSource, ids: readonly string[], call: SourceCall): Promise<SourceAnswer> {
  const documents = await Promise.all(ids.map(async (id) => source.fetch?.(id, call)));
  return { documents: documents.filter((document) => document !== undefined), notes: [] };
}

function joined(answers: readonly SourceAnswer[]): SourceAnswer {
  const documents = new Map(answers.flatMap(({ documents }) => documents.map((d) => [d.id, d] as const)));
  const degraded = [...new Set(answers.flatMap((answer) => answer.degraded ?? []))].join("; ");
  return {
    documents: [...documents.values()],
    notes: answers.flatMap(({ notes }) => notes),
    ...(degraded ? { degraded } : {}),
  };
}

async function askLive({ sources, http }: Retriever, asks: Asks, context: CallContext): Promise<SourceReport[]> {
  const wanted = sources.filter(({ name }) => asks[name]);
  if (wanted.length === 0) return [];
  if (isOffline()) return wanted.map(({ name }) => switchedOff(name));
  const ask: Ask = (source, call) => asks[source.name]!(source, call);
  return fanOut(wanted, ask, { ...context, http });
}

/** Whether links say something of such a subject; otherwise the relation is searched for. */
export function isLinked(relation: Relation, { ids }: Subject): boolean {
  const isPaper = ids.some((id) => /^(?:PMID|PMC|DOI|PPR):/.test(id));
  if (relation === "trials") return isPaper;
  return relation === "publications" ? ids.some((id) => prefixOf(id) === "NCT") : relation !== "labels";
}

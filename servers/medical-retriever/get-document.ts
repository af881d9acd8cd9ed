/** A document by any identifier that people and models write: what is stored, else the live source that has such records. */
import type { Document, Outcome } from "../../schemas/index.ts";
import { asFailure, notFound, ToolError } from "../kit/index.ts";
import { isOffline } from "../kit/offline.ts";
import type { LiveDocument } from "../knowledge/live-documents.ts";
import { aliasesOf, canonicalId, isRecordOf, prefixOf } from "../knowledge/document-ids.ts";
import type { CallContext, FoundDocument, Retriever } from "./retriever.ts";
import { StoredTexts } from "./stored-texts.ts";
import type { LiveSource } from "./sources/source.ts";

/** For all sources that may have it, one after the other. */
const DEADLINE_MS = 15_000;
/** The first may not take the time of the second. */
const FIRST_MS = 9000;
/** A copy of a live record is taken for the record for so long. */
const FRESH_MS = 7 * 24 * 60 * 60 * 1000;

/** @throws ToolError not_found where no source has it; unavailable where one would have to be asked and cannot */
export async function getDocument(retriever: Retriever, id: string, context: CallContext): Promise<FoundDocument> {
  const canonical = canonicalId(id);
  const texts = new StoredTexts(retriever.knowledge);
  const own = find((name) => texts.get(name), [id.trim(), ...aliasesOf(canonical)]);
  if (own && isRecordOf(own, canonical)) return { document: own, source: "local", outcomes: [found("local")] };
  const copy = find((name) => retriever.live.get(name), aliasesOf(canonical));
  const askable = sourcesOf(canonical, retriever.sources);
  if (copy && isRecordOf(copy, canonical) && isFresh(copy)) return fromCopy(copy, askable[0]);
  // Other records that carry the id are better than none.
  const fallback = copy ?? own;
  if (isOffline()) return fallbackOr(canonical, fallback, askable, texts.error() ?? offline(canonical, askable));
  const asked = await askInTurn(askable, canonical, retriever, context);
  if (asked.document) {
    retriever.live.put([asked.document]);
    return { document: asked.document, source: asked.source, outcomes: asked.outcomes };
  }
  return fallbackOr(
    canonical,
    fallback,
    askable,
    asked.failure ?? texts.error() ?? notFound(`${canonical}${askedIn(asked.outcomes)}`, served(retriever)),
    asked.outcomes,
  );
}

/** Who gives these ids out knows all of them: what it does not have, nobody has. */
const REGISTRIES: Record<string, string> = {
  PMID: "pubmed",
  PMC: "pmc",
  NCT: "clinicaltrials",
  RXCUI: "rxnav",
  SPL: "dailymed",
};

/** Those that may have the record, the registry first. */
function sourcesOf(canonical: string, sources: readonly LiveSource[]): LiveSource[] {
  const prefix = prefixOf(canonical);
  const able = sources.filter((source) => source.fetch && source.prefixes.includes(prefix));
  return able.toSorted((a, b) => Number(b.name === REGISTRIES[prefix]) - Number(a.name === REGISTRIES[prefix]));
}

/** Whole, and not too old. */
function isFresh({ fetchedAt, incomplete }: LiveDocument): boolean {
  return fetchedAt !== undefined && !incomplete && Date.now() - Date.parse(fetchedAt) < FRESH_MS;
}

function find(get: (name: string) => LiveDocument | undefined, names: readonly string[]): LiveDocument | undefined {
  for (const name of names) {
    const document = get(name);
    if (document) return document;
  }
  return undefined;
}

type Asked =
  | { document: Document; source: FoundDocument["source"]; outcomes: Outcome[] }
  | { document?: undefined; failure?: ToolError; outcomes: Outcome[] };

/** The first source that has it. @throws only the signal's reason */
async function askInTurn(
  sources: readonly LiveSource[],
  id: string,
  { http }: Retriever,
  { signal, progress }: CallContext,
): Promise<Asked> {
  const until = Date.now() + DEADLINE_MS;
  const outcomes: Outcome[] = [];
  let failure: ToolError | undefined;
  for (const [i, source] of sources.entries()) {
    const left = until - Date.now();
    const deadlineMs = Math.max(1, i + 1 < sources.length ? Math.min(left, FIRST_MS) : left);
    progress?.(i, sources.length, `asking ${source.name}`);
    try {
      const document = await source.fetch!(id, { http, signal, deadlineMs });
      if (document) return { document, source: source.name, outcomes: [...outcomes, fetched(source, document)] };
      outcomes.push({ source: source.name, outcome: "empty", message: `has no record ${id}` });
      if (source.name === REGISTRIES[prefixOf(id)]) return { outcomes };
    } catch (error) {
      signal.throwIfAborted();
      const { reason, message, recovery, retryable } = asFailure(error);
      outcomes.push({ source: source.name, outcome: "unavailable", message });
      failure ??= new ToolError(
        {
          reason,
          message: `${id} is not stored here, and ${source.name} could not give it: ${message}`,
          recovery,
          retryable,
        },
        { cause: error },
      );
    }
  }
  return { outcomes, ...(failure ? { failure } : {}) };
}

/** What is known here, with what it is; else the error. */
function fallbackOr(
  asked: string,
  document: Document | undefined,
  askable: readonly LiveSource[],
  error: ToolError,
  outcomes: readonly Outcome[] = [],
): FoundDocument {
  if (!document) throw error;
  const source = document.fetchedAt ? (askable[0]?.name ?? "local") : "local";
  const why = outcomes.find(({ outcome }) => outcome === "unavailable")?.message ?? error.message;
  const what = document.id === asked ? "an older copy or a part of it" : `${document.id}, which names it`;
  const message = `${why}; this is ${what}${document.fetchedAt ? `, fetched ${document.fetchedAt}` : ""}`;
  return {
    document,
    source,
    outcomes: [...outcomes.filter((o) => o.source !== source), { source, outcome: "degraded", message }],
  };
}

function fromCopy(document: Document, source: LiveSource | undefined): FoundDocument {
  const name = source?.name ?? "local";
  return { document, source: name, outcomes: [source ? fetched(source, document) : found(name)] };
}

function fetched({ name: source }: LiveSource, { stale, fetchedAt }: Document): Outcome {
  return stale ? { source, outcome: "degraded", message: `an older copy, fetched ${fetchedAt}` } : found(source);
}

function found(source: string): Outcome {
  return { source, outcome: "found" };
}

function offline(id: string, askable: readonly LiveSource[]): ToolError {
  const recovery = "search_medical_evidence finds the ids of documents that are stored here";
  if (askable.length === 0) return notFound(`${id} among the local documents`, recovery);
  return notFound(
    `${id} among the local documents`,
    `live sources are switched off (MEDRESEARCHER_OFFLINE); ${recovery}`,
  );
}

function askedIn(outcomes: readonly Outcome[]): string {
  return ` in the local documents${outcomes.map(({ source }) => ` and in ${source}`).join("")}`;
}

function served({ sources }: Retriever): string {
  const prefixes = [...new Set(sources.flatMap((source) => (source.fetch ? source.prefixes : [])))].join(":…, ");
  return `served are the documents that search_medical_evidence returns, and live records as ${prefixes}:…; find an id with search_medical_evidence`;
}

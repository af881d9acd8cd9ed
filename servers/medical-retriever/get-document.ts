/** A document by any identifier that people and models write: `PMID:22663011`, `22663011`, `doi:10.1056/…`. */
import type { Document } from "../../schemas/index.ts";
import { asFailure, notFound, ToolError } from "../kit/index.ts";
import { isOffline } from "../kit/offline.ts";
import type { CallContext, FoundDocument, Retriever } from "./retriever.ts";

const SERVED =
  "served are the local documents by the ids that search_medical_evidence returns, and PubMed records as PMID:… or DOI:…; find an id with search_medical_evidence";

/** @throws ToolError not_found where no source has it; unavailable where PubMed would have to be asked and cannot */
export async function getDocument(retriever: Retriever, id: string, context: CallContext): Promise<FoundDocument> {
  const canonical = canonicalId(id);
  const local = retriever.knowledge.documents.get(id.trim()) ?? retriever.knowledge.documents.get(canonical);
  if (local) return { document: local, source: "local", outcomes: [{ source: "local", outcome: "found" }] };
  const recent = retriever.recent.get(canonical);
  if (recent) return fromPubmed(recent);
  if (!/^(?:PMID|DOI):/.test(canonical)) throw notFound(id, SERVED);
  if (isOffline()) throw notFound(`${canonical} among the local documents`, `live sources are switched off; ${SERVED}`);
  const document = await askPubmed(retriever, canonical, context);
  if (!document) throw notFound(`${canonical} in the local documents and in PubMed`, SERVED);
  retriever.recent.put([document]);
  return fromPubmed(document);
}

/** `22663011`, `PMID 22663011`, `pmid:22663011` → `PMID:22663011`; trials by number; DOIs with or without prefix or address. */
function canonicalId(id: string): string {
  const text = id.trim();
  const pmid = /^(?:pmid|pubmed)?[\s:]*(\d{1,9})$/i.exec(text)?.[1];
  if (pmid) return `PMID:${Number(pmid)}`;
  const address = /^https?:\/\/(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov\/pubmed)\/(\d+)/i.exec(
    text,
  )?.[1];
  if (address) return `PMID:${address}`;
  const trial = /^(?:nct:)?(nct\d{8})$/i.exec(text)?.[1];
  if (trial) return `NCT:${trial.toUpperCase()}`;
  const doi = /^(?:doi[\s:]*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i.exec(text)?.[1];
  return doi ? `DOI:${doi}` : text;
}

async function askPubmed(retriever: Retriever, id: string, { signal }: CallContext): Promise<Document | undefined> {
  const call = { signal, deadlineMs: 15_000 };
  const local = id.slice(id.indexOf(":") + 1);
  try {
    const pmids = id.startsWith("PMID:")
      ? [local]
      : (await retriever.pubmed.search(`"${local.replaceAll('"', "")}"[doi]`, 2, {}, call)).pmids;
    // Two records for one DOI: neither is certain.
    if (pmids.length !== 1) return undefined;
    return (await retriever.pubmed.fetch(pmids, call)).documents[0];
  } catch (error) {
    if (signal.aborted) throw error;
    const { reason, message, recovery, retryable } = asFailure(error);
    throw new ToolError(
      { reason, message: `${id} is not stored here, and ${message}`, recovery, retryable },
      { cause: error },
    );
  }
}

function fromPubmed(document: Document): FoundDocument {
  const message = document.stale ? `an older copy, fetched ${document.fetchedAt}` : undefined;
  const outcome = document.stale ? ("degraded" as const) : ("found" as const);
  return { document, source: "pubmed", outcomes: [{ source: "pubmed", outcome, ...(message ? { message } : {}) }] };
}

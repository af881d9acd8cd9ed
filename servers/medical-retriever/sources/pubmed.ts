/** PubMed as a live source: records for a question and by id, with their impact where iCite knows it. */
import type { Document, Impact } from "../../../schemas/index.ts";
import { asFailure } from "../../kit/index.ts";
import { sleep } from "../../kit/http/scope.ts";
import { isEuropePmcSyntax } from "./europepmc/query.ts";
import { impactOf } from "./icite.ts";
import { running } from "./json-answers.ts";
import { PubMed } from "./pubmed/client.ts";
import { noSuchKind } from "./publication-types.ts";
import { pubmedTerms } from "./pubmed-query.ts";
import { wantsNewest } from "./question-parts.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "./source.ts";

/** A strict form that gives less than this share of the records wanted makes a looser one worth a request. */
const FEW = 0.5;
/** Impact is waited for no longer than this after the records are there. */
const GRACE_MS = 500;

export const pubmed: LiveSource = {
  name: "pubmed",
  prefixes: ["PMID", "DOI"],

  inapplicable: ({ query, kinds }) =>
    isEuropePmcSyntax(query) ? "the question is written in Europe PMC's field syntax" : noSuchKind(kinds),

  async search(question, call) {
    const left = running(call);
    const found = await findPmids(question, left);
    const records = await pubmedRecords(found.pmids, left());
    const degraded = [found.degraded, records.degraded].filter(Boolean).join("; ");
    return {
      documents: records.documents,
      count: found.count,
      ...(degraded ? { degraded } : {}),
      notes: [...found.notes, ...records.notes],
    };
  },

  async fetch(id, call) {
    const left = running(call);
    const at = id.indexOf(":");
    const local = id.slice(at + 1).trim();
    const pmids = id.slice(0, at) === "DOI" ? await pmidsOfDoi(local, left()) : [local];
    // Two records for one DOI: neither is certain.
    if (pmids.length !== 1 || !/^\d{1,9}$/.test(pmids[0]!)) return undefined;
    return (await pubmedRecords(pmids, left())).documents[0];
  },
};

/** The records of PMIDs with their impact, asked for at once. @throws ToolError where PubMed could not be asked */
export async function pubmedRecords(pmids: readonly string[], call: SourceCall): Promise<SourceAnswer> {
  if (pmids.length === 0) return { documents: [], notes: [] };
  const asked = impactAnswer(pmids, call);
  const { documents, stale } = await new PubMed(call.http).fetch(pmids, call);
  const late = sleep(GRACE_MS, call.signal).then((): ImpactAnswer => ({ failure: "iCite has not answered yet" }));
  const { impact, failure } = await Promise.race([asked, late]);
  const missing = new Set(pmids).size - documents.length;
  return {
    documents: documents.map((document) => withImpact(document, impact)),
    ...(stale ? { degraded: "older copies, since PubMed could not be asked" } : {}),
    notes: [
      ...(missing > 0 ? [`${missing} of the records that PubMed names it did not give`] : []),
      ...(failure && documents.length > 0 ? [`how much articles are cited is not known: ${failure}`] : []),
    ],
  };
}

interface FoundPmids {
  pmids: string[];
  count: number;
  degraded?: string;
  notes: string[];
}

/** By the strict form of the question, then by looser ones, until there are enough records. */
async function findPmids(
  { query, entities, rarity, kinds, limit, from, to }: SourceQuestion,
  left: () => SourceCall,
): Promise<FoundPmids> {
  const client = new PubMed(left().http);
  const pmids = new Set<string>();
  const found: FoundPmids = { pmids: [], count: 0, notes: [] };
  for (const [at, term] of pubmedTerms(query, entities(), rarity, kinds).entries()) {
    try {
      const answer = await client.search(term, limit, { from, to, newest: at === 0 && wantsNewest(query) }, left());
      answer.pmids.forEach((pmid) => pmids.add(pmid));
      found.count = Math.max(found.count, answer.count);
      if (answer.stale) found.degraded = "an older list of records, since PubMed could not be asked";
      // What PubMed says of names that we added is no news to who asked.
      if (at === 0) found.notes = answer.warnings.filter((warning) => !/"|No items found/.test(warning));
    } catch (error) {
      left().signal.throwIfAborted();
      if (pmids.size === 0) throw error;
      found.degraded = `a looser form of the question could not be asked: ${asFailure(error).message}`;
      break;
    }
    if (pmids.size >= FEW * limit) break;
  }
  found.pmids = [...pmids].slice(0, limit);
  return found;
}

async function pmidsOfDoi(doi: string, call: SourceCall): Promise<string[]> {
  const term = `"${doi.replaceAll(/["[\]]/g, "")}"[doi]`;
  return (await new PubMed(call.http).search(term, 2, {}, call)).pmids;
}

interface ImpactAnswer {
  impact?: Map<string, Impact>;
  failure?: string;
}

/** Never rejects: impact is an addition. */
async function impactAnswer(pmids: readonly string[], call: SourceCall): Promise<ImpactAnswer> {
  try {
    return { impact: await impactOf(pmids, call) };
  } catch (error) {
    return { failure: asFailure(error, call.signal).message };
  }
}

function withImpact(document: Document, impact: Map<string, Impact> | undefined): Document {
  const known = impact?.get(document.identifiers?.["pmid"] ?? "");
  return known && Object.keys(known).length > 0 ? { ...document, impact: known } : document;
}

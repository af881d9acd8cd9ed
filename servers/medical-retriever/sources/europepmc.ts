/** Europe PMC as a live source: PubMed's records, preprints, and open full texts. */
import type { Document } from "../../../schemas/index.ts";
import { asFailure } from "../../kit/index.ts";
import { searchEuropePmc } from "./europepmc/client.ts";
import { europePmcQueries, recordQuery } from "./europepmc/query.ts";
import { documentsOf, fullTextOf } from "./europepmc/records.ts";
import { running } from "./json-answers.ts";
import { noSuchKind } from "./publication-types.ts";
import { hasFieldTags, wantsNewest } from "./question-parts.ts";
import type { LiveSource } from "./source.ts";

/** A strict form that gives less than this share of the records wanted makes a looser one worth a request. */
const FEW = 0.5;
const OLDER = "older copies, since Europe PMC could not be asked";

export const europepmc: LiveSource = {
  name: "europepmc",
  prefixes: ["PPR", "PMC", "PMID", "DOI"],

  inapplicable: ({ query, kinds }) =>
    hasFieldTags(query) ? "the question is written in PubMed's field tags" : noSuchKind(kinds),

  async search(question, call) {
    const left = running(call);
    const documents = new Map<string, Document>();
    let count = 0;
    let degraded: string | undefined;
    for (const [at, query] of europePmcQueries(question).entries()) {
      const newest = at === 0 && wantsNewest(question.query);
      try {
        const found = await searchEuropePmc(query, { limit: question.limit, newest }, left);
        for (const document of documentsOf(found)) {
          if (!documents.has(document.id)) documents.set(document.id, document);
        }
        count = Math.max(count, found.count);
        if (found.stale) degraded = OLDER;
      } catch (error) {
        call.signal.throwIfAborted();
        if (documents.size === 0) throw error;
        degraded = `a looser form of the question could not be asked: ${asFailure(error).message}`;
        break;
      }
      if (documents.size >= FEW * question.limit) break;
    }
    const first = [...documents.values()].slice(0, question.limit);
    return { documents: first, count, ...(degraded ? { degraded } : {}), notes: [] };
  },

  async fetch(id, call) {
    const query = recordQuery(id);
    if (!query) return undefined;
    const left = running(call);
    const found = await searchEuropePmc(query, { limit: 2 }, left);
    const [record, another] = found.records;
    const [document] = documentsOf(found);
    // Two records for one DOI: neither is certain.
    if (!record || !document || another) return undefined;
    const full = id.startsWith("PMC:") ? await fullTextOf(record, document, left()) : undefined;
    return full ?? document;
  },
};

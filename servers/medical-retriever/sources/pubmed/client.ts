/** PubMed: search, records by PMID, and links between records. */
import type { Document } from "../../../../schemas/index.ts";
import type { HttpClient } from "../../../kit/http/index.ts";
import { parsePubmed } from "../../../knowledge/sources/pubmed/article.ts";
import { refusePage } from "../answer-checks.ts";
import { unavailable } from "../json-answers.ts";
import { ASK_LATER, askEutils, ncbiFailure, type EutilsCall } from "./eutils.ts";
import { linkedIds, searchIds, type IdRange } from "./searching.ts";

const WEEK = 7 * 86_400;
/** NCBI takes so many ids in one request without complaint; a record has some 15 KB. */
const BATCH = 200;
const MAX_BYTES = 32 << 20;

export interface PubmedSearch {
  /** In PubMed's order of relevance. */
  pmids: string[];
  /** How many there are in all. */
  count: number;
  /** What PubMed says about the query: terms it did not find or ignored. */
  warnings: string[];
  stale: boolean;
}

/** How elink calls what PubMed knows of two records. */
const LINKS = {
  citing: "pubmed_pubmed_citedin",
  cited: "pubmed_pubmed_refs",
  similar: "pubmed_pubmed",
} as const;
export type PubmedLink = keyof typeof LINKS;

export class PubMed {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** @throws ToolError */
  async search(term: string, limit: number, range: IdRange, call: EutilsCall): Promise<PubmedSearch> {
    const { ids, ...rest } = await searchIds(this.#http, "pubmed", term, limit, range, call);
    return { pmids: ids, ...rest };
  }

  /** The records of these PMIDs, in their order; unknown ones are missing. @throws ToolError */
  async fetch(pmids: readonly string[], call: EutilsCall): Promise<{ documents: Document[]; stale: boolean }> {
    const wanted = [...new Set(pmids)];
    const batches: Promise<Document[]>[] = [];
    for (let i = 0; i < wanted.length; i += BATCH) batches.push(this.#records(wanted.slice(i, i + BATCH), call));
    const documents = (await Promise.all(batches)).flat();
    const byId = new Map(documents.map((document) => [document.id, document]));
    const ordered = wanted.map((pmid) => byId.get(`PMID:${pmid}`)).filter((document) => document !== undefined);
    return { documents: ordered, stale: ordered.some(({ stale }) => stale) };
  }

  /** PMIDs of the records that cite this one, that it cites, or that PubMed finds similar. @throws ToolError */
  async links(pmid: string, link: PubmedLink, call: EutilsCall): Promise<{ pmids: string[]; stale: boolean }> {
    const { ids, stale } = await linkedIds(this.#http, pmid, LINKS[link], call);
    return { pmids: ids, stale };
  }

  async #records(pmids: readonly string[], call: EutilsCall): Promise<Document[]> {
    const parameters = { db: "pubmed", rettype: "xml", retmode: "xml", id: pmids.join(",") };
    // What was judged here need not be parsed again.
    let judged: Document[] | undefined;
    const verify = (answer: { text: string; status: number }) => void (judged = readRecords(answer));
    const question = { utility: "efetch", parameters, ttlSeconds: WEEK, verify, maxBytes: MAX_BYTES } as const;
    const { text, status, fetchedAt, stale } = await askEutils(this.#http, question, call);
    const documents = judged ?? readRecords({ text, status });
    return documents.map((document) => ({ ...document, fetchedAt, ...(stale ? { stale } : {}) }));
  }
}

/** @throws ToolError where status 200 hides a failure */
function readRecords({ text, status }: { text: string; status: number }): Document[] {
  refusePage("PubMed", text, ASK_LATER);
  const error = /<ERROR>([^<]*)<\/ERROR>/.exec(text)?.[1] ?? /^\s*\{.*"error"\s*:\s*"([^"]*)"/s.exec(text)?.[1];
  if (error) throw ncbiFailure("PubMed", error);
  if (status >= 400) throw ncbiFailure("PubMed", text.slice(0, 200));
  // A prolog without a record set comes when a back end is away; an unknown PMID gives an empty set.
  if (!/<PubmedArticleSet[\s>/]/.test(text)) throw unavailable("PubMed answered without records");
  try {
    return parsePubmed(text);
  } catch (error) {
    throw unavailable(`PubMed's records could not be read (${(error as Error).message})`);
  }
}

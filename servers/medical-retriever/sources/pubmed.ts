/** PubMed through NCBI's E-utilities: search, and records by PMID. */
import type { Document } from "../../../schemas/index.ts";
import { invalidArguments, ToolError } from "../../kit/index.ts";
import type { HttpClient, HttpResponse, RequestOptions } from "../../kit/http/index.ts";
import { parsePubmed } from "../../knowledge/sources/pubmed/article.ts";

const BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
const DAY = 86_400;
/** Above this length of the parameters NCBI wants a POST. */
const LONGEST_GET = 2000;
/** A host that could not be reached is not asked again for so long. */
const FAIL_FAST_SECONDS = 60;

export interface PubmedCall {
  signal: AbortSignal;
  /** For the whole call. */
  deadlineMs?: number;
}

export interface PubmedSearch {
  /** In PubMed's order of relevance. */
  pmids: string[];
  /** How many there are in all. */
  count: number;
  /** What PubMed says about the query: terms it did not find or ignored. */
  warnings: string[];
  stale: boolean;
}

export class PubMed {
  readonly #client: HttpClient;

  constructor(client: HttpClient) {
    this.#client = client;
  }

  /** @param range dates of publication, `YYYY[-MM[-DD]]` @throws ToolError */
  async search(
    term: string,
    limit: number,
    range: { from?: string; to?: string },
    call: PubmedCall,
  ): Promise<PubmedSearch> {
    const parameters: Record<string, string> = { db: "pubmed", retmode: "json", sort: "relevance", term };
    parameters["retmax"] = String(limit);
    if (range.from || range.to) {
      parameters["datetype"] = "pdat";
      parameters["mindate"] = (range.from ?? "1800").replaceAll("-", "/");
      parameters["maxdate"] = (range.to ?? "3000").replaceAll("-", "/");
    }
    const response = await this.#get("esearch", parameters, DAY, refuseBadSearch, call);
    const result = (JSON.parse(response.text) as { esearchresult: SearchAnswer }).esearchresult;
    return {
      pmids: [result.idlist ?? []].flat(),
      count: Number(result.count ?? 0),
      warnings: [...warningsOf(result.errorlist), ...warningsOf(result.warninglist)],
      stale: response.stale,
    };
  }

  /** The records of these PMIDs, in their order; unknown ones are missing. @throws ToolError */
  async fetch(pmids: readonly string[], call: PubmedCall): Promise<{ documents: Document[]; stale: boolean }> {
    if (pmids.length === 0) return { documents: [], stale: false };
    const parameters = { db: "pubmed", rettype: "xml", retmode: "xml", id: pmids.join(",") };
    const response = await this.#get("efetch", parameters, 7 * DAY, refuseBadRecords, call);
    const documents = parsePubmed(response.text, response.fetchedAt);
    const byId = new Map(documents.map((d) => [d.id, response.stale ? { ...d, stale: true } : d]));
    const ordered = pmids.map((pmid) => byId.get(`PMID:${pmid}`)).filter((d) => d !== undefined);
    return { documents: ordered, stale: response.stale };
  }

  #get(
    utility: string,
    parameters: Record<string, string>,
    ttlSeconds: number,
    verify: NonNullable<RequestOptions["verify"]>,
    { signal, deadlineMs }: PubmedCall,
  ): Promise<HttpResponse> {
    const base = process.env["PUBMED_URL"] || BASE;
    const query = new URLSearchParams({ ...parameters, ...identity() }).toString();
    const options: RequestOptions = {
      signal,
      verify,
      cache: { ttlSeconds },
      failFastSeconds: FAIL_FAST_SECONDS,
      // NCBI answers 400 with a JSON body to a query it cannot read.
      statuses: [400],
      limit: { spacingMs: process.env["NCBI_API_KEY"] ? 100 : 400, concurrency: 3 },
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    };
    const address = `${base.replace(/\/$/, "")}/${utility}.fcgi`;
    if (query.length <= LONGEST_GET) return this.#client.fetchText(`${address}?${query}`, options);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.#client.fetchText(address, {
      ...options,
      method: "POST",
      idempotent: true,
      headers,
      body: query,
    });
  }
}

/** NCBI asks everyone to say who asks; keys count only when they are really sent. */
function identity(): Record<string, string> {
  const { NCBI_EMAIL: email, NCBI_API_KEY: key } = process.env;
  return { tool: "medresearcher", ...(email ? { email } : {}), ...(key ? { api_key: key } : {}) };
}

interface SearchAnswer {
  ERROR?: string;
  count?: string;
  idlist?: string[] | string;
  errorlist?: Record<string, string[] | string>;
  warninglist?: Record<string, string[] | string>;
}

/** Status 200 can hide a failure: an ERROR field, an HTML page, a torn body. */
function refuseBadSearch({ text }: { text: string }): void {
  refusePage(text);
  let answer: { error?: string; esearchresult?: SearchAnswer };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw passing("PubMed's answer was cut off");
  }
  const error = answer.error ?? answer.esearchresult?.ERROR;
  if (error) throw failureOf(error);
  if (!answer.esearchresult) throw passing("PubMed's answer held no result");
}

function refuseBadRecords({ text, status }: { text: string; status: number }): void {
  refusePage(text);
  const error = /<ERROR>([^<]*)<\/ERROR>/.exec(text)?.[1] ?? /^\s*\{.*"error"\s*:\s*"([^"]*)"/s.exec(text)?.[1];
  if (error) throw failureOf(error);
  if (status >= 400) throw failureOf(text.slice(0, 200));
  // A prolog without a record set comes when a back end is away; an unknown PMID gives an empty set.
  if (!/<PubmedArticleSet[\s>/]/.test(text)) throw passing("PubMed answered without records");
  try {
    parsePubmed(text);
  } catch (error) {
    throw passing(`PubMed's records could not be read (${(error as Error).message})`);
  }
}

/** A page for people where data was asked for: the service throttles or is down. */
function refusePage(text: string): void {
  if (/^\s*(?:<!doctype html|<html)/i.test(text)) {
    throw new ToolError({
      reason: "rate_limited",
      message: "PubMed answered with a web page instead of data: it is limiting requests",
      recovery: "wait a minute and call again; set NCBI_API_KEY for a higher limit",
      retryable: true,
    });
  }
}

function failureOf(error: string): ToolError {
  if (/rate limit|too many requests/i.test(error)) {
    return new ToolError({
      reason: "rate_limited",
      message: `PubMed: ${error}`,
      recovery: "wait some seconds and call again; set NCBI_API_KEY for a higher limit",
      retryable: true,
    });
  }
  if (/api key/i.test(error)) {
    return new ToolError({
      reason: "refused",
      message: `PubMed: ${error}`,
      recovery: "the operator should correct or unset NCBI_API_KEY",
      retryable: false,
    });
  }
  if (/backend|server|timeout|unavailable|internal/i.test(error)) return passing(`PubMed: ${error}`);
  return invalidArguments(`PubMed cannot read the query: ${error}`, "ask with plain words");
}

function passing(message: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message,
    recovery: "call again later, or use the local documents",
    retryable: true,
  });
}

const WARNINGS: Record<string, string> = {
  phrasesnotfound: "not found in PubMed",
  fieldsnotfound: "unknown field",
  phrasesignored: "ignored by PubMed",
  quotedphrasesnotfound: "phrase not found in PubMed",
  outputmessages: "PubMed says",
};

function warningsOf(list: SearchAnswer["errorlist"] = {}): string[] {
  return Object.entries(list).flatMap(([kind, values]) =>
    [values].flat().map((value) => `${WARNINGS[kind] ?? kind}: ${value}`),
  );
}

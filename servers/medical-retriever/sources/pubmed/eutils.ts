/** One request to NCBI's E-utilities: who asks, how long answers keep, and what a failure looks like there. */
import { invalidArguments, ToolError } from "../../../kit/index.ts";
import type { HttpClient, HttpResponse, RequestOptions } from "../../../kit/http/index.ts";
import { unavailable } from "../json-answers.ts";

const BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
/** Above this length of the parameters NCBI wants a POST. */
const LONGEST_GET = 2000;
/** A host that could not be reached is not asked again for so long. */
const FAIL_FAST_SECONDS = 60;

export const ASK_LATER = "wait some seconds and call again; set NCBI_API_KEY for a higher limit";

export interface EutilsCall {
  signal: AbortSignal;
  /** For the whole call, in milliseconds. */
  deadlineMs?: number;
}

export interface EutilsQuestion {
  utility: "esearch" | "efetch" | "elink";
  parameters: Record<string, string>;
  ttlSeconds: number;
  verify: NonNullable<RequestOptions["verify"]>;
  maxBytes?: number;
}

/** @throws ToolError */
export function askEutils(
  http: HttpClient,
  { utility, parameters, ttlSeconds, verify, maxBytes }: EutilsQuestion,
  { signal, deadlineMs }: EutilsCall,
): Promise<HttpResponse> {
  const base = process.env["PUBMED_URL"] || BASE;
  const query = new URLSearchParams({ ...parameters, ...ncbiIdentity() }).toString();
  const options: RequestOptions = {
    signal,
    verify,
    cache: { ttlSeconds },
    failFastSeconds: FAIL_FAST_SECONDS,
    // NCBI answers 400 with a JSON body to a query it cannot read.
    statuses: [400],
    limit: ncbiLimit("PUBMED_URL"),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
  const address = `${base.replace(/\/$/, "")}/${utility}.fcgi`;
  if (query.length <= LONGEST_GET) return http.fetchText(`${address}?${query}`, options);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return http.fetchText(address, { ...options, method: "POST", idempotent: true, headers, body: query });
}

/** NCBI asks everyone to say who asks; keys count only when they are really sent. */
export function ncbiIdentity(): Record<string, string> {
  const { NCBI_EMAIL: email, NCBI_API_KEY: key } = process.env;
  return { tool: "medresearcher", ...(email ? { email } : {}), ...(key ? { api_key: key } : {}) };
}

/** As the registry of hosts has it for NCBI. @param variable that may name another base address, where all of NCBI still counts together */
export function ncbiLimit(variable: string): NonNullable<RequestOptions["limit"]> {
  const limit = { spacingMs: process.env["NCBI_API_KEY"] ? 110 : 400, concurrency: 3 };
  return process.env[variable] ? { ...limit, service: "NCBI" } : limit;
}

/** What NCBI says is wrong, as a failure that may be tried again or not. @param source PubMed, PMC */
export function ncbiFailure(source: string, said: string): ToolError {
  const error = withoutKey(said).slice(0, 300);
  const message = `${source}: ${error}`;
  if (/rate limit|too many requests/i.test(error)) {
    return new ToolError({ reason: "rate_limited", message, recovery: ASK_LATER, retryable: true });
  }
  if (/api[ _-]key/i.test(error)) {
    const recovery = "the operator should correct or unset NCBI_API_KEY";
    return new ToolError({ reason: "refused", message, recovery, retryable: false });
  }
  if (/backend|server|timeout|timed out|unavailable|internal|failed|temporar/i.test(error)) return unavailable(message);
  return invalidArguments(`${source} cannot read the query: ${error}`, "ask with plain words");
}

/** NCBI repeats the key in some of its errors. */
function withoutKey(text: string): string {
  const key = process.env["NCBI_API_KEY"];
  return key ? text.replaceAll(key, "…") : text;
}

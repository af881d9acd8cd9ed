/** One question to openFDA, with what its statuses mean: 404 can be an empty answer, 500 a query that it cannot read. */
import { HttpError } from "../../../kit/http/index.ts";
import { invalidArguments, ToolError } from "../../../kit/index.ts";
import { get, objects, text } from "../../../knowledge/sources/json/loose.ts";
import { askJson, unavailable, type Service } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";
import { countRequest, refuseSpent } from "./budget.ts";

export const OPENFDA: Service = {
  name: "openFDA",
  variable: "OPENFDA_URL",
  base: "https://api.fda.gov",
  // 240 a minute, with a margin for what arrives unevenly.
  limit: { spacingMs: 260, concurrency: 6 },
};

export type Dataset = "label" | "drugsfda" | "event" | "ndc" | "enforcement" | "shortages";

/** Days: labels and applications change weekly, reports quarterly, shortages daily. */
const TTL_SECONDS: Record<Dataset, number> = {
  label: 86_400,
  drugsfda: 86_400,
  event: 7 * 86_400,
  ndc: 86_400,
  enforcement: 86_400,
  shortages: 6 * 3600,
};
/** Most of an answer that is read: some labels (130 KB each), many small records. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Statuses whose bodies say more than the status. */
const ANSWERS = [400, 403, 404, 429, 500, 502, 503, 504];

export interface OpenfdaQuestion {
  search: string;
  /** Records, or terms of a count; at most 1,000. */
  limit: number;
  sort?: string;
  /** Values of this field with how many records have each, in place of records. */
  count?: string;
}

export interface OpenfdaAnswer {
  results: Record<string, unknown>[];
  /** How many records there are; of a count, how many terms were returned. */
  total: number;
  /** ISO 8601 date of the data. */
  updated: string | undefined;
  fetchedAt: string;
  stale: boolean;
}

/** @throws ToolError where it could not be asked; no matches is an empty answer */
export async function askOpenfda(
  dataset: Dataset,
  question: OpenfdaQuestion,
  call: SourceCall,
): Promise<OpenfdaAnswer> {
  // Another address has rules of its own.
  const counts = !process.env[OPENFDA.variable];
  if (counts) refuseSpent();
  const key = process.env["OPENFDA_API_KEY"];
  const { search, limit, sort, count } = question;
  const parameters = {
    search,
    limit: String(limit),
    ...(sort ? { sort } : {}),
    ...(count ? { count } : {}),
    ...(key ? { api_key: key } : {}),
  };
  const answer = await askJson(
    OPENFDA,
    {
      path: `/drug/${dataset}.json`,
      parameters,
      ttlSeconds: TTL_SECONDS[dataset],
      maxBytes: MAX_BYTES,
      statuses: ANSWERS,
      judge(said) {
        if (counts) countRequest();
        judge(said);
      },
      isAnswer: (value) => Array.isArray(get(value, "results")),
    },
    call,
  );
  const { value, fetchedAt, stale } = answer;
  const results = objects(value, "results");
  const total = Number(text(value, "meta", "results", "total")) || results.length;
  return { results, total, updated: text(value, "meta", "last_updated") || undefined, fetchedAt, stale };
}

/** An exception of the search engine behind it, which comes with status 500: asked again, it would come again. */
const QUERY_ERROR =
  /parse_exception|token_mgr_error|illegal_argument_exception|query_shard_exception|number_format_exception/i;

function judge({ status, value, text: body }: { status: number; value: unknown; text: string }): void {
  if (status === 200 && get(value, "error") === undefined) return;
  const code = text(value, "error", "code");
  const message = withoutKey(text(value, "error", "message") || text(value, "error") || `status ${status}`);
  const said = `openFDA: ${message}`;
  if (status === 404 && /no matches found/i.test(body)) return;
  if (/nothing to count/i.test(body))
    throw invalidArguments(`${said} (the field to count is not known)`, "count another field");
  if (QUERY_ERROR.test(body) || status === 400)
    throw invalidArguments(`openFDA cannot read the query (${message})`, "ask with plain words");
  if (status === 429 || /over_rate_limit/i.test(code))
    throw new HttpError(
      {
        reason: "rate_limited",
        message: `${said}; it allows 240 requests a minute, and 1,000 a day without a key`,
        recovery: "wait a minute and call again; set OPENFDA_API_KEY for more a day",
        retryable: true,
      },
      { status },
    );
  if (status === 403 || /api_key/i.test(code))
    throw new ToolError({
      reason: "refused",
      message: said,
      recovery: "the operator should correct or unset OPENFDA_API_KEY",
      retryable: false,
    });
  if (status === 404)
    throw new ToolError({ reason: "bad_status", message: said, recovery: "check OPENFDA_URL", retryable: false });
  throw unavailable(said, status);
}

function withoutKey(message: string): string {
  const key = process.env["OPENFDA_API_KEY"];
  return (key ? message.replaceAll(key, "…") : message).slice(0, 200);
}

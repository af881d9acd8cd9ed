/** Answers of services in JSON: asked through the one client, and believed only where they are what they should be. */
import { HttpError, type HttpResponse, type RequestOptions } from "../../kit/http/index.ts";
import type { SourceCall } from "./source.ts";

export interface Service {
  /** In messages: `DailyMed`. */
  name: string;
  /** Environment variable that holds another base address. */
  variable: string;
  base: string;
  limit: NonNullable<RequestOptions["limit"]>;
}

export interface Question {
  /** Below the base address: `/studies`. */
  path: string;
  parameters?: Readonly<Record<string, string>>;
  ttlSeconds: number;
  maxBytes?: number;
  /** Error statuses that are answers. */
  statuses?: readonly number[];
  /** Judges the body before anything else does, with its status. @throws ToolError */
  verify?: RequestOptions["verify"];
}

export type JsonQuestion = Omit<Question, "verify"> & {
  /** Judges an answer by status and content; `undefined` content is no JSON. @throws ToolError */
  judge?: (answer: { status: number; value: unknown; text: string }) => void;
  /** Whether a body of status 200 is such an answer at all. */
  isAnswer: (value: unknown) => boolean;
};

export interface JsonAnswer {
  status: number;
  value: unknown;
  fetchedAt: string;
  stale: boolean;
}

/** A source that could not be reached is not asked again for so long. */
const FAIL_FAST_SECONDS = 60;
/** What remains of a deadline so that a partial answer comes before it. */
const MARGIN = 0.05;
const MOST_MARGIN_MS = 150;

/** The call as it stands at any later moment: with what is left of its deadline, less a margin to answer in time. */
export function running(call: SourceCall): () => SourceCall {
  const until = Date.now() + call.deadlineMs - Math.min(MOST_MARGIN_MS, call.deadlineMs * MARGIN);
  return () => ({ ...call, deadlineMs: Math.max(1, until - Date.now()) });
}

/** @throws ToolError */
export function askText(service: Service, question: Question, call: SourceCall): Promise<HttpResponse> {
  const other = process.env[service.variable];
  const base = (other || service.base).replace(/\/$/, "");
  const query = queryString(question.parameters ?? {});
  return call.http.fetchText(`${base}${question.path}${query ? `?${query}` : ""}`, {
    signal: call.signal,
    deadlineMs: call.deadlineMs,
    cache: { ttlSeconds: question.ttlSeconds },
    failFastSeconds: FAIL_FAST_SECONDS,
    // One address may stand in for many services, each with its own pace.
    limit: other ? { service: service.name, ...service.limit } : service.limit,
    ...(question.maxBytes === undefined ? {} : { maxBytes: question.maxBytes }),
    ...(question.statuses === undefined ? {} : { statuses: question.statuses }),
    verify(answer) {
      // A page for people where data was asked for comes with status 200 when a service throttles or is down.
      if (/^\s*(?:<!doctype html|<html)/i.test(answer.text) && !question.statuses?.includes(answer.status))
        throw unavailable(`${service.name} answered with a web page instead of data`);
      question.verify?.(answer);
    },
  });
}

/** @throws ToolError also for status 200 with a web page, a body that was cut off, or JSON of another shape */
export async function askJson(service: Service, question: JsonQuestion, call: SourceCall): Promise<JsonAnswer> {
  const { judge, isAnswer, ...rest } = question;
  const response = await askText(
    service,
    {
      ...rest,
      verify({ status, text }) {
        const value = parsed(text);
        judge?.({ status, value, text });
        // "Accepted" and "no content" are given by what stands before a service, in place of its answer.
        if (status > 200 && status < 300)
          throw unavailable(`${service.name} answered with status ${status} and no data`, status);
        if (status !== 200) return;
        if (value === undefined) throw unavailable(`the answer of ${service.name} was cut off or is no JSON`);
        if (!isAnswer(value)) throw unavailable(`${service.name} answered with something else than was asked for`);
      },
    },
    call,
  );
  const { status, fetchedAt, stale } = response;
  return { status, value: parsed(response.text), fetchedAt, stale };
}

/** A passing failure of a source that did answer: what was kept of it is served instead, as an older copy. */
export function unavailable(message: string, status = 200): HttpError {
  const recovery = "call again later, or use another source";
  return new HttpError({ reason: "unavailable", message, recovery, retryable: true }, { status });
}

/** Blanks as `%20`: some services take a `+` for a plus sign. */
function queryString(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join("&");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

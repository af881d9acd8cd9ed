/**
 * One question to many live sources at once, under one deadline. A source that fails, or is not in time, is an outcome
 * and no end; what was asked of it and comes late is kept by the outgoing client for the next question.
 */
import type { Document, OutcomeKind } from "../../../schemas/index.ts";
import type { HttpClient } from "../../kit/http/index.ts";
import { orAborted } from "../../kit/http/scope.ts";
import { asFailure } from "../../kit/index.ts";
import { deadline } from "./deadline.ts";
import type { CallContext } from "../retriever.ts";
import type { SourceName } from "../source-names.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "../sources/source.ts";

/** A search must not wait longer than this for sources that are away. */
const DEADLINE_MS = 4000;
/** Of that, what a source has left to hand over the part that it got. */
const RESERVE = 0.02;

/** How one source answered. */
export interface SourceReport {
  source: SourceName;
  outcome: OutcomeKind;
  /** Why, where it did not simply find something. */
  message?: string;
  /** In the source's own order. */
  documents: Document[];
  /** How many records the source has for the question, where it says so. */
  count?: number;
  notes: string[];
}

export interface FanOutCall extends CallContext {
  http: HttpClient;
  /** For all sources of a question together. */
  deadlineMs?: number;
}

/** What each source is asked. @returns undefined or throws as `LiveSource.search` does; a text where it is none of its business */
export type Ask = (source: LiveSource, call: SourceCall) => Promise<SourceAnswer> | { inapplicable: string };

/** The question that a search asks. */
export function searching(question: SourceQuestion): Ask {
  return (source, call) => {
    const reason = source.inapplicable?.(question);
    return reason ? { inapplicable: reason } : source.search(question, call);
  };
}

/**
 * Asks all sources. @returns a report for each, in the order given, when the last one answered or the deadline came
 * @throws only the signal's reason
 */
export async function fanOut(
  sources: readonly LiveSource[],
  ask: Ask,
  { http, signal, progress, deadlineMs = DEADLINE_MS }: FanOutCall,
): Promise<SourceReport[]> {
  signal.throwIfAborted();
  const started = Date.now();
  // One that does not keep to its time is not listened to; what it still asks for fills the cache.
  const call = { http, signal, deadlineMs: deadlineMs * (1 - RESERVE) };
  let answered = 0;
  const inTime = deadline(deadlineMs);
  const reports = sources.map(async (source) => {
    const report = await askOne(source, ask, call, inTime.passed);
    progress?.(++answered, sources.length, `${source.name} ${saidIn(report)}, ${Date.now() - started} ms`);
    return report;
  });
  try {
    return await orAborted(Promise.all(reports), signal);
  } finally {
    inTime.clear();
  }
}

async function askOne(source: LiveSource, ask: Ask, call: SourceCall, deadline: Promise<never>): Promise<SourceReport> {
  const nothing = { source: source.name, documents: [], notes: [] };
  try {
    const asked = ask(source, call);
    if ("inapplicable" in asked) return { ...nothing, outcome: "inapplicable", message: asked.inapplicable };
    return reportOf(source.name, await Promise.race([asked, deadline]));
  } catch (error) {
    return { ...nothing, outcome: "unavailable", message: asFailure(error).message };
  }
}

function reportOf(source: SourceName, { documents, count, degraded, notes }: SourceAnswer): SourceReport {
  const report = { source, documents, notes, ...(count === undefined ? {} : { count }) };
  if (degraded) return { ...report, outcome: "degraded", message: degraded };
  return { ...report, outcome: documents.length > 0 ? "found" : "empty" };
}

function saidIn({ outcome, documents }: SourceReport): string {
  if (documents.length === 0) return `was ${outcome}`;
  return `gave ${documents.length} ${documents.length === 1 ? "record" : "records"}`;
}

/**
 * Faults put into the tool layer on purpose, so that rollouts hold failures and what follows from them. Decided from
 * the rollout's key and the call's number alone: the same rollout is disturbed in the same way wherever it runs.
 */
import { createHash } from "node:crypto";
import type { ToolCall } from "../../schemas/index.ts";
import { timedOut } from "./failures.ts";
import type { ToolPool } from "./pool.ts";
import { failed, succeeded } from "./result.ts";
import type { CallResult } from "./result.ts";

/**
 * What goes wrong with tools in service. timeout, rate_limited, unreachable: the call fails and may be repeated ·
 * malformed: the text of the result breaks off · degraded: nothing comes, and the source says that it is not well ·
 * stale: an older copy comes, and is said to be one.
 */
export const FAULT_KINDS = ["timeout", "rate_limited", "unreachable", "malformed", "degraded", "stale"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultOptions {
  /** Names the rollout, seed included. */
  key: string;
  /** Probability per call, 0 to 1. */
  rate: number;
}

/** A call that was disturbed so often is let through: what is asked again with patience is answered in the end. */
const REPEATS_DISTURBED = 2;

/** The pool with faults; one per rollout, over a pool that rollouts may share. Never rejects, as the pool below. */
export function faultyPool(pool: ToolPool, { key, rate }: FaultOptions): ToolPool {
  const disturbed = new Map<string, number>();
  return {
    ...pool,
    async call(call, options) {
      const kind = faultOf(key, call.id, rate);
      const same = JSON.stringify([call.server, call.tool, call.arguments]);
      const before = disturbed.get(same) ?? 0;
      if (!kind || before >= REPEATS_DISTURBED) return pool.call(call, options);
      disturbed.set(same, before + 1);
      const sent = needsResult(kind) ? await pool.call(call, options) : undefined;
      // A call that fails by itself needs no help.
      if (sent?.isError) return sent;
      return { ...disturb(kind, call, sent), fault: kind };
    },
  };
}

/** The fault of a call, if it is to have one: a pure function of rollout, call number and rate. */
export function faultOf(key: string, call: string, rate: number): FaultKind | undefined {
  const digest = createHash("sha256").update(`fault\n${key}\n${call}`).digest();
  if (digest.readUInt32BE(0) / 2 ** 32 >= rate) return undefined;
  return FAULT_KINDS[digest.readUInt32BE(4) % FAULT_KINDS.length];
}

function needsResult(kind: FaultKind): boolean {
  return kind === "malformed" || kind === "degraded" || kind === "stale";
}

function disturb(kind: FaultKind, { server }: ToolCall, sent: CallResult | undefined): CallResult {
  const result = sent?.result;
  switch (kind) {
    case "timeout":
      return failed(timedOut(60));
    case "rate_limited":
      return failed({
        reason: "rate_limited",
        message: `${server} is limiting requests; it asks to wait 2 s`,
        recovery: "wait 2 s and call again, with fewer calls at once",
        retryable: true,
      });
    case "unreachable":
      // Not `server_unreachable`: by that the loop knows that the run has lost a server, and here it has not.
      return failed({
        reason: "unavailable",
        message: `the connection to ${server} was reset before a result came (ECONNRESET)`,
        recovery: "call again, or go on with another server",
        retryable: true,
      });
    case "malformed": {
      const text = JSON.stringify(result) ?? "";
      return succeeded({ content: [{ type: "text", text: text.slice(0, Math.ceil(text.length * 0.6)) }] });
    }
    case "degraded":
      return succeeded(emptied(result, server));
    default:
      return succeeded(aged(result, server));
  }
}

const DEGRADED = "the index is being rebuilt; results are incomplete";
const STALE = "the source could not be asked; this is an older copy";

/** The result with nothing in it but the word that this means nothing. */
function emptied(result: unknown, source: string): Record<string, unknown> {
  const outcomes = [{ source, outcome: "degraded", message: DEGRADED }];
  const fields = Object.entries(objectOf(result)).flatMap(([key, value]): [string, unknown][] => {
    if (["nextCursor", "truncated", "notes"].includes(key)) return [];
    if (Array.isArray(value)) return [[key, []]];
    return [[key, key === "total" ? 0 : value]];
  });
  return { ...Object.fromEntries(fields), outcomes };
}

function aged(result: unknown, source: string): Record<string, unknown> {
  const fields = objectOf(result);
  const documents = Array.isArray(fields["documents"]) ? (fields["documents"] as object[]) : [];
  return {
    ...fields,
    ...(documents.length > 0 ? { documents: documents.map((document) => ({ ...document, stale: true })) } : {}),
    outcomes: [{ source, outcome: "degraded", message: STALE }],
  };
}

function objectOf(result: unknown): Record<string, unknown> {
  return typeof result === "object" && result !== null && !Array.isArray(result)
    ? (result as Record<string, unknown>)
    : { value: result };
}

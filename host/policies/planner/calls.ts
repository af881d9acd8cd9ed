/** The tool calls that the planner makes, and their results read by the shared schemas. */
import type { z } from "zod";
import {
  EvidenceResult,
  FindEntitiesResult,
  NeighborsResult,
  PathsResult,
  ToolFailure,
} from "../../../schemas/index.ts";
import type { ProposedCall } from "../../policy.ts";
import type { ReturnedCall } from "../../state.ts";

export const findEntities = (query: string, limit = 40): ProposedCall =>
  call("kg-explorer", "find_entities", { query, limit });

export interface NeighborsArguments {
  id: string;
  predicates?: readonly string[];
  categories?: readonly string[];
  direction?: "in" | "out" | "both";
  limit?: number;
  cursor?: string;
}
export const getNeighbors = (args: NeighborsArguments): ProposedCall =>
  call("kg-explorer", "get_neighbors", { ...args });

/** The most paths that one call returns. */
export const ROUTES = 50;

/** Paths that take exactly these predicates, one a step, in either direction. */
export const findRoutes = (from: string, to: string, predicates: readonly string[]): ProposedCall =>
  call("kg-explorer", "find_paths", { from, to, mode: "metapath", k: ROUTES, predicates });

/** Ends that one call returns, and that it may be restricted to. */
export const ENDS = 50;

/** Whoever these predicates lead to, one a step, in at least so many ways; of `among` alone where given. */
export const findEnds = (
  from: string,
  predicates: readonly string[],
  ways: number,
  among?: readonly string[],
): ProposedCall =>
  call("kg-explorer", "find_paths", { from, mode: "metapath", predicates, ways, k: ENDS, ...(among ? { among } : {}) });

export const getEvidence = (relation: string): ProposedCall => call("kg-explorer", "get_evidence", { relation });

export const relationBetween = (subject: string, object: string): ProposedCall =>
  call("kg-explorer", "get_evidence", { subject, object });

export const searchEvidence = (query: string, limit = 5): ProposedCall =>
  call("medical-retriever", "search_medical_evidence", { query, limit });

export const readDocument = (source: string, goal: string): ProposedCall =>
  call("document-reader", "read_document", { source, goal });

export const findInDocument = (document: string, query: string): ProposedCall =>
  call("document-reader", "find_in_document", { document, query });

export const webSearch = (query: string): ProposedCall => call("web-search", "web_search", { query, limit: 5 });

export const reasoning = (tool: string, args: Record<string, unknown>): ProposedCall =>
  call("clinical-reasoning", tool, args);

export function call(server: string, tool: string, args: Record<string, unknown>): ProposedCall {
  return { server, tool, arguments: args };
}

/** The result of a call as its schema reads it; undefined where the call failed or answered something else. */
export function read<S extends z.ZodType>(schema: S, returned: ReturnedCall | undefined): z.infer<S> | undefined {
  if (!returned || returned.isError) return undefined;
  const parsed = schema.safeParse(returned.result);
  return parsed.success ? parsed.data : undefined;
}

export const readEntities = (r?: ReturnedCall) => read(FindEntitiesResult, r);
export const readNeighbors = (r?: ReturnedCall) => read(NeighborsResult, r);
export const readPaths = (r?: ReturnedCall) => read(PathsResult, r);
export const readEvidence = (r?: ReturnedCall) => read(EvidenceResult, r);

/** Why calls gave nothing: "kg-explorer get_neighbors: graph.db is locked". Empty where none failed. */
export function failures(returned: readonly ReturnedCall[]): string[] {
  return returned
    .filter((r) => r.isError)
    .map((r) => {
      const failure = ToolFailure.safeParse(r.result);
      return `${r.call.server} ${r.call.tool}: ${failure.success ? failure.data.message : "failed"}`;
    });
}

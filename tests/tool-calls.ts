/** One sensible call of every tool on the starter knowledge: for the tests of transports and for foreign clients. */
import type { ServerName } from "../servers/commands/registry.ts";

export interface ToolCall {
  tool: string;
  args: Record<string, unknown>;
}

const PATIENT = { observed: ["Tall stature", "Ectopia lentis"], excluded: ["Seizure"], age: "12 years" };

export const TOOL_CALLS: Record<ServerName, ToolCall[]> = {
  "web-search": [{ tool: "web_search", args: { query: "sacubitril", limit: 3 } }],
  "document-reader": [
    { tool: "read_document", args: { source: "NOTE:entresto-label", goal: "what the drug is for" } },
    { tool: "find_in_document", args: { document: "NOTE:entresto-label", query: "heart failure" } },
  ],
  "medical-retriever": [
    { tool: "search_medical_evidence", args: { query: "sacubitril/valsartan heart failure", sources: ["local"] } },
    { tool: "get_medical_document", args: { id: "NOTE:paradigm-hf" } },
    { tool: "find_related_evidence", args: { id: "NOTE:paradigm-hf", limit: 3 } },
    { tool: "resolve_medical_entity", args: { name: "Marfan syndrome" } },
  ],
  "clinical-reasoning": [
    { tool: "identify_findings", args: { text: "A boy of 12 with tall stature, no seizures." } },
    { tool: "rank_diagnoses", args: { ...PATIENT, limit: 3 } },
    {
      tool: "add_evidence",
      args: { disease: "Marfan syndrome", finding: "Ectopia lentis", observed: "60 of 100", document: "NOTE:test" },
    },
    { tool: "suggest_next_findings", args: { ...PATIENT, limit: 3 } },
    { tool: "explain_diagnosis", args: { ...PATIENT, disease: "Marfan syndrome" } },
  ],
  "kg-explorer": [
    { tool: "describe_graph", args: {} },
    { tool: "find_entities", args: { query: "Which gene is mutated in Marfan syndrome?" } },
    { tool: "get_entity", args: { id: "Marfan syndrome" } },
    { tool: "get_neighbors", args: { id: "Marfan syndrome", limit: 5 } },
    { tool: "find_paths", args: { from: "Entresto", to: "STARTER:heart-failure" } },
    { tool: "get_subgraph", args: { ids: ["Entresto", "STARTER:heart-failure"] } },
    { tool: "get_evidence", args: { subject: "Entresto", object: "sacubitril" } },
  ],
};

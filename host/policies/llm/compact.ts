/** The compact view, for models with little context: results as short lines, and handles in the place of ids and names. */
import type { ProposedAnswer } from "../../policy.ts";
import { CompactResults } from "./compact-results.ts";
import { Handles } from "./handles.ts";
import { SUBMIT } from "./prompt.ts";
import type { ModelTool } from "./tools.ts";
import type { View } from "./view.ts";

const SYSTEM = `You are a medical researcher. Answer the question from evidence that the tools return, hop by hop, never from memory.
Results name things by handles: @e entity, @r relation, @p passage, @d document; @q is the question. Write handles for ids and names.
A failed call says nothing about the question: make it again.
Answer with ${SUBMIT}; after each claim stands its passage: [@p1]. Abstain where the evidence is missing.`;

const SUBMIT_COMPACT: ModelTool = {
  name: SUBMIT,
  description: "Give the final answer.",
  parameters: {
    type: "object",
    properties: { answer: { type: "string" }, abstained: { type: "boolean" } },
    required: ["answer"],
  },
};

/** Arguments that are words to be read; all others name things by their ids. */
const PROSE = new Set(["query", "text", "goal", "name", "answer"]);

export function compactView(question: string): View {
  const handles = new Handles(question);
  const results = new CompactResults(handles);
  return {
    system: SYSTEM,
    submit: SUBMIT_COMPACT,
    tool: outline,
    show: (result) => results.show(result),
    resolve: (args) => mapped(args, (text, prose) => (prose ? handles.read(text) : handles.idOf(text))),
    resolveText: (text) => handles.read(text),
    hide: (args) => mapped(args, (text, prose) => (prose ? handles.write(text) : handles.handleOf(text))),
    hideText: (text) => handles.write(text),
    submission: (answer) => submission(answer, handles),
  };
}

/** `[1][2]` as `[@p3][@p7]`: the mark is the passage itself. */
function submission({ answer, abstained, citations }: ProposedAnswer, handles: Handles): Record<string, unknown> {
  const passages = new Map(citations.map((c) => [c.n, handles.handleOf(c.passage)]));
  const marked = handles.write(answer).replace(/\[(\d+(?:\s*,\s*\d+)*)\]/g, (mark, list: string) => {
    const cited = list.split(",").map((n) => passages.get(Number(n)));
    return cited.every((passage) => passage !== undefined) ? cited.map((passage) => `[${passage}]`).join("") : mark;
  });
  return { answer: marked, ...(abstained ? { abstained } : {}) };
}

type Change = (text: string, prose: boolean) => string;

function mapped(args: Record<string, unknown>, change: Change): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, changed(value, PROSE.has(key), change)]));
}

function changed(value: unknown, prose: boolean, change: Change): unknown {
  if (typeof value === "string") return change(value, prose);
  if (Array.isArray(value)) return value.map((item) => changed(item, prose, change));
  return typeof value === "object" && value !== null ? mapped(value as Record<string, unknown>, change) : value;
}

/** A tool as its name, its first sentence and the types of its arguments. */
function outline({ name, description, parameters }: ModelTool): ModelTool {
  const { properties = {}, required } = parameters as { properties?: Record<string, unknown>; required?: string[] };
  const types = Object.entries(properties).map(([key, schema]) => [key, typeOf(schema)]);
  return {
    name,
    description: /^.*?[.!?](?=\s|$)/s.exec(description)?.[0] ?? description,
    parameters: { type: "object", properties: Object.fromEntries(types), ...(required ? { required } : {}) },
  };
}

function typeOf(schema: unknown): Record<string, unknown> {
  const { type, items } = (schema ?? {}) as { type?: unknown; items?: unknown };
  return { ...(type === undefined ? {} : { type }), ...(items === undefined ? {} : { items: typeOf(items) }) };
}

/** State s = (c, k, h) of the paper as a pure fold over the event log: dialogue, knowledge, hypotheses. */
import { DocumentHit, Passage, RelationHit } from "../schemas/index.ts";
import type { Budget, MaskedTriple, SessionEvent, ToolCall, ToolFailure, Usage } from "../schemas/index.ts";
import type { HypothesisChange, ProposedAnswer } from "./policy.ts";

export interface ReturnedCall {
  call: ToolCall;
  isError: boolean;
  /** structuredContent, or a ToolFailure where isError. */
  result: unknown;
  ms: number;
  /** Kind of the fault that was injected on purpose: for analysis, not for policies. */
  fault?: string;
}

/** What a model answered, as it was received. */
interface ModelMessage {
  request: string;
  message: unknown;
  finishReason?: string;
}

/** One turn of the loop: what was thought and called, and what came back. Steps count from 1. */
export interface Step {
  step: number;
  thought: string;
  /** In the order in which they were called. */
  returned: ReturnedCall[];
  answer?: ProposedAnswer;
  /** Problems found by the check of `answer`; empty where it passed. */
  problems?: string[];
  /** The model's messages of this turn, where a model was asked. */
  messages?: ModelMessage[];
}

export interface State {
  session: string;
  question: string;
  knowledgeName: string;
  tools: { server: string; tool: string }[];
  /** c */
  steps: Step[];
  /** k: what the tools returned so far, by id */
  documents: Map<string, DocumentHit>;
  passages: Map<string, Passage>;
  relations: Map<string, RelationHit>;
  /** h */
  hypotheses: Map<string, HypothesisChange>;
  usage: Usage;
  budget: Budget;
  /** Called, and without a result yet. */
  pending: ToolCall[];
  /** Servers that were not there when the session began. */
  unavailable: { server: string; message: string }[];
  /** `at` of the last event: the only clock that decisions depend on, so that a replay decides the same. */
  at: string;
  /** The masked path of a guided run. */
  guidance?: MaskedTriple[];
  ended?: Extract<SessionEvent, { type: "session.ended" }>;
}

/** The annotation by which a resumed session says so; the time before it does not count. */
export const RESUMED = { author: "host", label: "resumed" } as const;

function isResumed(event: SessionEvent): boolean {
  return event.type === "annotation" && event.author === RESUMED.author && event.label === RESUMED.label;
}

const START: State = {
  session: "",
  question: "",
  knowledgeName: "",
  tools: [],
  steps: [],
  documents: new Map(),
  passages: new Map(),
  relations: new Map(),
  hypotheses: new Map(),
  usage: { steps: 0, toolCalls: 0, promptTokens: 0, completionTokens: 0, seconds: 0 },
  budget: { steps: 1, toolCalls: 1, tokens: 1, seconds: 1 },
  pending: [],
  unavailable: [],
  at: "",
};

/** The state after all events; results that lie in blobs must be resolved before. */
export function fold(events: Iterable<SessionEvent>): State {
  let state = START;
  for (const event of events) state = apply(state, event);
  return state;
}

/** The state after one more event. Pure: the given state is left as it is. */
export function apply(before: State, event: SessionEvent): State {
  const state = { ...before, at: event.at, usage: withTime(before, event) };
  switch (event.type) {
    case "session.started": {
      const { session, question, knowledge: knowledgeName, tools, budget, unavailable, guidance } = event;
      const given = guidance ? { guidance } : {};
      return { ...state, session, question, knowledgeName, tools, budget, unavailable, ...given };
    }
    case "thought":
      return inStep(state, event.step, (step) => ({ ...step, thought: event.text }));
    case "model.called":
      return modelCalled(state, event);
    case "hypothesis.changed": {
      const { id, statement, status, evidence } = event;
      return { ...state, hypotheses: new Map(state.hypotheses).set(id, { id, statement, status, evidence }) };
    }
    case "tool.called":
      return toolCalled(state, event);
    case "tool.returned":
      return toolReturned(state, event);
    case "answer.proposed": {
      const { answer, abstained, citations } = event;
      return inStep(state, event.step, (step) => ({ ...step, answer: { answer, abstained, citations } }));
    }
    case "answer.checked":
      return inStep(state, event.step, (step) => ({ ...step, problems: event.problems }));
    case "session.ended":
      return { ...state, ended: event };
    default:
      return isResumed(event) ? resumed(state) : state;
  }
}

function withTime(state: State, event: SessionEvent): Usage {
  // A pause between two runs of a session is nobody's working time.
  if (!state.at || event.type === "annotation" || state.ended) return state.usage;
  const passed = Math.max(0, Date.parse(event.at) - Date.parse(state.at));
  return { ...state.usage, seconds: Math.round(state.usage.seconds * 1000 + passed) / 1000 };
}

function inStep(state: State, number: number, change: (step: Step) => Step): State {
  const steps = [...state.steps];
  const index = steps.findIndex((step) => step.step === number);
  if (index < 0) steps.push(change({ step: number, thought: "", returned: [] }));
  else steps[index] = change(steps[index]!);
  return { ...state, steps };
}

function modelCalled(state: State, event: Extract<SessionEvent, { type: "model.called" }>): State {
  const { request, message, finishReason, promptTokens, completionTokens, cost } = event;
  const { usage } = state;
  const added: Usage = {
    ...usage,
    promptTokens: usage.promptTokens + promptTokens,
    completionTokens: usage.completionTokens + completionTokens,
    ...(cost === undefined ? {} : { cost: (usage.cost ?? 0) + cost }),
  };
  return inStep({ ...state, usage: added }, event.step, (step) => ({
    ...step,
    messages: [...(step.messages ?? []), { request, message, ...(finishReason ? { finishReason } : {}) }],
  }));
}

function toolCalled(state: State, event: Extract<SessionEvent, { type: "tool.called" }>): State {
  const acting = state.pending.length > 0 || (state.steps.find((s) => s.step === event.step)?.returned.length ?? 0) > 0;
  const { usage } = state;
  return {
    ...state,
    pending: [...state.pending, event.call],
    usage: { ...usage, toolCalls: usage.toolCalls + 1, steps: usage.steps + (acting ? 0 : 1) },
  };
}

function toolReturned(state: State, event: Extract<SessionEvent, { type: "tool.returned" }>): State {
  const call = state.pending.find((pending) => pending.id === event.call);
  if (!call) return state;
  const { isError, result, ms, fault } = event;
  const returned = { call, isError, result, ms, ...(fault ? { fault } : {}) };
  const pending = state.pending.filter((other) => other !== call);
  const next = inStep({ ...state, pending }, event.step, (step) => ({
    ...step,
    returned: [...step.returned, returned].toSorted((a, b) => position(a) - position(b)),
  }));
  return isError ? next : withKnowledge(next, result);
}

/** Calls are numbered `<step>.<n>`: a result that comes after a resume still stands where its call stood. */
function position({ call }: ReturnedCall): number {
  return Number(call.id.slice(call.id.lastIndexOf(".") + 1)) || 0;
}

/** Takes documents, passages and relations out of any result that carries them in the shared shape, whoever sent it. */
function withKnowledge(state: State, result: unknown): State {
  if (typeof result !== "object" || result === null) return state;
  const { documents, passages, relations } = result as Record<string, unknown>;
  return {
    ...state,
    documents: merged(state.documents, readAll(documents, DocumentHit), mergeDocuments),
    passages: merged(state.passages, readAll(passages, Passage)),
    relations: merged(state.relations, readAll(relations, RelationHit)),
  };
}

interface Reader<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

function readAll<T>(list: unknown, schema: Reader<T>): T[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}

function merged<T extends { id: string }>(
  known: Map<string, T>,
  found: T[],
  join: (old: T, fresh: T) => T = (_, fresh) => fresh,
): Map<string, T> {
  if (found.length === 0) return known;
  const all = new Map(known);
  for (const item of found) {
    const old = all.get(item.id);
    all.set(item.id, old ? join(old, item) : item);
  }
  return all;
}

/** A document once known as retracted stays so, whatever a thinner record says later. */
function mergeDocuments(old: DocumentHit, fresh: DocumentHit): DocumentHit {
  const both = { ...old, ...fresh };
  return old.integrity === "retracted" ? { ...both, integrity: "retracted" } : both;
}

/** Results that say nothing but that the run was stopped, or that a server was gone. */
const ASKED_AGAIN = ["cancelled", "server_unreachable"];

/** A run that was stopped goes on: the calls of its last step that were cut off wait for their result again. */
function resumed(ended: State): State {
  const state = { ...ended };
  delete state.ended;
  const last = state.steps.at(-1);
  if (!last || !ended.ended) return state;
  const cancelled = last.returned.filter((r) => r.isError && ASKED_AGAIN.includes((r.result as ToolFailure).reason));
  if (cancelled.length === 0) return state;
  const returned = last.returned.filter((r) => !cancelled.includes(r));
  return {
    ...inStep(state, last.step, (step) => ({ ...step, returned })),
    pending: [...cancelled.map((r) => r.call), ...state.pending],
  };
}

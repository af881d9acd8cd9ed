/** The event log of a session: the only record of a run, and the state of it. One JSON object a line, `seq` from 0 without gaps. */
import { z } from "zod";
import { Outcome } from "./envelope.ts";
import { MaskedTriple } from "./questions.ts";

export const EVENT_VERSION = 1;

/** Ceilings of a run; reaching one withdraws the tools and asks for an answer. */
export const Budget = z.object({
  steps: z.number().int().positive(),
  toolCalls: z.number().int().positive(),
  tokens: z.number().positive(),
  seconds: z.number().positive(),
  /** US dollars; counted only where the model's prices are known. */
  cost: z.number().positive().optional(),
});
export type Budget = z.infer<typeof Budget>;

export const Usage = z.object({
  steps: z.number().int(),
  toolCalls: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  seconds: z.number(),
  cost: z.number().optional(),
});
export type Usage = z.infer<typeof Usage>;

export const Termination = z.enum([
  "answered",
  "abstained",
  "step_limit",
  "tool_limit",
  "token_limit",
  "time_limit",
  "cost_limit",
  "aborted",
  "infrastructure_error",
]);
export type Termination = z.infer<typeof Termination>;

/** A numbered claim of the answer tied to a passage that a tool of this session returned; `quote` is verbatim in it. */
export const Citation = z.object({
  n: z.number().int().positive(),
  document: z.string(),
  passage: z.string(),
  quote: z.string(),
});
export type Citation = z.infer<typeof Citation>;

export const ToolCall = z.object({
  id: z.string(),
  server: z.string(),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** A large result lies beside the log, named by its content. */
export const Blob = z.object({ sha256: z.string(), bytes: z.number().int() });
export type Blob = z.infer<typeof Blob>;

const base = { v: z.literal(EVENT_VERSION), seq: z.number().int().nonnegative(), at: z.string() };

export const SessionStarted = z.object({
  ...base,
  type: z.literal("session.started"),
  session: z.string(),
  question: z.string(),
  policy: z.object({
    name: z.string(),
    model: z.string().optional(),
    baseUrl: z.string().optional(),
    temperature: z.number().optional(),
    /** How tools are put to the model: the endpoint's own way, or as text (Hermes). */
    toolFormat: z.enum(["native", "hermes"]).optional(),
    /** How results are put to the model: as JSON, or short, with handles for ids (for models with little context). */
    view: z.enum(["full", "compact"]).optional(),
    /** US dollars per million tokens in and out, where the endpoint tells no cost. */
    prices: z.tuple([z.number(), z.number()]).optional(),
  }),
  knowledge: z.string(),
  budget: Budget,
  tools: z.array(z.object({ server: z.string(), tool: z.string() })),
  /** The tools as the policy was given them (names, descriptions, schemas, annotations): what a replay or a training row needs. */
  definitions: Blob.optional(),
  /** Servers that could not be reached when the session began. */
  unavailable: z.array(z.object({ server: z.string(), message: z.string() })).default([]),
  version: z.string(),
  /** The masked path, where the run was guided: given to the policy beside the question, never part of it. */
  guidance: z.array(MaskedTriple).optional(),
});
export const Thought = z.object({
  ...base,
  type: z.literal("thought"),
  step: z.number().int(),
  text: z.string(),
});
export const ToolCalled = z.object({
  ...base,
  type: z.literal("tool.called"),
  step: z.number().int(),
  call: ToolCall,
});
export const ToolReturned = z.object({
  ...base,
  type: z.literal("tool.returned"),
  step: z.number().int(),
  call: z.string(),
  ms: z.number(),
  isError: z.boolean(),
  outcomes: z.array(Outcome).default([]),
  /** structuredContent, or the ToolFailure where isError; absent where it lies in `blob`. */
  result: z.unknown().optional(),
  /** The kind of fault that was injected into this call on purpose; the policy is not told. */
  fault: z.string().optional(),
  blob: Blob.optional(),
});
export const ModelCalled = z.object({
  ...base,
  type: z.literal("model.called"),
  step: z.number().int(),
  /** Digest of the request: the cassette's key. */
  request: z.string(),
  /** The assistant's message as received: content, tool_calls, reasoning. */
  message: z.unknown(),
  finishReason: z.string().optional(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  cost: z.number().optional(),
  ms: z.number(),
});
export const HypothesisChanged = z.object({
  ...base,
  type: z.literal("hypothesis.changed"),
  step: z.number().int(),
  id: z.string(),
  statement: z.string(),
  status: z.enum(["open", "supported", "refuted", "verified"]),
  /** Passage ids. */
  evidence: z.array(z.string()).default([]),
});
export const AnswerProposed = z.object({
  ...base,
  type: z.literal("answer.proposed"),
  step: z.number().int(),
  answer: z.string(),
  abstained: z.boolean(),
  citations: z.array(Citation),
});
export const AnswerChecked = z.object({
  ...base,
  type: z.literal("answer.checked"),
  step: z.number().int(),
  ok: z.boolean(),
  problems: z.array(z.string()).default([]),
});
export const SessionEnded = z.object({
  ...base,
  type: z.literal("session.ended"),
  termination: Termination,
  message: z.string().optional(),
  usage: Usage,
});
export const Annotation = z.object({
  ...base,
  type: z.literal("annotation"),
  author: z.string(),
  target: z.number().int().optional(),
  label: z.string(),
  note: z.string().optional(),
});

export const SessionEvent = z.discriminatedUnion("type", [
  SessionStarted,
  Thought,
  ToolCalled,
  ToolReturned,
  ModelCalled,
  HypothesisChanged,
  AnswerProposed,
  AnswerChecked,
  SessionEnded,
  Annotation,
]);
export type SessionEvent = z.infer<typeof SessionEvent>;

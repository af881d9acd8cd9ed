/** A recorded rollout as a row for supervised training; or why it is none. */
import { createHash } from "node:crypto";
import { chatOf, definitionsOf, fold, readSession } from "../../host/index.ts";
import type { Chat, ChatMessage, State, StoredSession } from "../../host/index.ts";
import type { QuestionRow, SftRow, TrainingMessage, TrajectoryRow } from "../../schemas/index.ts";
import { unfit } from "./checks.ts";
import type { Unfit } from "./checks.ts";
import { lean } from "./lean.ts";
import { unlearned } from "./mask.ts";
import { splitOf } from "./split.ts";
import type { Shares } from "./split.ts";

export interface SftConfiguration extends Shares {
  seed: number;
  /** How tool results are shown; the llm policy has to be run with the same. */
  view: "full" | "compact";
  /** Leave out the turns that nothing later refers to. */
  lean?: boolean;
  /** Longer conversations are left out; the JSON of their messages is measured. */
  maxCharacters?: number;
}

export type RejectionReason =
  | Unfit["reason"]
  | "not_answered"
  | "wrong"
  | "not_cited"
  | "budget_reached"
  | "too_long"
  | "duplicate"
  | "unknown_question"
  | "session_unreadable";

export interface Rejected {
  reason: RejectionReason;
  detail: string;
}

/** @param home under which the sessions lie · @param known digests of the rows so far; that of a new row is added */
export function sftRow(
  trajectory: TrajectoryRow,
  question: QuestionRow | undefined,
  home: string,
  configuration: SftConfiguration,
  known: Set<string>,
): SftRow | Rejected {
  const early = rejectedAlready(trajectory, question);
  if (early || !question) return early ?? { reason: "unknown_question", detail: trajectory.question };
  let stored: StoredSession;
  try {
    stored = readSession(home, trajectory.session);
  } catch (error) {
    return { reason: "session_unreadable", detail: (error as Error).message };
  }
  const state = fold(stored.events);
  const tools = definitionsOf(stored) ?? [];
  const chat = chatOf(configuration.lean ? lean(state, tools) : state, tools, configuration.view);
  const messages = trainingMessages(chat, unlearned(state.steps));
  const reason = unusable(state, chat, messages, question, configuration);
  if (reason) return reason;
  const digest = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  if (known.has(digest)) return { reason: "duplicate", detail: "another row is the same word for word" };
  known.add(digest);
  return rowOf(trajectory, question, stored, chat, messages, configuration);
}

function rejectedAlready(row: TrajectoryRow, question: QuestionRow | undefined): Rejected | undefined {
  if (!question) return { reason: "unknown_question", detail: row.question };
  if (row.termination !== "answered") return { reason: "not_answered", detail: row.termination };
  if (!row.correct) return { reason: "wrong", detail: row.reason };
  return row.cited ? undefined : { reason: "not_cited", detail: "no cited passage names the answer" };
}

function unusable(
  state: State,
  { messages }: Chat,
  training: readonly TrainingMessage[],
  question: QuestionRow,
  { maxCharacters }: SftConfiguration,
): Rejected | undefined {
  const { usage, budget } = state;
  // At the end of a budget a model is told so in words that this conversation does not have.
  if (usage.steps >= budget.steps || usage.toolCalls >= budget.toolCalls) {
    return { reason: "budget_reached", detail: "it was answered when the tools were withdrawn" };
  }
  const size = JSON.stringify(training).length;
  if (maxCharacters !== undefined && size > maxCharacters) return { reason: "too_long", detail: `${size} characters` };
  return unfit(messages, [question.answer, ...question.aliases]);
}

function rowOf(
  trajectory: TrajectoryRow,
  question: QuestionRow,
  { events }: StoredSession,
  { tools }: Chat,
  messages: TrainingMessage[],
  { seed, view, lean: isLean, validation, test }: SftConfiguration,
): SftRow {
  const started = events[0];
  if (started?.type !== "session.started") throw new Error(`session ${trajectory.session} has no beginning`);
  const { policy, version } = started;
  return {
    id: trajectory.key,
    messages,
    tools: tools.map((tool) => ({ type: "function", function: tool })),
    specialty: trajectory.specialty,
    split: splitOf(seed, trajectory.seed, { validation, test }),
    provenance: {
      session: trajectory.session,
      question: trajectory.question,
      seed: trajectory.seed,
      arm: trajectory.arm,
      version,
    },
    corruption: trajectory.faults,
    meta: {
      knowledge: question.knowledge,
      hops: trajectory.hops,
      toolCalls: trajectory.toolCalls,
      policy: policy.model ?? policy.name,
      view,
      ...(isLean ? { lean: true } : {}),
    },
  };
}

/** Arguments stay objects: a template would encode a text a second time. */
function trainingMessages({ messages }: Chat, masked: ReadonlySet<number>): TrainingMessage[] {
  return messages.map(({ role, content, calls, call, step }: ChatMessage): TrainingMessage => ({
    role,
    content,
    ...(calls
      ? {
          tool_calls: calls.map(({ id, name, arguments: args }) => ({
            id,
            type: "function" as const,
            function: { name, arguments: args },
          })),
        }
      : {}),
    ...(call === undefined ? {} : { tool_call_id: call }),
    ...(role === "assistant" && step !== undefined && masked.has(step) ? { train: false } : {}),
  }));
}

/** Tasks for reinforcement learning: the prompt that the policy begins with, and what its answer is compared with. */
import { chatOf, fold } from "../../host/index.ts";
import type { QuestionRow, RlRow, TrajectoryRow } from "../../schemas/index.ts";
import { mentionsAny } from "./checks.ts";

export interface RlConfiguration {
  view: "full" | "compact";
  /** Questions whose share of right rollouts lies outside are left out: all right or all wrong teaches nothing. Our own thresholds; the paper gives none. */
  minPass: number;
  maxPass: number;
}

export type RlRejection = { reason: "not_tried" | "pass_rate" | "answer_in_prompt"; detail: string };

/** @param rollouts of this question */
export function rlRow(
  question: QuestionRow,
  rollouts: readonly TrajectoryRow[],
  { view, minPass, maxPass }: RlConfiguration,
): RlRow | RlRejection {
  if (rollouts.length === 0) return { reason: "not_tried", detail: "no rollout of it" };
  const rate = rollouts.filter((row) => row.correct).length / rollouts.length;
  if (rate < minPass || rate > maxPass)
    return { reason: "pass_rate", detail: `${rate.toFixed(2)} of ${rollouts.length}` };
  const { messages } = chatOf({ ...fold([]), question: question.question }, [], view);
  const names = [question.answer, ...question.aliases];
  if (messages.some((m) => mentionsAny(names)(m.content)))
    return { reason: "answer_in_prompt", detail: "the question says it" };
  const { id, answer, aliases, specialty, hops } = question;
  return { id, prompt: messages.map(({ role, content }) => ({ role, content })), answer, aliases, specialty, hops };
}

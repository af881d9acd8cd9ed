/** A judge's word on one answer. Three outcomes: a verdict, an error of the machine, or no usable verdict (unscored). */
import { z } from "zod";
import { officialVerdict, robustVerdict, type Mode } from "../scorers/index.ts";
import { isEmptyAnswer } from "./empty-answer.ts";
import type { AskJudge } from "./endpoint.ts";
import { medbrowsecompMessages, xbenchMessages, type ToJudge } from "./prompts.ts";

export { judgeEndpoint, type AskJudge, type JudgeSettings } from "./endpoint.ts";
export { PROMPT_VERSION } from "./prompts.ts";

export type Judgement =
  | { outcome: "verdict"; correct: boolean; reason: string; cost: number }
  | { outcome: "error" | "unscored"; reason: string; cost: number };

/** A reply that cannot be read is asked for once more. */
const TRIES = 2;

/**
 * @param family whose judge: its prompt, and how its reply is read
 * @param mode official: the first reply counts, and what its parser cannot read counts as wrong
 */
export async function judge(
  family: "medbrowsecomp" | "xbench",
  ask: AskJudge,
  toJudge: ToJudge,
  mode: Mode,
  signal?: AbortSignal,
): Promise<Judgement> {
  if (isEmptyAnswer(toJudge.answer))
    return { outcome: "verdict", correct: false, reason: "there is no answer in it", cost: 0 };
  const messages = family === "xbench" ? xbenchMessages(toJudge) : medbrowsecompMessages(toJudge);
  let cost = 0;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    let text: string;
    try {
      const reply = await ask(messages, family === "medbrowsecomp", signal);
      cost += reply.cost;
      text = reply.text;
    } catch (error) {
      signal?.throwIfAborted();
      return { outcome: "error", reason: (error as Error).message, cost };
    }
    const correct = family === "xbench" ? readXbench(text, mode) : readJson(text, mode);
    if (correct !== undefined)
      return { outcome: "verdict", correct, reason: `the judge: ${correct ? "right" : "wrong"}`, cost };
  }
  return { outcome: "unscored", reason: `the judge gave no usable verdict in ${TRIES} replies`, cost };
}

function readXbench(text: string, mode: Mode): boolean | undefined {
  return mode === "official" ? officialVerdict(text) : robustVerdict(text);
}

const Verdict = z.object({
  extracted_final_answer: z.string(),
  reasoning: z.string(),
  correct: z.string().transform((word) => word.toLowerCase()),
});

/** Whole JSON of the asked shape, or nothing: a text that merely holds the word "yes" is no verdict. */
function readJson(text: string, mode: Mode): boolean | undefined {
  const verdict = Verdict.safeParse(
    parsed(mode === "robust" ? text.replace(/^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/, "$1") : text),
  );
  if (!verdict.success) return mode === "official" ? false : undefined;
  const { correct, extracted_final_answer: extracted } = verdict.data;
  if (mode === "official") return correct === "yes";
  // "None, yes" contradicts itself.
  if (correct === "yes") return extracted.trim() === "" || /^none$/i.test(extracted.trim()) ? undefined : true;
  return correct === "no" ? false : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

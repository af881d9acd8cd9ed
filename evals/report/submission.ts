/** The answers of a run in the form that GAIA's leaderboard takes; they are read from the sessions, since cells of gated sets hold none. */
import { fold, outcomeOf, readSession } from "../../host/index.ts";
import type { CellRecord } from "../../schemas/index.ts";
import { finalAnswer } from "../scorers/index.ts";

/** JSONL of {task_id, model_answer}, a line for each task's first repeat; an abstention is an empty answer. */
export function submission(cells: readonly CellRecord[], home: string): string {
  return cells
    .filter(({ repeat }) => repeat === 0)
    .map((cell) => `${JSON.stringify({ task_id: cell.task, model_answer: answerOf(cell, home) })}\n`)
    .join("");
}

function answerOf({ session, termination }: CellRecord, home: string): string {
  if (session === undefined || termination !== "answered") return "";
  return finalAnswer(outcomeOf(fold(readSession(home, session).events)).answer);
}

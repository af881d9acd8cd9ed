/** What a finished session is worth: the answer by rule or judge, as a cell's outcome. Reasons quote no task. */
import type { CellRecord, Task } from "../../schemas/index.ts";
import type { Outcome } from "../../host/index.ts";
import type { Benchmark } from "../benchmarks/index.ts";
import { judge, type AskJudge } from "../judge/index.ts";
import { finalAnswer, matchesXbench, scoreByRule, type Mode } from "../scorers/index.ts";
import { contaminatedBy } from "./contamination.ts";

export type Verdict = Pick<CellRecord, "outcome" | "correct" | "reason" | "judgeCost">;

export interface Scoring {
  benchmark: Benchmark;
  mode: Mode;
  ask?: AskJudge;
  signal?: AbortSignal;
}

/** Golds that are not published stand in the files as this. */
const NO_GOLD = "?";

export async function scoreOutcome(outcome: Outcome, task: Task, scoring: Scoring): Promise<Verdict> {
  const { benchmark, mode, ask, signal } = scoring;
  const { termination, answer } = outcome;
  if (termination === "infrastructure_error") {
    const why = benchmark.access === "open" && outcome.message ? `: ${outcome.message.slice(0, 300)}` : "";
    return { outcome: "error", correct: false, reason: `the session lost its infrastructure${why}` };
  }
  const source = contaminatedBy(outcome.state, benchmark.blocked);
  if (source) return wrong(`contaminated: the session touched ${source}`);
  if (termination !== "answered") return wrong(`no answer: ${termination}`);
  if (task.gold === NO_GOLD) return { outcome: "unscored", correct: false, reason: "its answer is not published" };
  const byRule = () =>
    scoreByRule(benchmark.scorer, mode, {
      ...task,
      answer: benchmark.scorer === "gaia" ? finalAnswer(answer) : answer,
    });
  const family = benchmark.scorer;
  if (family === "xbench" && matchesXbench(answer, task.gold, mode))
    return { outcome: "verdict", correct: true, reason: "equal, no judge needed" };
  if ((family === "xbench" || family === "medbrowsecomp") && ask) {
    const { cost, ...judgement } = await judge(
      family,
      ask,
      { question: task.question, gold: task.gold, answer },
      mode,
      signal,
    );
    return { correct: false, ...judgement, ...(cost > 0 ? { judgeCost: cost } : {}) };
  }
  if (family === "xbench") return { outcome: "unscored", correct: false, reason: "not equal, and no judge was given" };
  return { outcome: "verdict", ...byRule() };
}

function wrong(reason: string): Verdict {
  return { outcome: "verdict", correct: false, reason };
}

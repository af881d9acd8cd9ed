/** What a constant answer scores: a result that is not above it has found nothing. */
import type { Task } from "../../schemas/index.ts";
import type { Benchmark } from "../benchmarks/index.ts";
import { scoreByRule } from "../scorers/index.ts";

export interface Baseline {
  /** What was answered, in words that quote no gold. */
  what: string;
  correct: number;
  total: number;
}

export function constantBaseline({ constant, scorer }: Benchmark, tasks: readonly Task[]): Baseline {
  const answer = constant.of(tasks);
  const correct = tasks.filter((task) => scoreByRule(scorer, "robust", { ...task, answer: answer(task) }).correct);
  return { what: constant.what, correct: correct.length, total: tasks.length };
}

/** One rollout: the host over the question, with guidance and faults where the cell has them, and what came of it as a row. */
import { faultyPool, runSession } from "../../../host/index.ts";
import type { Outcome, PolicyFactory, ToolPool } from "../../../host/index.ts";
import { scoreExact } from "../../../evals/scorers/index.ts";
import type { QuestionRow, TrajectoryRow } from "../../../schemas/index.ts";
import { behaviourOf } from "./behaviour.ts";
import { maskedPath } from "./guidance.ts";
import type { Cell, Configuration } from "./plan.ts";

export interface RolloutOptions {
  home: string;
  /** Shared by all rollouts over one knowledge. */
  pool: ToolPool;
  policy: PolicyFactory;
  configuration: Configuration;
  signal: AbortSignal;
}

/** The row; or why there is none: what stopped, or lost its infrastructure, is not done. */
export type Rollout = { row: TrajectoryRow } | { failure: string };

export async function rollOut(cell: Cell, options: RolloutOptions): Promise<Rollout> {
  const { home, pool, policy, configuration, signal } = options;
  const { settings, budget, faults, version } = configuration;
  const { question, arm, key } = cell;
  const outcome = await runSession({
    home,
    pool: faults > 0 ? faultyPool(pool, { key, rate: faults }) : pool,
    policy,
    question: question.question,
    settings,
    knowledge: question.knowledge,
    budget,
    version,
    signal,
    ...(arm === "guided" ? { guidance: maskedPath(question.proof) } : {}),
  });
  const { termination, message } = outcome;
  if (termination === "aborted" || termination === "infrastructure_error") {
    return { failure: `${termination}${message ? `: ${message}` : ""}` };
  }
  return { row: rowOf(cell, outcome) };
}

function rowOf({ key, question, repeat, arm }: Cell, outcome: Outcome): TrajectoryRow {
  const { session, termination, usage, state } = outcome;
  const { correct, reason } = outcome.abstained
    ? { correct: false, reason: "no answer was given" }
    : scoreExact(outcome.answer, question.answer, question.aliases);
  const faults = state.steps.flatMap((step) => step.returned.flatMap((r) => r.fault ?? []));
  return {
    key,
    question: question.id,
    session,
    arm,
    repeat,
    termination,
    correct,
    cited: isCited(outcome, question),
    toolCalls: usage.toolCalls,
    interactions: usage.steps,
    reason,
    behaviour: behaviourOf(state),
    faults: Object.fromEntries(
      [...Map.groupBy(faults.toSorted(), (kind) => kind)].map(([kind, all]) => [kind, all.length]),
    ),
    hops: question.hops,
    specialty: question.specialty,
    seed: question.proof.seed,
  };
}

/** An answer whose marks stood up to the host's check, with a passage among them that names what was asked for. */
function isCited({ termination, citations, state }: Outcome, { answer, aliases }: QuestionRow): boolean {
  if (termination !== "answered") return false;
  const texts = citations.map(({ passage, quote }) => (state.passages.get(passage)?.text ?? quote).toLowerCase());
  return [answer, ...aliases].some((name) => texts.some((text) => text.includes(name.toLowerCase())));
}

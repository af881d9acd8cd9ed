/** Collects rollouts: those that are not in the file yet, several at once, over servers that all rollouts of one knowledge share. */
import { inProcess, openPool } from "../../../host/index.ts";
import type { HostParts, PolicyFactory } from "../../../host/index.ts";
import type { QuestionRow, TrajectoryRow } from "../../../schemas/index.ts";
import { openKnowledge } from "../../../servers/knowledge/index.ts";
import { Ledger } from "./ledger.ts";
import { planCells } from "./plan.ts";
import type { Cell, Configuration } from "./plan.ts";
import { rollOut } from "./rollout.ts";
import type { RolloutOptions } from "./rollout.ts";

export interface CollectOptions {
  questions: readonly QuestionRow[];
  perQuestion: number;
  out: string;
  /** Folder under which sessions are recorded. */
  home: string;
  /** Rollouts at once. */
  concurrency: number;
  configuration: Configuration;
  parts: Pick<HostParts, "openServers" | "knowledgeName">;
  policy: PolicyFactory;
  signal: AbortSignal;
  /** Called after each rollout. */
  observe?: (progress: Progress, row?: TrajectoryRow) => void;
}

export interface Progress {
  /** Rollouts that are wanted, and of those in the file. */
  wanted: number;
  done: number;
  /** Rollouts of this run that came to no end, with why; the next run tries them again. */
  failures: { key: string; reason: string }[];
}

export interface Collected extends Progress {
  /** Of `done`, what was there before. */
  before: number;
  correct: number;
  /** Why the run ended before everything was tried. */
  stopped?: string;
}

/** So many rollouts one after the other without infrastructure: it is gone, and trying the rest would only cost time. */
const LOST_AFTER = 8;

/** @throws Error where the file or the knowledge cannot be opened, or a session cannot be written (a full disk) */
export async function collect(options: CollectOptions): Promise<Collected> {
  const { questions, perQuestion, configuration, out } = options;
  const cells = unique(planCells(questions, perQuestion, configuration));
  const ledger = new Ledger(out);
  try {
    const open = cells.filter(({ key }) => !ledger.has(key));
    const before = cells.length - open.length;
    const collected: Collected = { wanted: cells.length, done: before, before, failures: [], correct: 0 };
    for (const [knowledge, group] of Map.groupBy(open, (cell) => cell.question.knowledge)) {
      if (collected.stopped || options.signal.aborted) break;
      await overKnowledge(knowledge, group, ledger, collected, options);
    }
    if (options.signal.aborted) collected.stopped = "stopped by the user";
    return collected;
  } finally {
    ledger.close();
  }
}

function unique(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.key, cell])).values()];
}

async function overKnowledge(
  name: string,
  cells: readonly Cell[],
  ledger: Ledger,
  collected: Collected,
  options: CollectOptions,
): Promise<void> {
  const { parts, home, policy, configuration, signal } = options;
  const knowledge = await parts.knowledgeName(name);
  checkRevision(knowledge, [...new Set(cells.map((cell) => cell.question))]);
  const factories = await parts.openServers({ knowledge });
  const pool = await openPool(inProcess(factories), { signal });
  try {
    await inParallel(cells, ledger, collected, options, { home, pool, policy, configuration, signal });
  } finally {
    await pool.close();
    await Promise.allSettled(factories.map((factory) => factory.close()));
  }
}

/** @throws Error where the knowledge is not what the questions were proven from: their answers may not hold any more */
function checkRevision(name: string, questions: readonly QuestionRow[]): void {
  const knowledge = openKnowledge(name);
  const { revision } = knowledge.manifest;
  knowledge.close();
  const other = questions.filter(({ proof }) => proof.revision !== revision);
  if (other.length === 0) return;
  throw new Error(
    `${other.length} of ${questions.length} questions were made from another revision of ${name} ` +
      `(${other[0]!.proof.revision}; it is ${revision} now): make the questions anew with synth questions`,
  );
}

async function inParallel(
  cells: readonly Cell[],
  ledger: Ledger,
  collected: Collected,
  { concurrency, signal, observe }: CollectOptions,
  rollout: RolloutOptions,
): Promise<void> {
  const queue = cells.values();
  let lost = 0;
  const work = async () => {
    for (const cell of queue) {
      if (signal.aborted || collected.stopped) return;
      const result = await rollOut(cell, rollout);
      if ("failure" in result) {
        if (signal.aborted) return;
        collected.failures.push({ key: cell.key, reason: result.failure });
        if (++lost >= LOST_AFTER) collected.stopped ??= `${lost} rollouts in a row failed; the last: ${result.failure}`;
      } else {
        lost = 0;
        ledger.add(result.row);
        collected.done++;
        if (result.row.correct) collected.correct++;
      }
      observe?.(collected, "row" in result ? result.row : undefined);
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, cells.length) }, work);
  const settled = await Promise.allSettled(workers);
  for (const result of settled) if (result.status === "rejected") throw result.reason;
}

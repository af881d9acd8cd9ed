/** Runs the cells that are still to be run, several at a time, and records each once it is scored. */
import type { CellRecord, Task } from "../../schemas/index.ts";
import type { Cells } from "./cells.ts";
import { cellKey, type Configuration } from "./manifest.ts";
import { research, type Researcher } from "./research.ts";
import { scoreOutcome, type Scoring } from "./score.ts";

export interface Cell {
  key: string;
  task: Task;
  repeat: number;
}

/** Repeat by repeat, so that a run that is stopped early has asked every question as often as any other. */
export function plan(configuration: Configuration, tasks: readonly Task[], repeats: number): Cell[] {
  return Array.from({ length: repeats }, (_, repeat) =>
    tasks.map((task) => ({ key: cellKey(configuration, task.id, repeat), task, repeat })),
  ).flat();
}

/** Those without a record and, where errors are to be tried again, those that ended without a verdict. */
export function missing(cells: readonly Cell[], done: ReadonlyMap<string, CellRecord>, retryErrors: boolean): Cell[] {
  return cells.filter(({ key }) => {
    const record = done.get(key);
    return !record || (retryErrors && record.outcome !== "verdict");
  });
}

export interface Execution {
  cells: Cells;
  researcher: Researcher;
  scoring: Scoring;
  scorer: string;
  concurrency: number;
  /** US dollars; no further cell is begun once this much is spent. */
  maxCost?: number;
  recorded?: (cell: CellRecord) => void;
}

/** @returns whether all of them were run; false where it was stopped, or where the money was spent */
export async function execute(todo: readonly Cell[], by: Execution): Promise<boolean> {
  const queue = [...todo];
  const failures: unknown[] = [];
  const worker = async () => {
    while (queue.length > 0 && failures.length === 0 && !by.researcher.signal.aborted && affordable(by)) {
      try {
        await runCell(queue.shift()!, by);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(by.concurrency, todo.length) }, worker));
  if (by.researcher.signal.aborted) return false;
  if (failures.length > 0) throw failures[0];
  return queue.length === 0;
}

async function runCell({ key, task, repeat }: Cell, by: Execution): Promise<void> {
  const { cells, researcher, scoring, scorer } = by;
  const outcome = await research(researcher, task, cells.begun.get(key), (session) => cells.begin(key, session));
  // Stopped by the user: no result of any kind; the session goes on with the next run.
  if (outcome.termination === "aborted") return;
  const verdict = await scoreOutcome(outcome, task, scoring);
  const { access, name } = scoring.benchmark;
  const record: CellRecord = {
    key,
    benchmark: name,
    task: task.id,
    repeat,
    group: task.group,
    ...verdict,
    ...(access === "open" || access === "obfuscated" ? { answer: outcome.answer } : {}),
    ...(researcher.unrecorded ? {} : { session: outcome.session }),
    termination: outcome.termination,
    usage: outcome.usage,
    scorer,
  };
  cells.record(record);
  by.recorded?.(record);
}

function affordable({ cells, maxCost }: Execution): boolean {
  return maxCost === undefined || spent(cells.done.values()) < maxCost;
}

export function spent(records: Iterable<CellRecord>): number {
  let sum = 0;
  for (const { usage, judgeCost } of records) sum += (usage?.cost ?? 0) + (judgeCost ?? 0);
  return sum;
}

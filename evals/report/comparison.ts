/** Two runs on the same tasks, side by side: how often they disagree, and whether that is more than chance. */
import type { CellRecord } from "../../schemas/index.ts";
import { BadRun, type Manifest } from "../run/manifest.ts";
import { mcnemar } from "../statistics/mcnemar.ts";
import { summarise, type Rate } from "./summary.ts";

export interface Run {
  manifest: Manifest;
  cells: readonly CellRecord[];
}

export interface Comparison {
  benchmark: string;
  first: Rate;
  second: Rate;
  /** Tasks that both runs planned. */
  tasks: number;
  /** Tasks that the first run got right more often than the second, and the other way round. */
  firstBetter: number;
  secondBetter: number;
  /** Exact McNemar test, two-sided; with repeats a sign test over tasks. */
  p: number;
}

/** @throws BadRun where the runs are not of the same data set, or are scored differently */
export function compare(first: Run, second: Run): Comparison {
  for (const key of ["benchmark", "dataset", "scorer"] as const) {
    const [a, b] = [first.manifest.configuration[key], second.manifest.configuration[key]];
    if (a !== b) throw new BadRun(`the runs cannot be compared: ${key} is ${a} in one, ${b} in the other`);
  }
  const shared = first.manifest.tasks.filter(({ id }) => second.manifest.tasks.some((task) => task.id === id));
  const shares = shared.map(({ id }) => share(first, id) - share(second, id));
  const firstBetter = shares.filter((difference) => difference > 0).length;
  const secondBetter = shares.filter((difference) => difference < 0).length;
  return {
    benchmark: first.manifest.configuration.benchmark,
    first: summarise(first.manifest, first.cells).overall.strict,
    second: summarise(second.manifest, second.cells).overall.strict,
    tasks: shared.length,
    firstBetter,
    secondBetter,
    p: mcnemar(firstBetter, secondBetter),
  };
}

/** Of the planned repeats; a cell that was not run counts as wrong. */
function share({ manifest, cells }: Run, task: string): number {
  return (
    cells.filter((cell) => cell.task === task && cell.repeat < manifest.repeats && cell.correct).length /
    manifest.repeats
  );
}

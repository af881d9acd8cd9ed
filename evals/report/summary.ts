/** A run in numbers: always k of n with an interval, over a denominator that was fixed before the start. */
import type { CellRecord } from "../../schemas/index.ts";
import type { Manifest, PlannedTask } from "../run/manifest.ts";
import { clusterBootstrap } from "../statistics/bootstrap.ts";
import { meanPassAtK } from "../statistics/pass-at-k.ts";
import { wilson, type Interval } from "../statistics/wilson.ts";

export interface Rate {
  k: number;
  n: number;
  /** Wilson, 95 %. */
  interval: Interval;
}

export interface Part {
  name: string;
  /** Of all planned cells; errors, unscored cells and those not yet run count as wrong. */
  strict: Rate;
  /** Of the cells in which an answer was given and judged. */
  attempted: Rate;
}

export interface Summary {
  benchmark: string;
  title: string;
  planned: number;
  done: number;
  errors: number;
  unscored: number;
  abstained: number;
  contaminated: number;
  overall: Part;
  groups: Part[];
  /** 95 %, drawing clusters (an ingredient, a seed; else a task with its repeats) as wholes; too few or all alike tell nothing. */
  bootstrap?: Interval;
  repeats: number;
  /** pass@k for k up to the repeats; only where every cell is done. */
  passAtK: { k: number; value: number }[];
  /** Share of tasks that more than half of the repeats got right. */
  majority?: Rate;
  baseline: Manifest["baseline"];
  cost: number;
  configuration: Manifest["configuration"];
  notes: string[];
}

export function summarise(manifest: Manifest, records: readonly CellRecord[]): Summary {
  const { tasks, repeats, configuration, title, baseline, notes } = manifest;
  const planned = new Set(tasks.map(({ id }) => id));
  const cells = records.filter(({ task, repeat }) => planned.has(task) && repeat < repeats);
  const byTask = Map.groupBy(cells, ({ task }) => task);
  const count = (holds: (cell: CellRecord) => boolean) => cells.filter(holds).length;
  const groups = [...Map.groupBy(tasks, ({ group }) => group)].filter(([name]) => name !== "");
  const complete = cells.length === tasks.length * repeats;
  const perTask = tasks.map(({ id }) => ({
    attempts: repeats,
    correct: (byTask.get(id) ?? []).filter((c) => c.correct).length,
  }));
  const interval = bootstrap(tasks, repeats, byTask);
  return {
    benchmark: configuration.benchmark,
    title,
    planned: tasks.length * repeats,
    done: cells.length,
    errors: count(({ outcome }) => outcome === "error"),
    unscored: count(({ outcome }) => outcome === "unscored"),
    abstained: count(({ outcome, termination }) => outcome === "verdict" && termination !== "answered"),
    contaminated: count(({ reason }) => reason.startsWith("contaminated")),
    overall: part("all", tasks, repeats, byTask),
    groups: groups
      .map(([name, members]) => part(name, members, repeats, byTask))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ...(interval ? { bootstrap: interval } : {}),
    repeats,
    passAtK: complete ? powersUpTo(repeats).map((k) => ({ k, value: meanPassAtK(perTask, k)! })) : [],
    ...(complete && repeats > 1
      ? { majority: rate(perTask.filter(({ correct }) => correct > repeats / 2).length, tasks.length) }
      : {}),
    baseline,
    cost: cells.reduce((sum, { usage, judgeCost }) => sum + (usage?.cost ?? 0) + (judgeCost ?? 0), 0),
    configuration,
    notes,
  };
}

function part(
  name: string,
  tasks: readonly PlannedTask[],
  repeats: number,
  byTask: ReadonlyMap<string, CellRecord[]>,
): Part {
  const cells = tasks.flatMap(({ id }) => byTask.get(id) ?? []);
  const attempted = cells.filter(({ outcome, termination }) => outcome === "verdict" && termination === "answered");
  const correct = cells.filter((cell) => cell.correct).length;
  return {
    name,
    strict: rate(correct, tasks.length * repeats),
    attempted: rate(attempted.filter((cell) => cell.correct).length, attempted.length),
  };
}

function rate(k: number, n: number): Rate {
  return { k, n, interval: wilson(k, n) };
}

const FEWEST_CLUSTERS = 10;

/** A cell that was not run counts as wrong here, too. */
function bootstrap(
  tasks: readonly PlannedTask[],
  repeats: number,
  byTask: ReadonlyMap<string, CellRecord[]>,
): Interval | undefined {
  const scoresOf = ({ id }: PlannedTask) =>
    Array.from({ length: repeats }, (_, repeat) =>
      Number(byTask.get(id)?.some((cell) => cell.repeat === repeat && cell.correct) ?? false),
    );
  const clusters = [...Map.groupBy(tasks, ({ cluster, id }) => cluster ?? id).values()].map((members) =>
    members.flatMap(scoresOf),
  );
  const alike = new Set(clusters.flat()).size < 2;
  return clusters.length < FEWEST_CLUSTERS || alike ? undefined : clusterBootstrap(clusters);
}

function powersUpTo(repeats: number): number[] {
  return [1, 2, 3, 4, 5, 8, 10, 16].filter((k) => k <= repeats);
}

/** "27/50 = 54.0 % (95 % 40.4–67.0)" */
export function sayRate({ k, n, interval }: Rate): string {
  return n === 0 ? "0/0" : `${k}/${n} = ${percent(k / n)} % (95 % ${sayInterval(interval)})`;
}

export function sayInterval({ low, high }: Interval): string {
  return `${percent(low)}–${percent(high)}`;
}

export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

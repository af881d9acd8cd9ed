/** What a file of trajectories amounts to, with the paper's figures beside ours. */
import { SPECIALTIES } from "../../../schemas/index.ts";
import type { TrajectoryRow } from "../../../schemas/index.ts";

/** k of n with the Wilson 95 % interval; an empty n is [0, 1]: nothing is known. */
export interface Share {
  k: number;
  n: number;
  low: number;
  high: number;
}

export interface Compared {
  name: string;
  /** As the paper states it; absent where it gives none. */
  paper?: number;
  ours: number | Share;
  /** What is counted, since the paper defines none of its figures. */
  counted: string;
}

export interface Statistics {
  trajectories: number;
  questions: number;
  compared: Compared[];
  success: { by: string; groups: { name: string; right: Share; rightAndCited: Share }[] }[];
  terminations: Record<string, number>;
  /** Injected faults by kind, over all rollouts. */
  faults: Record<string, number>;
}

export function statisticsOf(rows: readonly TrajectoryRow[]): Statistics {
  const failed = rows.filter((row) => row.behaviour.failed);
  const specialties = new Set(rows.map((row) => row.specialty));
  const shareOf = (holds: (row: TrajectoryRow) => boolean) => wilson(rows.filter(holds).length, rows.length);
  return {
    trajectories: rows.length,
    questions: new Set(rows.map((row) => row.question)).size,
    compared: [
      { name: "trajectories", paper: 2100, ours: rows.length, counted: "finished rollouts" },
      { name: "specialties", paper: 12, ours: specialties.size, counted: "with at least one trajectory" },
      {
        name: "tool interactions, mean",
        paper: 4.2,
        ours: mean(rows.map((r) => r.interactions)),
        counted: "turns in which tools were called",
      },
      { name: "hops, mean", paper: 4.2, ours: mean(rows.map((r) => r.hops)), counted: "edges of the question's chain" },
      {
        name: "tool calls, mean",
        ours: mean(rows.map((r) => r.toolCalls)),
        counted: "all calls; several may go out in one turn",
      },
      {
        name: "medical tool first",
        paper: 0.78,
        ours: shareOf((r) => r.behaviour.medicalFirst),
        counted: "first call to kg-explorer, medical-retriever or clinical-reasoning; every seed is a rare entity",
      },
      {
        name: "switching",
        paper: 0.42,
        ours: shareOf((r) => r.behaviour.switched),
        counted: "medical and general tools in one rollout",
      },
      {
        name: "error recovery",
        paper: 0.34,
        ours: shareOf((r) => r.behaviour.recovered),
        counted: "of all rollouts: a failure, and after each the same call or another tool gave a result",
      },
      {
        name: "recovered of those with a failure",
        ours: wilson(failed.filter((r) => r.behaviour.recovered).length, failed.length),
        counted: "injected and natural failures alike",
      },
    ],
    success: [
      successBy("arm", rows, (row) => row.arm),
      successBy("hops", rows, (row) => String(row.hops)),
      successBy("specialty", rows, (row) => row.specialty),
      successBy("faults", rows, (row) => (Object.keys(row.faults).length > 0 ? "disturbed on purpose" : "undisturbed")),
    ],
    terminations: counted(rows.map((row) => row.termination)),
    faults: total(rows.map((row) => row.faults)),
  };
}

function successBy(by: string, rows: readonly TrajectoryRow[], group: (row: TrajectoryRow) => string) {
  const groups = [...Map.groupBy(rows, group)]
    .map(([name, all]) => ({
      name,
      right: wilson(all.filter((row) => row.correct).length, all.length),
      rightAndCited: wilson(all.filter((row) => row.correct && row.cited).length, all.length),
    }))
    .toSorted((a, b) => place(a.name) - place(b.name) || a.name.localeCompare(b.name, "en", { numeric: true }));
  return { by, groups };
}

/** Specialties in their order; all else is -1 and sorted by name. */
function place(name: string): number {
  return SPECIALTIES.indexOf(name as (typeof SPECIALTIES)[number]);
}

const Z = 1.959964;

export function wilson(k: number, n: number): Share {
  if (n === 0) return { k, n, low: 0, high: 1 };
  const p = k / n;
  const z2 = Z * Z;
  const centre = p + z2 / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { k, n, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function counted(values: readonly string[]): Record<string, number> {
  return total(values.map((value) => ({ [value]: 1 })));
}

function total(counts: readonly Record<string, number>[]): Record<string, number> {
  const sum = new Map<string, number>();
  for (const count of counts) for (const [key, n] of Object.entries(count)) sum.set(key, (sum.get(key) ?? 0) + n);
  return Object.fromEntries([...sum].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Collecting in a temporary home, for tests: the planner over the starter, without a network. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPolicy } from "../../host/index.ts";
import { hostParts } from "../../servers/commands/registry.ts";
import { TrajectoryRow, type QuestionRow } from "../../schemas/index.ts";
import { readRows } from "../jsonl.ts";
import { collect } from "../synthesis/trajectories/index.ts";
import type { Collected, CollectOptions, Configuration } from "../synthesis/trajectories/index.ts";

/** A fresh home that this process uses from now on. */
export function useTemporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), "medresearcher-training-"));
  process.env["MEDRESEARCHER_HOME"] = home;
  process.env["MEDRESEARCHER_OFFLINE"] = "1";
  return home;
}

export const CONFIGURATION: Configuration = {
  settings: { name: "planner" },
  budget: { steps: 40, toolCalls: 240, seconds: 900 },
  faults: 0.15,
  guided: 0.7,
  seed: 1,
  online: false,
  version: "test",
};

export async function collectTo(
  out: string,
  questions: readonly QuestionRow[],
  options: Partial<CollectOptions> = {},
): Promise<Collected> {
  return collect({
    questions,
    perQuestion: 2,
    out,
    home: process.env["MEDRESEARCHER_HOME"]!,
    concurrency: 3,
    configuration: CONFIGURATION,
    parts: hostParts,
    policy: await loadPolicy({ name: "planner" }),
    signal: new AbortController().signal,
    ...options,
  });
}

export const rowsOf = (file: string): TrajectoryRow[] => readRows(file, TrajectoryRow);

/** All of a row but the session's name, in the order of the keys: what two runs must have in common. */
export function essence(file: string): TrajectoryRow[] {
  return rowsOf(file)
    .map((row) => ({ ...row, session: "" }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export function writeRows(file: string, rows: readonly object[]): string {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

export const linesOf = (file: string): string[] => readFileSync(file, "utf8").split("\n").filter(Boolean);

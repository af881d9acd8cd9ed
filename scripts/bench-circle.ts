/**
 * `npm run bench:circle`: 2,000 trajectories of the planner from one command, and the same again with the command killed
 * five times on the way. Prints the time of each and whether the two sets of rows are the same.
 * `-- --trajectories 200` for a quick look. (Questions and their proofs: `npm run bench:questions`.)
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { TrajectoryRow } from "../schemas/index.ts";
import { CLI, cli } from "./proof/cli.ts";

const REPEATS = 2;
const KILLS = 5;

const { values } = parseArgs({
  options: { trajectories: { type: "string", default: "2000" }, knowledge: { type: "string", default: "gym:21" } },
});
const wanted = Number(values.trajectories);
const folder = mkdtempSync(join(tmpdir(), "medresearcher-circle-"));
process.env["MEDRESEARCHER_HOME"] = join(folder, "home");
const questions = join(folder, "questions.jsonl");

try {
  await cli(
    "synth",
    "questions",
    "--knowledge",
    values.knowledge,
    "--count",
    String(wanted / REPEATS),
    "--out",
    questions,
  );
  const straight = await collect("straight", []);
  // Spread over the run, so that each kill finds it at other work.
  const kills = Array.from({ length: KILLS }, () => straight.seconds / (KILLS + 2));
  const killed = await collect("killed", kills);
  const same = JSON.stringify(straight.rows) === JSON.stringify(killed.rows);
  console.table({
    straight: { rows: straight.rows.length, seconds: straight.seconds, right: straight.right },
    [`killed ${KILLS} times`]: { rows: killed.rows.length, seconds: killed.seconds, right: killed.right },
  });
  console.log(`the same set: ${same ? "yes" : "NO"}`);
  process.exitCode = same && straight.rows.length === wanted ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the command until it is done, killing it after each of `after` seconds. Rows without session ids, by key. */
async function collect(name: string, after: readonly number[]) {
  const out = join(folder, `${name}.jsonl`);
  const args = ["synth", "trajectories", "--questions", questions, "--per-question", String(REPEATS), "--out", out];
  const began = performance.now();
  for (const seconds of after) {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: "ignore" });
    await wait(seconds * 1000);
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once("close", done));
  }
  await cli(...args);
  const rows = readFileSync(out, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TrajectoryRow)
    .map((row) => ({ ...row, session: "" }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { rows, seconds, right: rows.filter((r) => r.correct && r.cited).length };
}

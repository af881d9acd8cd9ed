import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../synthesis/testing/small-world.ts";

const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));
const folder = temporaryFolder();
const environment = { ...process.env, MEDRESEARCHER_HOME: folder };

function start(...args: string[]) {
  return spawn(process.execPath, [CLI, "synth", ...args], { env: environment });
}

async function run(...args: string[]) {
  const child = start(...args);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

const making = (out: string, count: number) => [
  "questions",
  "--knowledge",
  "gym:9:300",
  "--count",
  `${count}`,
  "--out",
  out,
];

describe("medresearcher synth", () => {
  it("makes and verifies questions; --json is one value; a failing proof ends with 1", async () => {
    const out = join(folder, "few.jsonl");
    const made = await run(...making(out, 12), "--json");
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ written: 12, finished: true });
    const good = await run("verify", out, "--json");
    expect([good.code, JSON.parse(good.stdout)]).toEqual([0, { checked: 12, passed: 12, failures: [] }]);
    writeFileSync(out, readFileSync(out, "utf8").replace('"hops":', '"hops":1'));
    const bad = await run("verify", out, "--json");
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ checked: 12, passed: 11 });
  });

  // Twice 900 questions with their proofs: of a busy machine that takes long.
  it("goes on after kill -9 to the same bytes", { timeout: 600_000 }, async () => {
    const [whole, killed] = [join(folder, "whole.jsonl"), join(folder, "killed.jsonl")];
    expect((await run(...making(whole, 900))).code).toBe(0);
    const child = start(...making(killed, 900));
    const ended = new Promise((resolve) => child.once("close", resolve));
    while ((statSync(killed, { throwIfNoEntry: false })?.size ?? 0) === 0 && child.exitCode === null) await sleep(20);
    child.kill("SIGKILL");
    await ended;
    expect((await run(...making(killed, 900))).code).toBe(0);
    expect(readFileSync(killed, "utf8")).toBe(readFileSync(whole, "utf8"));
  });

  it("says what is wrong, and how many there are where there are too few", async () => {
    const few = await run(...making(join(folder, "many.jsonl"), 100_000_000), "--hops", "8-3");
    expect([few.code, few.stderr]).toEqual([2, expect.stringContaining("give a range within 3-8")]);
    const none = await run("questions", "--knowledge", "nowhere", "--count", "1", "--out", join(folder, "none.jsonl"));
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("nowhere")]);
    const missing = await run("verify", join(folder, "missing.jsonl"));
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("missing.jsonl")]);
  });
});

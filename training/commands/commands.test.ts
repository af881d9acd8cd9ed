import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { NOBODY } from "../../host/testing/gate.ts";
import { linesOf, useTemporaryHome, writeRows } from "../testing/collecting.ts";
import { starterQuestions } from "../testing/questions.ts";

const cli = fileURLToPath(new URL("../../cli.ts", import.meta.url));
let home: string;
let file: (name: string) => string;

beforeAll(() => {
  home = useTemporaryHome();
  file = (name) => join(home, name);
  writeRows(file("questions.jsonl"), starterQuestions().slice(0, 4));
});

function run(...args: string[]) {
  // No model that the environment names.
  const { MEDRESEARCHER_MODEL: _, OPENAI_BASE_URL: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

const collecting = () => [
  "synth",
  "trajectories",
  "--questions",
  file("questions.jsonl"),
  "--per-question",
  "2",
  "--out",
  file("rows.jsonl"),
];
const dataset = (kind: string, out: string, ...rest: string[]) =>
  run(
    "train",
    "dataset",
    kind,
    "--trajectories",
    file("rows.jsonl"),
    "--questions",
    file("questions.jsonl"),
    "--out",
    file(out),
    ...rest,
  );

describe("from questions to rows that can be looked at", { shuffle: false }, () => {
  it("collects, says what it did, and does nothing twice", () => {
    const first = run(...collecting(), "--json");
    expect(first).toMatchObject({ status: 0 });
    expect(JSON.parse(first.stdout)).toMatchObject({ wanted: 8, done: 8, before: 0, correct: 8, failures: [] });
    expect(linesOf(file("rows.jsonl"))).toHaveLength(8);
    const second = run(...collecting());
    expect(second.stdout).toMatch(/8 of 8 trajectories .*: 8 were there, 0 new/);
  });

  it("counts, with the paper's figures beside ours", () => {
    const { stdout, status } = run(
      "synth",
      "stats",
      "--trajectories",
      file("rows.jsonl"),
      "--html",
      file("stats.html"),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/medical tool first +78 % +100\.0 %/);
    expect(readFileSync(file("stats.html"), "utf8")).toContain("8 trajectories of 4 questions");
    expect(JSON.parse(run("synth", "stats", "--trajectories", file("rows.jsonl"), "--json").stdout)).toMatchObject({
      trajectories: 8,
    });
  });

  it("makes rows, shows one of them, and writes a page", () => {
    const made = dataset("sft", "sft", "--compact", "--json", "--validation", "0", "--test", "0");
    expect(made.status).toBe(0);
    const { counts, configuration } = JSON.parse(made.stdout) as {
      counts: { accepted: number };
      configuration: object;
    };
    expect(configuration).toMatchObject({ view: "compact", seed: 0 });
    const rows = file("sft/train.jsonl");
    expect(linesOf(rows)).toHaveLength(counts.accepted);
    const shown = run("train", "inspect", rows, "--row", "2");
    expect(shown.stdout).toContain("+ → submit_answer");
    expect(run("train", "inspect", rows, "--html", file("rows.html"))).toMatchObject({ status: 0 });
    expect(existsSync(file("rows.html"))).toBe(true);
    expect(run("train", "inspect", rows, "--row", "99")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/has \d+ rows/) as string,
    });
    expect(dataset("rl", "rl").stdout).toContain("4 rows");
  });
});

describe("bad input is a reason and exit code 2", () => {
  it.each([
    ["a file that is not there", "nothing.jsonl", undefined, /no such file/],
    ["a file of something else", "other.jsonl", '{"id":"x"}\n', /line 1: question/],
    ["a file that is not JSON", "torn.jsonl", '{"id":\n', /line 1: not JSON/],
    ["an empty file", "empty.jsonl", "", /holds no row/],
  ])("%s", (_, name, text, reason) => {
    if (text !== undefined) writeFileSync(file(name), text);
    const { status, stderr } = run("synth", "trajectories", "--questions", file(name), "--out", file("none.jsonl"));
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
    expect(existsSync(file("none.jsonl"))).toBe(false);
  });

  it("shares beyond 1, a model without a name", () => {
    expect(run(...collecting(), "--guided", "1.5")).toMatchObject({ status: 2 });
    expect(run(...collecting(), "--policy", "llm", "--base-url", `${NOBODY}/v1`).stderr).toMatch(/needs a model/);
  });
});

it("a model that cannot be reached: the reason, no row, exit code 1, and the next run goes on", () => {
  const out = file("llm.jsonl");
  const llm = [
    "synth",
    "trajectories",
    "--questions",
    file("questions.jsonl"),
    "--out",
    out,
    "--policy",
    "llm",
    "--model",
    "m",
  ];
  const { status, stderr } = run(...llm, "--base-url", `${NOBODY}/v1`, "--concurrency", "4");
  expect(status).toBe(1);
  expect(stderr).toMatch(/4 × infrastructure_error: the model at http:\/\/127\.0\.0\.1:2\/v1 gave no answer/);
  expect(existsSync(out) && linesOf(out).length > 0).toBe(false);
});

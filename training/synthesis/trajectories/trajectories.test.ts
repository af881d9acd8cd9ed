import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { readSession } from "../../../host/index.ts";
import type { Policy } from "../../../host/index.ts";
import { InfrastructureError } from "../../../host/policy.ts";
import type { QuestionRow } from "../../../schemas/index.ts";
import {
  collectTo,
  CONFIGURATION,
  essence,
  linesOf,
  rowsOf,
  useTemporaryHome,
  writeRows,
} from "../../testing/collecting.ts";
import { starterQuestions } from "../../testing/questions.ts";
import { maskedPath, planCells, statisticsOf, wilson } from "./index.ts";
import { Ledger } from "./ledger.ts";

let home: string;
let questions: QuestionRow[];
let out: string;
let count = 0;

beforeAll(() => {
  home = useTemporaryHome();
  questions = starterQuestions();
});
const fresh = () => (out = join(home, `rows-${count++}.jsonl`));

const lost = (): Policy => ({
  name: "lost",
  decide: () => Promise.reject(new InfrastructureError("no model at http://gone")),
});

describe("a plan", () => {
  it("gives the arms their shares, each rollout the same arm whatever else is collected", () => {
    const many = Array.from({ length: 1000 }, (_, n) => ({ ...questions[0]!, id: `q${n}` }));
    const cells = planCells(many, 4, CONFIGURATION);
    const guided = cells.filter((cell) => cell.arm === "guided").length / cells.length;
    expect(guided).toBeGreaterThan(0.67);
    expect(guided).toBeLessThan(0.73);
    expect(planCells(many.slice(500), 4, CONFIGURATION)).toEqual(cells.slice(2000));
    expect(new Set(cells.map((cell) => cell.key)).size).toBe(4000);
  });

  it("has new keys for a changed configuration or question, and the same ones for another address of the model", () => {
    const key = (configuration: Partial<typeof CONFIGURATION>, question = questions[0]!) =>
      planCells([question], 1, { ...CONFIGURATION, guided: 1, ...configuration })[0]!.key;
    const settings = { name: "llm", model: "m" };
    expect(key({})).toBe(key({}));
    expect(key({ settings: { ...settings, baseUrl: "http://a/v1" } })).toBe(
      key({ settings: { ...settings, baseUrl: "http://b/v1" } }),
    );
    const changed = [
      key({}),
      key({ settings }),
      key({ settings: { ...settings, temperature: 1 } }),
      key({ seed: 2 }),
      key({ faults: 0.1 }),
      key({ guided: 0.99999 }),
      key({ budget: { steps: 5 } }),
      key({ version: "next" }),
      key({}, { ...questions[0]!, question: "Another?" }),
    ];
    expect(new Set(changed).size).toBe(changed.length);
  });

  it("guides by the path with its entities hidden and its relations kept", () => {
    const path = maskedPath(questions[1]!.proof);
    expect(path).toEqual([
      { subject: "[entity 1]", predicate: "treats", object: "[entity 2]" },
      { subject: "[entity 3]", predicate: "causes", object: "[entity 2]" },
    ]);
  });
});

describe("collecting", () => {
  it("writes a row per rollout with a recorded session behind it; the same again does nothing", async () => {
    fresh();
    const collected = await collectTo(out, questions);
    expect(collected).toMatchObject({ wanted: 10, done: 10, before: 0, correct: 8, failures: [] });
    const rows = rowsOf(out);
    expect(rows.filter((row) => row.correct && row.cited).length).toBe(8);
    expect(rows.find((row) => row.question === "starter-5")).toMatchObject({ correct: false, termination: "answered" });
    for (const row of rows) {
      const [started, ...events] = readSession(home, row.session).events;
      expect(started).toMatchObject({ question: questions.find((q) => q.id === row.question)!.question });
      expect("guidance" in started!).toBe(row.arm === "guided");
      const faults = events.flatMap((event) => (event.type === "tool.returned" && event.fault ? [event.fault] : []));
      expect(Object.values(row.faults).reduce((a, b) => a + b, 0)).toBe(faults.length);
      expect(row.behaviour.failed).toBe(faults.length > 0);
    }
    expect(rows.some((row) => row.behaviour.recovered)).toBe(true);
    expect(existsSync(`${out}.lock`)).toBe(false);
    const before = readFileSync(out, "utf8");
    expect(await collectTo(out, questions)).toMatchObject({ done: 10, before: 10 });
    expect(readFileSync(out, "utf8")).toBe(before);
  });

  it("gives the same rows in whatever order and number at once", async () => {
    const one = fresh();
    await collectTo(one, questions, { concurrency: 1 });
    const other = fresh();
    await collectTo(other, questions.toReversed(), { concurrency: 8 });
    expect(essence(other)).toEqual(essence(one));
  });

  // Six processes, each with the five servers: ten seconds of a processor, of which a busy machine gives little.
  it("killed five times on the way, the same set comes out", { timeout: 600_000 }, async () => {
    const whole = fresh();
    await collectTo(whole, questions, { perQuestion: 3 });
    const file = writeRows(join(home, "questions.jsonl"), questions);
    const script = fileURLToPath(new URL("../../testing/collect-process.ts", import.meta.url));
    const args = [script, file, fresh(), "3"];
    let kills = 0;
    for (; kills < 5; kills++) {
      const before = existsSync(out) ? linesOf(out).length : 0;
      const child = spawn(process.execPath, args, { stdio: "ignore" });
      const gone = new Promise((resolve) => child.once("exit", resolve));
      // In the middle of work: some rows further than the run before.
      while (child.exitCode === null && (existsSync(out) ? linesOf(out).length : 0) < before + 2) await sleep(5);
      child.kill("SIGKILL");
      await gone;
      // What a kill in the middle of a write leaves.
      if (kills === 2) appendFileSync(out, '{"key":"starter-1/0');
    }
    const last = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(last.stdout).toBe("15/15\n");
    expect(essence(out)).toEqual(essence(whole));
    expect(readFileSync(`${out}.torn`, "utf8")).toBe('{"key":"starter-1/0\n');
  });

  it("does not take a rollout without infrastructure for done, gives up where all are, and does them when it is back", async () => {
    fresh();
    const collected = await collectTo(out, questions, { policy: lost, perQuestion: 4 });
    expect(collected).toMatchObject({ done: 0, wanted: 20 });
    expect(collected.stopped).toContain("no model at http://gone");
    expect(collected.failures.length).toBeLessThan(20);
    expect(existsSync(out)).toBe(false);
    expect(await collectTo(out, questions, { perQuestion: 4 })).toMatchObject({ done: 20, failures: [] });
  });

  it("refuses questions that were proven from another revision of their knowledge, and buys nothing", async () => {
    fresh();
    const [first, ...rest] = questions;
    const older = { ...first!, proof: { ...first!.proof, revision: "0123456789ab" } };
    await expect(collectTo(out, [...rest, older])).rejects.toThrow(/1 of 5 questions .* another revision of starter/);
    expect(existsSync(out)).toBe(false);
  });

  it("stops when it is told to, and goes on from there", async () => {
    fresh();
    const stop = new AbortController();
    const observe = ({ done }: { done: number }) => done === 3 && stop.abort();
    const first = await collectTo(out, questions, { signal: stop.signal, observe });
    expect(first.stopped).toContain("stopped");
    expect(first.done).toBeLessThan(10);
    expect(linesOf(out)).toHaveLength(first.done);
    expect(await collectTo(out, questions)).toMatchObject({ done: 10, before: first.done });
  });
});

describe("the file of rows", () => {
  it("is written by one at a time", () => {
    const ledger = new Ledger(fresh());
    expect(() => new Ledger(out)).toThrow(/another process/);
    ledger.close();
    new Ledger(out).close();
  });

  it("that holds something else is refused with the line", () => {
    writeRows(fresh(), [{ id: "a question" }]);
    expect(() => new Ledger(out)).toThrow(/line 1: key/);
  });
});

describe("statistics", () => {
  it("count by arm, hops and specialty, with the paper's figures beside", async () => {
    fresh();
    await collectTo(out, questions);
    const statistics = statisticsOf(rowsOf(out));
    const figure = (name: string) => statistics.compared.find((c) => c.name === name);
    expect(figure("tool interactions, mean")).toMatchObject({ paper: 4.2 });
    expect(figure("medical tool first")).toMatchObject({ paper: 0.78, ours: { k: 10, n: 10 } });
    expect(figure("specialties")).toMatchObject({ ours: 4, paper: 12 });
    const hops = statistics.success.find((s) => s.by === "hops")!;
    expect(hops.groups.map((g) => [g.name, g.right.k, g.right.n])).toEqual([
      ["1", 4, 6],
      ["2", 4, 4],
    ]);
  });

  it("of intervals are Wilson's", () => {
    // 95 % interval of 8/10 as published tables give it.
    expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4);
    expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});

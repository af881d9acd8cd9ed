import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listSessions } from "../../host/index.ts";
import { modelServer } from "../../host/testing/model-server.ts";
import { gaiaRows, questionRow, xbenchCsv } from "../testing/data-sets.ts";
import { judgeServer } from "../testing/judge-server.ts";
import { Workplace } from "../testing/process.ts";

const questions = (count: number, answer = "FBN1") =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify({ ...questionRow(i), answer, aliases: [] })}\n`).join("");

function gymRun(place: Workplace, count = 4, answer?: string): string[] {
  const data = place.file("questions.jsonl", questions(count, answer));
  return ["run", "--benchmark", "gym", "--data", data, "--out", place.out, "--json"];
}
const parse = (text: string) =>
  JSON.parse(text) as {
    done: number;
    planned: number;
    errors: number;
    unscored: number;
    overall: { strict: { k: number; n: number } };
  };

/** Waits for it while the process lives. */
async function until(child: ChildProcess, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
    await pause(20);
  }
}

describe("a cell is bought once", () => {
  it("kill -9, again and again: the same cells, one session each", async () => {
    const place = new Workplace();
    const args = [...gymRun(place, 6), "--concurrency", "2"];
    // In each process so many cells come to their end; then the two that are begun next would wait for ever.
    let done = 0;
    for (const ending of [1, 2, 1]) {
      const { child, ended } = place.start(args, { TEST_ENDING_CALLS: `${ending}` });
      done += ending;
      await until(
        child,
        () => place.lines("cells.jsonl").length === done && listSessions(place.home).length === done + 2,
      );
      child.kill("SIGKILL");
      await ended;
    }
    appendFileSync(join(place.out, "cells.jsonl"), '{"key":"torn');
    const { code, stdout } = await place.eval(args);
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ done: 6, planned: 6, overall: { strict: { k: 6, n: 6 } } });
    const cells = place.lines("cells.jsonl");
    expect(new Set(cells.map((cell) => cell["key"])).size).toBe(6);
    expect(cells).toHaveLength(6);
    const sessions = place.lines("begun.jsonl").map((line) => line["session"] as string);
    expect(cells.map((cell) => cell["session"] as string).toSorted()).toEqual(sessions.toSorted());
    expect(readdirSync(join(place.home, "sessions")).toSorted()).toEqual(sessions.toSorted());
    expect(readFileSync(join(place.out, "cells.jsonl.torn"), "utf8")).toContain('{"key":"torn');
  });

  it("Ctrl-C ends the sessions in order; the same command goes on with them", async () => {
    const place = new Workplace();
    const args = gymRun(place, 3);
    const { child, ended } = place.start(args, { TEST_ENDING_CALLS: "0" });
    await until(child, () => place.lines("begun.jsonl").length >= 2);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/stopped; the same command goes on/) as string,
    });
    expect(place.lines("cells.jsonl")).toEqual([]);
    expect(parse((await place.eval(args)).stdout)).toMatchObject({ done: 3, overall: { strict: { k: 3 } } });
    expect(readdirSync(join(place.home, "sessions"))).toHaveLength(3);
  });

  it("a finished run buys nothing more; more tasks and repeats are joined on", async () => {
    const place = new Workplace();
    const args = gymRun(place);
    await place.eval([...args, "--limit", "2"]);
    const first = place.lines("cells.jsonl");
    const { stdout } = await place.eval(args);
    expect(parse(stdout)).toMatchObject({ done: 4, planned: 4 });
    await place.eval([...args, "--limit", "1", "--repeats", "2"]);
    const cells = place.lines("cells.jsonl");
    expect(cells.slice(0, 2)).toEqual(first);
    expect(cells).toHaveLength(5);
    expect(parse((await place.eval(["report", "--run", place.out, "--json"])).stdout)).toMatchObject({
      done: 5,
      planned: 8,
    });
  });

  it("another configuration in the same folder is refused, with what differs", async () => {
    const place = new Workplace();
    const args = gymRun(place, 1);
    await place.eval(args);
    const { code, stderr } = await place.eval([...args, "--max-steps", "7"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/run of another configuration \(budget: .*"steps":24.* → .*"steps":7/);
    place.file("questions.jsonl", questions(2));
    expect((await place.eval(args)).stderr).toMatch(/another configuration \(dataset: /);
    expect(place.lines("cells.jsonl")).toHaveLength(1);
  });
});

describe("errors", () => {
  it("a model that cannot be reached is an error, no wrong answer; --retry-errors runs the cells again", async () => {
    const place = new Workplace();
    const broken = await modelServer([{ status: 401 }]);
    const args = [...gymRun(place, 2), "--policy", "llm", "--model", "m", "--base-url"];
    const first = await place.eval([...args, broken.url]);
    await broken.close();
    expect(first.code).toBe(1);
    expect(parse(first.stdout)).toMatchObject({ done: 2, errors: 2, overall: { strict: { k: 0, n: 2 } } });
    const found = { name: "graph__find", arguments: '{"query":"x"}' };
    const answer = {
      name: "submit_answer",
      arguments: JSON.stringify({ answer: "FBN1", citations: [{ passage: "NOTE:marfan#0-85" }] }),
    };
    const well = await modelServer([{ calls: [found] }, { calls: [answer] }], "messages");
    const untouched = await place.eval([...args, well.url]);
    expect(parse(untouched.stdout)).toMatchObject({ errors: 2 });
    expect(well.requests).toHaveLength(0);
    const { stdout } = await place.eval([...args, well.url, "--retry-errors"]);
    await well.close();
    expect(parse(stdout)).toMatchObject({ done: 2, errors: 0 });
    expect(readdirSync(join(place.home, "sessions"))).toHaveLength(2);
  });

  it("a judge that gives no verdict leaves the cell unscored, and it can be judged again without asking anew", async () => {
    const place = new Workplace();
    const data = place.file("m.csv", (await import("../testing/data-sets.ts")).medbrowsecompCsv(50));
    const babbling = await judgeServer(["yes, surely"]);
    const args = [
      "run",
      "--benchmark",
      "medbrowsecomp-50",
      "--data",
      data,
      "--out",
      place.out,
      "--json",
      "--limit",
      "2",
      "--judge-model",
      "j",
      "--judge-base-url",
    ];
    const first = await place.eval([...args, babbling.url]);
    expect(parse(first.stdout)).toMatchObject({ unscored: 2, overall: { strict: { k: 0, n: 2 } } });
    await babbling.close();
    const well = await judgeServer([JSON.stringify({ extracted_final_answer: "FBN1", reasoning: "", correct: "yes" })]);
    const second = await place.eval([...args, well.url, "--retry-errors"]);
    await well.close();
    expect(parse(second.stdout)).toMatchObject({ unscored: 0, overall: { strict: { k: 2, n: 2 } } });
    expect(readdirSync(join(place.home, "sessions"))).toHaveLength(2);
  });
});

describe("two runs", () => {
  it("are compared task by task", async () => {
    const [good, bad] = [new Workplace(), new Workplace()];
    await good.eval(gymRun(good, 6));
    await bad.eval([...gymRun(bad, 6), "--max-steps", "1"]);
    const { stdout } = await good.eval(["compare", good.out, bad.out, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      tasks: 6,
      firstBetter: 6,
      secondBetter: 0,
      p: expect.closeTo(0.03125) as number,
      first: { k: 6, n: 6 },
    });
    const other = new Workplace();
    await other.eval(gymRun(other, 2));
    expect(await good.eval(["compare", good.out, other.out])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be compared: dataset/) as string,
    });
  });
});

describe("money", () => {
  it("a run that could cost more than its ceiling is refused before it begins", async () => {
    const place = new Workplace();
    const model = await modelServer([{ text: "x" }]);
    const args = [...gymRun(place, 4), "--policy", "llm", "--model", "m", "--base-url", model.url, "--max-cost", "1"];
    expect(await place.eval(args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/needs the model's prices/) as string,
    });
    const dear = await place.eval([...args, "--prices", "1,2"]);
    expect(dear.code).toBe(2);
    expect(dear.stderr).toMatch(
      /4 cells at up to \$0\.80 each come to \$3\.20; --max-cost is \$1\.00\. .*--max-cost-per-task 0\.25/,
    );
    expect(existsSync(join(place.out, "run.json"))).toBe(false);
    expect(model.requests).toHaveLength(0);
    const capped = await place.eval([...args, "--prices", "1,2", "--max-cost-per-task", "0.2"]);
    expect(parse(capped.stdout)).toMatchObject({ done: 4 });
    await model.close();
    expect(readFileSync(join(place.out, "run.json"), "utf8")).toContain('"cost": 0.2');
  });
});

it("a made-up world is a matter of its own: no live source is asked, whatever the environment allows", async () => {
  const place = new Workplace();
  const data = place.file("questions.jsonl", questions(1));
  let asked = 0;
  const web = createServer((_, response) => {
    asked++;
    response.end("{}");
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const search = { name: "web-search__web_search", arguments: JSON.stringify({ query: "FBN1" }) };
  const read = { name: "document-reader__read_document", arguments: JSON.stringify({ source: `${address}/page` }) };
  const answer = { name: "submit_answer", arguments: JSON.stringify({ answer: "none", abstained: true }) };
  const model = await modelServer([{ calls: [search, read] }, { calls: [answer] }], "messages");
  const run = ["run", "--benchmark", "gym", "--data", data, "--out", place.out, "--knowledge", "gym:5:100"];
  const llm = ["--policy", "llm", "--model", "m", "--base-url", model.url];
  const { code } = await place.wholeEval([...run, ...llm], {
    MEDRESEARCHER_OFFLINE: "",
    MEDRESEARCHER_ALLOW_HOSTS: new URL(address).host,
    WIKIPEDIA_URL: address,
  });
  await Promise.all([model.close(), new Promise((resolve) => web.close(resolve))]);
  expect(code).toBe(0);
  expect(JSON.stringify(model.requests.at(-1))).toContain("MEDRESEARCHER_OFFLINE");
  expect(asked).toBe(0);
});

describe("texts that may not be written", () => {
  const SECRET = /秘密|题：/;

  it("xBench: nothing decrypted in any file, on stdout or stderr, though model, judge and a web source get the question", async () => {
    const place = new Workplace();
    const data = place.file("x.csv", xbenchCsv("2510"));
    const asked: string[] = [];
    const web = createServer((request, response) => {
      asked.push(decodeURIComponent(request.url!));
      response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=600" });
      response.end(
        JSON.stringify({
          query: { search: [{ title: "Page", snippet: "words", pageid: 1, timestamp: "2024-01-01T00:00:00Z" }] },
        }),
      );
    });
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const search = { name: "web-search__web_search", arguments: JSON.stringify({ query: "第101题：秘密的问题" }) };
    const answer = { name: "submit_answer", arguments: JSON.stringify({ answer: "秘密答案101", abstained: true }) };
    const model = await modelServer([{ calls: [search], text: "秘密" }, { calls: [answer] }], "messages");
    const judge = await judgeServer(["结论: 错误"]);
    const { code, stdout, stderr } = await place.wholeEval(
      [
        "run",
        "--benchmark",
        "xbench-deepsearch-2510",
        "--data",
        data,
        "--out",
        place.out,
        "--limit",
        "2",
        "--repeats",
        "1",
        "--knowledge",
        "starter",
        "--policy",
        "llm",
        "--model",
        "m",
        "--base-url",
        model.url,
        "--judge-model",
        "j",
        "--judge-base-url",
        judge.url,
      ],
      {
        MEDRESEARCHER_OFFLINE: "",
        WIKIPEDIA_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
        MEDRESEARCHER_DEBUG: "1",
      },
    );
    await place.wholeEval(["report", "--run", place.out, "--out", join(place.folder, "report.html")]);
    await Promise.all([model.close(), judge.close(), new Promise((resolve) => web.close(resolve))]);
    expect(stderr).not.toMatch(/error/i);
    expect(code).toBe(0);
    expect(asked.join()).toMatch(SECRET);
    expect(JSON.stringify(model.requests)).toMatch(SECRET);
    expect(stdout + stderr).not.toMatch(SECRET);
    expect(place.lines("cells.jsonl")).toHaveLength(2);
    const written = place.everythingWritten(data);
    expect(written).toContain("xBench-DeepSearch 2510");
    expect(written).not.toMatch(SECRET);
    expect(written).not.toContain(encodeURIComponent("秘密"));
    expect(existsSync(join(place.home, "sessions"))).toBe(false);
  });

  it("GAIA: no cell and no report holds question, answer or gold; the session does, on this machine", async () => {
    const place = new Workplace();
    const data = place.file(
      "metadata.jsonl",
      gaiaRows()
        .map((row) => JSON.stringify({ ...row, "Final answer": "FBN1" }))
        .join("\n"),
    );
    const { stdout } = await place.eval([
      "run",
      "--benchmark",
      "gaia",
      "--data",
      data,
      "--out",
      place.out,
      "--json",
      "--limit",
      "2",
    ]);
    expect(parse(stdout)).toMatchObject({ overall: { strict: { k: 2, n: 2 } } });
    const report = join(place.out, "report.html");
    const answers = join(place.folder, "submission.jsonl");
    await place.eval(["report", "--run", place.out, "--out", report, "--submission", answers]);
    expect(readFileSync(answers, "utf8").split("\n")[0]).toBe('{"task_id":"t-1","model_answer":"FBN1"}');
    const [cell] = place.lines("cells.jsonl");
    for (const file of readdirSync(place.out))
      expect(readFileSync(join(place.out, file), "utf8"), file).not.toMatch(/Secret question|FBN1/);
    const session = cell!["session"] as string;
    expect(readFileSync(join(place.home, "sessions", session, "events.jsonl"), "utf8")).toContain("Secret question");
    expect(readFileSync(report, "utf8")).toContain(`sessions/${session}/events.jsonl`);
  });
});

describe("bad input", () => {
  it.each([
    [
      ["run", "--benchmark", "nosuch", "--data", "x", "--out", "y"],
      2,
      /no benchmark called nosuch; known: gym, medbrowsecomp-50/,
    ],
    [
      ["run", "--benchmark", "gym", "--data", "/none", "--out", "y"],
      2,
      /expected questions as `synth questions` writes them.*found no readable file/,
    ],
    [["report", "--run", "/none"], 2, /holds no run/],
    [["run", "--benchmark", "gym", "--data", "x", "--out", "y", "--judge-model", "j"], 2, /gym has no judge/],
    [["run", "--benchmark", "gym", "--data", "x"], 2, /--out <folder>' not specified/],
  ])("%j", async (args, code, message) => {
    const { code: got, stderr } = await new Workplace().eval(args);
    expect({ code: got, stderr }).toEqual({ code, stderr: expect.stringMatching(message) as string });
  });
});

/** `reason` as a user runs it: cases and texts to lines, a report to a differential, and what happens to bad input. */
import { spawn, execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeKnowledge } from "../clinical-reasoning/testing/knowledge-folder.ts";
import { reasonCommand } from "./reason.ts";
import { runCommand } from "./run.ts";
import { finish } from "./testing/finish.ts";
import { endless, pipedFile } from "./testing/piped-file.ts";

const CLI = join(import.meta.dirname, "../../cli.ts");
const home = mkdtempSync(join(tmpdir(), "reason-"));
const cases = join(home, "cases");
beforeAll(() => {
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  makeKnowledge(join(home, "knowledge", "test")).close();
  mkdirSync(join(cases, "deeper"), { recursive: true });
  writeFileSync(join(cases, "a.json"), packet("A", ["HP:0001166", "HP:0002616"]));
  writeFileSync(join(cases, "b.json"), packet("B", ["HP:0001250", "HP:9999999"], ["HP:0001083"]));
  writeFileSync(join(cases, "deeper", "c.json"), packet("C", ["HP:0001083", "HP:0001249"]));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function packet(id: string, observed: string[], excluded: string[] = [], disease = "OMIM:1"): string {
  return JSON.stringify({
    id,
    subject: { id, sex: "MALE" },
    phenotypicFeatures: [
      ...observed.map((term) => ({ type: { id: term } })),
      ...excluded.map((term) => ({ type: { id: term }, excluded: true })),
    ],
    interpretations: [{ diagnosis: { disease: { id: disease } } }],
  });
}

const oneOfMany = (i: number) => packet(`case-${i}`, ["HP:0001166"]);

function start(...args: string[]) {
  return spawn(process.execPath, [CLI, "reason", ...args, "--knowledge", "test"], { env: process.env });
}

/** The same in this process: quick, for all that does not end in a signal. */
async function run(...args: string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  process.exitCode = 0;
  try {
    const code = await runCommand(reasonCommand(), "reason", [...args, "--knowledge", "test"]);
    return { code, out: written.stdout, err: written.stderr };
  } catch (error) {
    return { code: 1, out: written.stdout, err: written.stderr + (error as Error).message };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}

interface Line {
  id: string;
  ranking: { disease: string; name: string; posterior: number; interval: [number, number] }[];
  ms: number;
  notes?: string[];
}
function lines<T = Line>(file: string): T[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}
/** Without what a killed process may have left behind them. */
const wholeLines = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;
const ranks = (file: string) => lines(file).map(({ id, ranking }) => [id, ranking]);

describe("reason --phenopackets", () => {
  it("writes a line per case in the order of the files; what it left out stands in the line", async () => {
    const out = join(home, "folder.jsonl");
    const { code, err } = await run("--phenopackets", cases, "--out", out, "--top", "2");
    expect(code).toBe(0);
    const [a, b, c] = lines(out);
    expect([a!.id, b!.id, c!.id]).toEqual(["A", "B", "C"]);
    expect(a!.ranking).toHaveLength(2);
    const [first] = a!.ranking;
    expect(first).toMatchObject({ disease: "OMIM:154700", name: "Marfan syndrome" });
    expect(first!.interval[0]).toBeLessThanOrEqual(first!.posterior);
    expect(first!.interval[1]).toBeGreaterThanOrEqual(first!.posterior);
    expect(b!.notes).toEqual(["not known, left out: HP:9999999"]);
    expect(b!.ranking[0]!.disease).toBe("OMIM:607208");
    expect(err).toContain("B: not known, left out: HP:9999999");
    expect(err).toContain("not a diagnosis");
  });

  it("reads the same from lines, gzipped files and a tar archive", async () => {
    const reference = join(home, "reference.jsonl");
    await run("--phenopackets", cases, "--out", reference, "--top", "3");
    const files = ["a.json", "b.json", "deeper/c.json"].map((file) => readFileSync(join(cases, file), "utf8"));
    writeFileSync(join(home, "lines.jsonl"), `\u{FEFF}${files.join("\r\n")}\n`);
    writeFileSync(join(home, "lines.jsonl.gz"), gzipSync(files.join("\n")));
    execFileSync("tar", ["czf", join(home, "cases.tar.gz"), "-C", cases, "."]);
    for (const from of ["lines.jsonl", "lines.jsonl.gz", "cases.tar.gz"]) {
      const out = join(home, `from-${from}.out.jsonl`);
      expect((await run("--phenopackets", join(home, from), "--out", out, "--top", "3")).code).toBe(0);
      expect(ranks(out)).toEqual(ranks(reference));
    }
  });

  it("keeps the lines that are there, drops a torn one, and puts all in order", async () => {
    const out = join(home, "again.jsonl");
    await run("--phenopackets", cases, "--out", out, "--top", "2");
    const [a, b, c] = readFileSync(out, "utf8").split("\n") as [string, string, string];
    const kept = JSON.stringify({ ...JSON.parse(c), ms: 12_345 });
    writeFileSync(out, `${kept}\n${a.slice(0, 40)}`);
    const { code, err } = await run("--phenopackets", cases, "--out", out, "--top", "2");
    expect(code).toBe(0);
    expect(err).toContain("1 lines are in");
    expect(lines(out).map(({ id }) => id)).toEqual(["A", "B", "C"]);
    expect(lines(out)[2]!.ms).toBe(12_345);
    expect(JSON.parse(b).ranking).toEqual(lines(out)[1]!.ranking);
    // Of another length, they are not what this run would write.
    await run("--phenopackets", cases, "--out", out, "--top", "1");
    expect(lines(out).map(({ ranking }) => ranking.length)).toEqual([1, 1, 1]);
  });

  it("names what is no case, skips it, counts it and ends with 1", async () => {
    const mixed = join(home, "mixed.jsonl");
    const bad = ['{"id":"F","proband":{},"pedigree":{}}', "{", "[1]", packet("none", ["HP:9999999"]), packet("A", [])];
    writeFileSync(mixed, [readFileSync(join(cases, "a.json"), "utf8"), ...bad].join("\n"));
    const out = join(home, "mixed.out.jsonl");
    const { code, err } = await run("--phenopackets", mixed, "--out", out);
    expect(code).toBe(1);
    expect(lines(out).map(({ id }) => id)).toEqual(["A"]);
    expect(err).toContain("mixed.jsonl, line 2: a family with a pedigree");
    expect(err).toContain("mixed.jsonl, line 3: no JSON");
    expect(err).toContain("line 5: any of the observed findings (HP:9999999)");
    expect(err).toContain("line 6: no observed finding was given");
    expect(err).toContain("5 skipped");
  });

  it("writes PhEval's tables, named like the files", async () => {
    const out = join(home, "pheval.jsonl");
    await run("--phenopackets", cases, "--out", out, "--pheval", join(home, "pheval"), "--top", "2");
    const table = join(home, "pheval", "pheval_disease_results", "a-pheval_disease_result.tsv");
    const [header, first] = readFileSync(table, "utf8").split("\n");
    expect(header).toBe("rank\tscore\tdisease_name\tdisease_identifier");
    expect(first!.split("\t")).toEqual(["1", expect.any(String), "Marfan syndrome", "OMIM:154700"]);
    rmSync(table);
    await run("--phenopackets", cases, "--out", out, "--pheval", join(home, "pheval"), "--top", "2");
    expect(existsSync(table)).toBe(true);
    expect(lines(out)).toHaveLength(3);
  });

  it("stopped by Ctrl-C or killed, it goes on where it was", async () => {
    const many = join(home, "many.jsonl");
    const out = join(home, "many.out.jsonl");
    const until = async (signal: NodeJS.Signals) => {
      const takeAway = pipedFile(many, endless(oneOfMany));
      const child = start("--phenopackets", many, "--out", out);
      const ended = finish(child);
      const before = existsSync(out) ? statSync(out).size : 0;
      while (child.exitCode === null && (!existsSync(out) || statSync(out).size <= before)) await sleep(5);
      child.kill(signal);
      const result = await ended;
      await takeAway();
      return result;
    };
    const stopped = await until("SIGINT");
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain("goes on from here");
    const first = wholeLines(out);
    expect(first).toBeGreaterThan(0);
    await until("SIGKILL");
    const kept = wholeLines(out);
    expect(kept).toBeGreaterThan(first);
    appendFileSync(out, '{"id": "case-');
    const count = kept + 200;
    writeFileSync(many, Array.from({ length: count }, (_, i) => oneOfMany(i)).join("\n"));
    const { code, err } = await run("--phenopackets", many, "--out", out);
    expect(code).toBe(0);
    expect(err).toContain("(200 new lines)");
    expect(lines(out).map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, i) => `case-${i}`));
  });

  it("refuses wrong use with 2, and an empty folder with 1", async () => {
    const none = join(home, "none");
    mkdirSync(none);
    const out = join(home, "none.jsonl");
    const absent = await run("--phenopackets", join(home, "absent"), "--out", out);
    expect(absent.code).toBe(2);
    expect(absent.err).toContain("there is no");
    expect((await run("--phenopackets", cases)).code).toBe(2);
    expect((await run("--phenopackets", cases, "--text", "-", "--out", out)).code).toBe(2);
    expect((await run("--phenopackets", cases, "--out", out, "--top", "0")).code).toBe(2);
    const empty = await run("--phenopackets", none, "--out", out);
    expect(empty.code).toBe(1);
    expect(empty.err).toContain("holds no case");
  });
});

describe("reason findings", () => {
  it("gives findings with their places, denied ones and relatives' marked", async () => {
    const from = join(home, "texts.jsonl");
    const text = "Lens dislocation but no seizures. His mother had arachnodactyly.";
    writeFileSync(from, `${JSON.stringify({ id: "t1", text })}\n{"id":"t2"}\n${JSON.stringify({ id: 3, text: "" })}\n`);
    const out = join(home, "found.jsonl");
    const { code, err } = await run("findings", "--from", from, "--out", out);
    expect(code).toBe(1);
    expect(err).toContain("texts.jsonl, line 2: no {id, text}: text is missing");
    const [first, second] = lines<{ id: string; findings: { id: string; start: number; end: number }[] }>(out);
    expect(first).toMatchObject({
      id: "t1",
      findings: [
        { id: "HP:0001083", label: "Ectopia lentis", negated: false },
        { id: "HP:0001250", negated: true },
        { id: "HP:0001166", negated: false, family: true },
      ],
    });
    const [lens] = first!.findings;
    expect(text.slice(lens!.start, lens!.end)).toBe("Lens dislocation");
    expect(second).toMatchObject({ id: "3", findings: [] });
  });
});

describe("reason --text", () => {
  const report = "A boy of 4 with lens dislocation and arachnodactyly, but no seizures. His mother has seizures.";

  it("reads a report from standard input and answers in words", async () => {
    const child = start("--text", "-");
    child.stdin.end(report);
    const { code, out } = await finish(child);
    expect(code).toBe(0);
    expect(out).toContain("Ectopia lentis (HP:0001083) “lens dislocation”");
    expect(out).toContain("not: Seizure");
    expect(out).toContain("of a relative, not used: Seizure");
    expect(out).toContain("age P4Y, male");
    expect(out).toMatch(/ 1\. Marfan syndrome \(OMIM:154700\)/u);
    expect(out).toMatch(/for +\w.* odds ×.* of patients \(PMID:1\)/u);
    expect(out).toContain("no substitute for a clinician's judgement");
  });

  it("answers programs with one JSON value, and nothing that the patient has with an error", async () => {
    const file = join(home, "report.txt");
    writeFileSync(file, report);
    const { out } = await run("--text", file, "--json", "--top", "2");
    const value = JSON.parse(out);
    expect(value).toMatchObject({ age: "P4Y", sex: "male", diagnoses: [{ disease: "OMIM:154700" }, {}] });
    writeFileSync(file, "He has no seizures.");
    const nothing = await run("--text", file);
    expect(nothing.code).toBe(1);
    expect(nothing.out).toBe("");
    expect(nothing.err).toContain("any finding that the patient has");
    writeFileSync(file, " \n");
    expect((await run("--text", file)).err).toContain("the text is empty");
  });
});

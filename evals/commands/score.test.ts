import { describe, expect, it } from "vitest";
import { judgeServer } from "../testing/judge-server.ts";
import { Workplace } from "../testing/process.ts";

const place = new Workplace();
async function scored(benchmark: string, mode: string, rows: object[], ...more: string[]) {
  const pairs = place.file(`${benchmark}-${mode}.jsonl`, rows.map((row) => JSON.stringify(row)).join("\n"));
  const { stdout, stderr, code } = await place.eval([
    "score",
    "--benchmark",
    benchmark,
    "--mode",
    mode,
    "--pairs",
    pairs,
    ...more,
  ]);
  const lines = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: unknown; correct: boolean; reason: string });
  return { code, stderr, lines };
}

describe("eval score", () => {
  it("a line {id, correct, reason} for each pair, in order", async () => {
    const rows = [
      { id: "a", gold: "17", answer: "$17" },
      { id: 2, gold: "17", answer: "FINAL ANSWER: 17" },
      { id: "c", gold: "None", answer: null },
    ];
    expect((await scored("gaia", "official", rows)).lines.map(({ id, correct }) => [id, correct])).toEqual([
      ["a", true],
      [2, false],
      ["c", true],
    ]);
    expect((await scored("gaia", "robust", rows)).lines.map(({ correct }) => correct)).toEqual([true, true, true]);
  });

  it("takes a family's name, and a judge's recorded reply", async () => {
    const rows = [
      { id: "1", gold: "42", answer: "最终答案：42" },
      { id: "2", gold: "42", answer: "四十二", judge: "**结论**: 正确" },
    ];
    expect((await scored("xbench-deepsearch", "official", rows)).lines.map(({ correct }) => correct)).toEqual([
      false,
      false,
    ]);
    expect((await scored("xbench-deepsearch", "robust", rows)).lines.map(({ correct }) => correct)).toEqual([
      true,
      true,
    ]);
  });

  it("asks a judge where one is given", async () => {
    const judge = await judgeServer((request) =>
      JSON.stringify({
        extracted_final_answer: "x",
        reasoning: "",
        correct: JSON.stringify(request).includes("right one") ? "yes" : "no",
      }),
    );
    const rows = ["the right one", "another", "."].map((answer, i) => ({
      id: String(i),
      question: "q",
      gold: "g",
      answer,
    }));
    const { lines } = await scored(
      "medbrowsecomp",
      "robust",
      rows,
      "--judge-model",
      "j",
      "--judge-base-url",
      judge.url,
    );
    await judge.close();
    expect(lines.map(({ correct }) => correct)).toEqual([true, false, false]);
    expect(judge.requests).toHaveLength(2);
  });

  it("a bad line is named, and nothing is scored", async () => {
    const { code, stderr, lines } = await scored("gym", "official", [
      { id: "1", gold: "a", answer: "a" },
      { id: "2", answer: "a" },
    ]);
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(stderr).toMatch(/line 2: gold: /);
  });
});

it("eval list --json names every benchmark and its file", async () => {
  const { stdout } = await place.eval(["list", "--json"]);
  const list = JSON.parse(stdout) as { name: string; file: string }[];
  expect(list.map(({ name }) => name)).toEqual([
    "gym",
    "medbrowsecomp-50",
    "medbrowsecomp-605",
    "gaia",
    "xbench-deepsearch-2505",
    "xbench-deepsearch-2510",
  ]);
  expect(list.every(({ file }) => file)).toBe(true);
});

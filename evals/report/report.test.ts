import { describe, expect, it } from "vitest";
import type { CellRecord } from "../../schemas/index.ts";
import type { State } from "../../host/index.ts";
import { contaminatedBy } from "../run/contamination.ts";
import type { Manifest } from "../run/manifest.ts";
import { reportPage } from "./page.ts";
import { summarise } from "./summary.ts";

const manifest: Manifest = {
  v: 1,
  access: "open",
  title: "Toy <b>set</b>",
  configuration: {
    benchmark: "gym",
    dataset: "d",
    scorer: "exact",
    prompt: "p",
    policy: { name: "planner" },
    budget: {},
    knowledge: "starter",
    tools: "t",
    version: "1",
  },
  repeats: 2,
  tasks: Array.from({ length: 4 }, (_, i) => ({
    id: `t${i}`,
    group: i < 2 ? "a" : "b",
    question: `Is ${i} < 4 & "so"?`,
    gold: "<script>alert(1)</script>",
  })),
  baseline: { what: "the most frequent answer, for every question", correct: 1, total: 4 },
  notes: [],
};

function cell(task: number, repeat: number, fields: Partial<CellRecord> = {}): CellRecord {
  return {
    key: `${task}-${repeat}`,
    benchmark: "gym",
    task: `t${task}`,
    repeat,
    group: "",
    outcome: "verdict",
    correct: false,
    reason: "differs",
    answer: "<i>x</i>",
    session: `s-${task}-${repeat}`,
    termination: "answered",
    scorer: "exact",
    ...fields,
  };
}
/** t0 right twice; t1 right, then an error; t2 wrong, then abstained; t3 unscored, and not yet run. */
const cells = [
  cell(0, 0, { correct: true }),
  cell(0, 1, { correct: true }),
  cell(1, 0, { correct: true }),
  cell(1, 1, { outcome: "error", termination: "infrastructure_error" }),
  cell(2, 0),
  cell(2, 1, { termination: "abstained" }),
  cell(3, 0, { outcome: "unscored" }),
];
const places = { out: "/nowhere/report.html", home: "/nowhere" };

describe("a summary", () => {
  const summary = summarise(manifest, cells);
  it("strict: of all that was planned; attempted: of the answers that were judged", () => {
    expect(summary).toMatchObject({ planned: 8, done: 7, errors: 1, unscored: 1, abstained: 1 });
    expect(summary.overall.strict).toMatchObject({
      k: 3,
      n: 8,
      interval: { low: expect.closeTo(0.1368, 3) as number, high: expect.closeTo(0.6943, 3) as number },
    });
    expect(summary.overall.attempted).toMatchObject({ k: 3, n: 4 });
    expect(summary.groups.map(({ name, strict: { k, n } }) => [name, k, n])).toEqual([
      ["a", 3, 4],
      ["b", 0, 4],
    ]);
  });
  it("pass@k and the majority wait for the last cell", () => {
    expect(summary.passAtK).toEqual([]);
    const whole = summarise(manifest, [...cells, cell(3, 1)]);
    expect(whole.passAtK).toEqual([
      { k: 1, value: 3 / 8 },
      { k: 2, value: 2 / 4 },
    ]);
    expect(whole.majority).toMatchObject({ k: 1, n: 4 });
  });
});

function page(access: Manifest["access"]): string {
  return reportPage({ ...manifest, access }, cells, summarise(manifest, cells), places);
}

describe("the page", () => {
  it("stands alone and escapes what it shows", () => {
    expect(page("open")).not.toMatch(/<script|<link|<img|https?:\/\//);
    expect(page("open")).toContain("Is 0 &lt; 4 &amp; &quot;so&quot;?");
    expect(page("open")).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page("open")).toContain("Toy &lt;b&gt;set&lt;/b&gt;");
  });
  it("shows k of n, the interval, the baseline, every cell and its session", () => {
    const html = page("open");
    for (const part of [
      "3<small>/8</small>",
      "95 %: 13.7–69.4",
      "1<small>/4</small>",
      "s-2-0",
      "not run",
      "7 of 8 cells are done",
    ])
      expect(html).toContain(part);
    expect(html.match(/class="tag /g)).toHaveLength(8);
  });
  it.each(["obfuscated", "gated", "encrypted"] as const)(
    "%s: no text of a task, even where a manifest held it",
    (access) => {
      expect(page(access)).not.toMatch(/Is 0|alert|&lt;i&gt;/);
      expect(page(access)).toContain("left out");
    },
  );
});

function stateWith(argument: string, url: string): State {
  const documents = new Map([["URL:1", { id: "URL:1", url }]]);
  const steps = [{ returned: [{ call: { arguments: { source: argument } } }] }];
  return { documents, passages: new Map(), steps } as unknown as State;
}

describe("contamination", () => {
  const blocked = ["huggingface.co/datasets/gaia-benchmark"];
  it("is seen in what was asked for and in what was given", () => {
    expect(contaminatedBy(stateWith("https://HuggingFace.co/datasets/gaia-benchmark/GAIA", ""), blocked)).toBe(
      blocked[0],
    );
    expect(contaminatedBy(stateWith("x", "https://huggingface.co/datasets/gaia-benchmark/GAIA"), blocked)).toBe(
      blocked[0],
    );
    expect(contaminatedBy(stateWith("https://huggingface.co/models", ""), blocked)).toBeUndefined();
  });
});

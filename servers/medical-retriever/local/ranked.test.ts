import { describe, expect, test } from "vitest";
import type { Concept } from "../relevance/concepts.ts";
import { rank, type Rankable } from "./ranked.ts";
import { TermQuery } from "./ranking.ts";
import { widened } from "./statistics.ts";

const words = (text: string) => text.split(" ");
const rankable = (id: string, body: string, more: Partial<Rankable> = {}): Rankable => {
  return { id, kind: "article", published: "2020", ...more, terms: { title: [], body: words(body) } };
};
/** A collection in which every word occurs in ten of a thousand documents, except the common ones. */
const statistics = {
  documents: 1000,
  meanTitleLength: 5,
  meanBodyLength: 6,
  frequency: (term: string) => (term === "common" ? 900 : term === "absent" ? 0 : 10),
};
const query = (text: string) => new TermQuery(words(text), statistics);
const of = (body: string, title = "") => query("marfan aorta").relevanceOf({ title: words(title), body: words(body) });
const named = (name: string) => ({ own: [name], others: [], named: 2 });
/** Among a thousand documents, of which so many have the failure. */
const asked = (failures: number, ...concepts: Concept[]) =>
  new TermQuery(concepts, { ...statistics, frequency: (term) => (term === "failure" ? failures : 10) });
const ids = (hits: { id: string }[]) => hits.map(({ id }) => id);

describe("rank", () => {
  test("is λ·Rel + (1−λ)·Auth, and the order is by it", () => {
    const documents = [
      rankable("article", "marfan aorta x x x x"),
      rankable("guideline", "marfan aorta x x x x", { kind: "guideline" }),
    ];
    const [first, second] = rank(documents, query("marfan aorta"), { now: "2020", lambda: 0.3 });
    expect(first?.id).toBe("guideline");
    expect(first?.score).toBeCloseTo(0.3 * first!.relevance + 0.7 * first!.authority.score, 3);
    expect(second?.relevance).toBe(first?.relevance);
  });

  test("λ = 1 asks for relevance alone", () => {
    const documents = [
      rankable("weak", "marfan x x x x x", { kind: "guideline" }),
      rankable("strong", "marfan marfan aorta x x x", { kind: "case_report" }),
    ];
    expect(ids(rank(documents, query("marfan aorta"), { lambda: 1 }))).toEqual(["strong", "weak"]);
  });

  test("authority does not lift what is beside the question", () => {
    const documents = [
      rankable("beside", "marfan y z u v w", { kind: "guideline" }),
      rankable("answer", "marfan aorta root dilation losartan x", { kind: "case_report" }),
      rankable("elsewhere", "common y z u v w", { kind: "guideline" }),
    ];
    const hits = rank(documents, query("marfan aorta root dilation losartan common"), { now: "2020" });
    expect(ids(hits)).not.toContain("elsewhere");
    expect(hits[0]?.id).toBe("answer");
  });

  test("what shares only a common word with the query is dropped, so an off-topic question finds nothing", () => {
    expect(rank([rankable("a", "common x y z u v")], query("common absent pizza naples"))).toEqual([]);
  });

  test("authority lifts no document that has only the commoner of two things that are named", () => {
    const documents = [
      ...["g1", "g2"].map((id) => rankable(id, "failure failure failure x x x", { kind: "guideline" })),
      rankable("label", "imatinib imatinib x x x x"),
      rankable("both", "imatinib failure x x x x x x"),
    ];
    const ranked = (query: TermQuery) => ids(rank(documents, query, { now: "2020" }));
    expect(ranked(asked(20, named("imatinib"), named("failure")))).toEqual(["both", "g1", "g2", "label"]);
    expect(ranked(asked(100, named("imatinib"), named("failure")))).toEqual(["both", "label", "g1", "g2"]);
    // Where one thing is named, what says it in other words keeps its authority.
    expect(ranked(asked(20, named("imatinib"), { own: ["failure"], others: [] }))).toEqual([
      "g1",
      "g2",
      "both",
      "label",
    ]);
  });

  test("retracted documents come last, with score 0", () => {
    const documents = [
      rankable("retracted", "marfan aorta marfan aorta x x", { kind: "guideline", integrity: "retracted" }),
      rankable("weak", "marfan x x x x aorta", { kind: "comment" }),
    ];
    const hits = rank(documents, query("marfan aorta"));
    expect(hits.map(({ id, score }) => [id, score > 0])).toEqual([
      ["weak", true],
      ["retracted", false],
    ]);
  });

  test("equal documents keep one order", () => {
    const documents = ["c", "a", "b"].map((id) => rankable(id, "marfan"));
    expect(ids(rank(documents, query("marfan")))).toEqual(["a", "b", "c"]);
  });
});

describe("TermQuery", () => {
  test("relevance is in [0,1] and grows with what is covered, how often, and in the title", () => {
    const values = [of("x"), of("marfan x x x x x"), of("marfan aorta x x x x"), of("marfan aorta marfan aorta x x")];
    const relevances = values.map(({ relevance }) => relevance);
    expect(new Set(relevances).size).toBe(values.length);
    expect(relevances).toEqual(relevances.toSorted((a, b) => a - b));
    expect(relevances.at(-1)).toBeLessThan(1);
    expect(values[0]?.relevance).toBe(0);
    expect(of("x x x x x x", "marfan").relevance).toBeGreaterThan(of("marfan x x x x x").relevance);
  });

  test("documents from elsewhere count in the statistics", () => {
    const wide = widened(statistics, [{ title: ["absent"], body: ["absent", "new"] }]);
    expect(wide.documents).toBe(1001);
    expect(wide.frequency("absent")).toBe(1);
    expect(wide.frequency("marfan")).toBe(10);
    expect(widened(undefined, []).documents).toBe(0);
  });
});

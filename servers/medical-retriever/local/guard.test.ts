/** How far authority reaches: among documents that answer a question nearly as well as the best one, not beyond. */
import { expect, test } from "vitest";
import { rank, type Rankable } from "./ranked.ts";
import { TermQuery } from "./ranking.ts";

const statistics = { documents: 1000, meanTitleLength: 5, meanBodyLength: 6, frequency: () => 10 };
const words = (text: string) => text.split(" ");
const rankable = (id: string, body: string, kind: string): Rankable => ({
  id,
  kind,
  published: "2020",
  terms: { title: [], body: words(body) },
});
const first = (question: string, documents: Rankable[]) =>
  rank(documents, new TermQuery(words(question), statistics), { now: "2020" })[0]!.id;

test("enzymes for another disease do not come before those for this one, a label or not", () => {
  const documents = [
    rankable("other", "enzyme replacement pompe x x x", "regulator_label"),
    rankable("this", "enzyme replacement gaucher bone pain x", "review"),
  ];
  expect(first("enzyme replacement gaucher bone", documents)).toBe("this");
});

test("of two that say nearly the same, the guideline comes first", () => {
  const documents = [
    rankable("guideline", "enzyme replacement gaucher x x x", "guideline"),
    rankable("article", "enzyme replacement gaucher gaucher x x", "article"),
  ];
  expect(first("enzyme replacement gaucher", documents)).toBe("guideline");
});

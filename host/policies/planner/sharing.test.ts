import { describe, expect, it } from "vitest";
import type { EntityMatch } from "../../../schemas/index.ts";
import { readSharing } from "./sharing.ts";

/** The question read with one name known in it. */
function read(question: string, name: string, category: string) {
  const start = question.indexOf(name);
  const mention = { start, end: start + name.length, text: name };
  const entity: EntityMatch = { id: "X:1", name, category, score: 1, match: "exact", matchedName: name, mention };
  return readSharing(question, [entity]);
}

const marfan = (question: string) => read(question, "Marfan syndrome", "Disease");
const counts = (question: string) => marfan(question)!.shares.map((s) => [s.label, s.count]);

describe("a question of what is shared", () => {
  it.each([
    ["Which other diseases share two findings with Marfan syndrome?", [["findings", 2]]],
    ["Which disorders have at least 3 symptoms in common with Marfan syndrome?", [["symptoms", 3]]],
    ["What diseases share more than two clinical features with Marfan syndrome?", [["clinical features", 3]]],
    ["Name the conditions that share the gene with Marfan syndrome.", [["gene", 1]]],
    [
      "Which other diseases share two findings and the gene's pathway with Marfan syndrome?",
      [
        ["findings", 2],
        ["pathway", 1],
      ],
    ],
    [
      "Which diseases share with Marfan syndrome a mode of inheritance and five signs?",
      [
        ["mode of inheritance", 1],
        ["signs", 5],
      ],
    ],
  ])("%s", (question, expected) => {
    expect(counts(question)).toEqual(expected);
    expect(marfan(question)).toMatchObject({ categories: ["Disease"], unread: [] });
  });

  it("goes to a pathway over the gene of a disease, and straight from a gene", () => {
    const ofDisease = marfan("Which diseases share the pathway of its gene with Marfan syndrome?")!;
    expect(ofDisease.shares).toHaveLength(1);
    expect(ofDisease.shares[0]!.routes).toContainEqual(["causes", "participates_in"]);
    const ofGene = read("Which other genes share a pathway with FBN1?", "FBN1", "Gene")!;
    expect(ofGene.shares[0]!.routes).toEqual([["participates_in"]]);
  });

  it("names the words that it does not understand", () => {
    const question = "Which diseases share two findings with Marfan syndrome and begin in infancy?";
    expect(marfan(question)!.unread).toEqual(["begin", "infancy"]);
  });

  it.each([
    "Which gene causes Marfan syndrome?",
    "Which diseases are caused by the gene of Marfan syndrome?",
    "Do Marfan syndrome patients share wheelchairs?",
  ])("is not %s", (question) => {
    expect(marfan(question)).toBeUndefined();
  });
});

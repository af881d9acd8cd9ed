import { describe, expect, it } from "vitest";
import { questionOf } from "../testing/live-service.ts";
import { topicsOf } from "./drug-topics.ts";
import { isNamedIn, namedThings, namesNoDrug } from "./named-things.ts";

const named = (...names: string[]) => ({ names });

describe("namedThings", () => {
  it("sorts what a question names, with the words of the question beside the preferred name", () => {
    const question = questionOf("Does Zelpa help in vornitis with VRN1?", {
      Zelpa: { name: "zelpamab", category: "SmallMolecule", synonyms: ["ZP-1", "zelpa"] },
      vornitis: { category: "Disease" },
      VRN1: { category: "Gene" },
    });
    const { drugs, conditions, others, unknown } = namedThings(question);
    expect(drugs).toEqual([{ asked: "Zelpa", names: ["zelpamab", "Zelpa", "ZP-1"], ids: ["TEST:Zelpa"], known: true }]);
    expect(conditions.map(({ asked }) => asked)).toEqual(["vornitis"]);
    expect(others.map(({ asked }) => asked)).toEqual(["VRN1"]);
    expect(unknown).toEqual([]);
  });

  it("a mention that several vocabularies have is one thing", () => {
    const question = questionOf("zelpamab", { zelpamab: { id: "A:1", category: "Drug" } });
    const twice = { ...question, entities: () => [...question.entities(), { ...question.entities()[0]!, id: "B:2" }] };
    expect(namedThings(twice).drugs.map(({ ids }) => ids)).toEqual([["A:1", "B:2"]]);
  });

  it("words that nobody knows may be drugs; everyday English and the words of questions are not", () => {
    const { drugs } = namedThings(questionOf("What are the side effects of quellamab and zelpa-X?"));
    expect(drugs.map(({ asked }) => asked)).toEqual(["quellamab", "zelpa-X"]);
    expect(namesNoDrug(questionOf("What are the adverse reactions of this medicine in pregnant women?"))).toBeDefined();
    expect(namesNoDrug(questionOf("Which guidelines were retracted?"))).toBeDefined();
    expect(namesNoDrug(questionOf("What is NCT01234567 about?"))).toBeDefined();
  });

  it("beside a known drug an unknown word may be the second one", () => {
    const question = questionOf("Does zelpamab interact with quellamab?", { zelpamab: { category: "Drug" } });
    expect(namedThings(question).drugs.map(({ asked, known }) => [asked, known])).toEqual([
      ["zelpamab", true],
      ["quellamab", false],
    ]);
  });
});

describe("isNamedIn", () => {
  it.each([
    ["HYDROCORTISONE CREAM", "cort", false],
    ["ZELPAMAB TABLETS", "Zelpamab", true],
    ["beta-blockers are given", "beta blocker", true],
    ["Zelpa® XR", "zelpa xr", true],
    ["patients with ALS", "ALS", true],
    ["he also took it", "ALS", false],
  ])("%s names %s: %s", (text, name, expected) => expect(isNamedIn(text, named(name))).toBe(expected));
});

describe("topicsOf", () => {
  it.each([
    ["What does the label say about pregnancy?", ["pregnancy"]],
    ["side effects", ["adverse reactions"]],
    ["Was it recalled?", ["recalls"]],
    ["Is there a shortage?", ["shortages"]],
    ["When was it approved?", ["approval"]],
    ["What is it?", []],
  ])("%s", (query, expected) => expect(topicsOf(query).map(({ name }) => name)).toEqual(expected));
});

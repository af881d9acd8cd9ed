import { describe, expect, it } from "vitest";
import type { EntityMatch } from "../../../schemas/index.ts";
import { readQuestion } from "./read-question.ts";

/** What the explorer would have found named: every occurrence of these names, with their kinds. */
const NAMES: Record<string, string> = {
  "Marfan syndrome": "Disease",
  "Fabry disease": "Disease",
  "Gaucher disease": "Disease",
  "heart failure": "Disease",
  "type 2 diabetes": "Disease",
  FBN1: "Gene",
  "Ciba-Geigy": "Organization",
  Sandoz: "Organization",
  Pfizer: "Organization",
  Wyeth: "Organization",
  "ectopia lentis": "PhenotypicFeature",
  "aortic root aneurysm": "PhenotypicFeature",
  Entresto: "Drug",
  warfarin: "Drug",
  "PARADIGM-HF": "ClinicalTrial",
  "ACE inhibitors": "DrugClass",
};

function named(question: string): EntityMatch[] {
  return Object.entries(NAMES).flatMap(([name, category]) => {
    const start = question.indexOf(name);
    if (start < 0) return [];
    const mention = { start, end: start + name.length, text: name };
    const id = `TEST:${name.replaceAll(" ", "-")}`;
    return [{ id, name, category, score: 1, match: "exact" as const, matchedName: name, mention }];
  });
}

/** The query as lines: `?gene* causes Marfan syndrome`; `*` marks what is asked, `+` what must be other than what was found. */
function query(question: string): string[] {
  const { terms, constraints } = readQuestion(question, named(question));
  const say = (id: string) => {
    const term = terms.get(id)!;
    return term.kind === "anchor" ? term.text : `?${term.label}${term.other ? "+" : ""}${term.asked ? "*" : ""}`;
  };
  return constraints.map((c) => `${say(c.subject)} ${c.predicates[0]} ${say(c.object)}`);
}

describe("chains", () => {
  it("follows a reference back to what an earlier part asked for", () => {
    expect(query("Which gene is mutated in Marfan syndrome, and which other diseases does that gene cause?")).toEqual([
      "?gene* causes Marfan syndrome",
      "?gene* causes ?diseases+*",
    ]);
  });

  it("passes through kinds that are not asked for", () => {
    expect(
      query("Which company markets the drug that inhibits the protein encoded by the gene mutated in Fabry disease?"),
    ).toEqual([
      "?drug manufactured_by ?company*",
      "?drug inhibits ?protein",
      "?gene has_gene_product ?protein",
      "?gene causes Fabry disease",
    ]);
  });

  it("reads the showcase: a merger, a drug, its ingredients, how each works", () => {
    expect(
      query(
        "Which heart failure drug is marketed by the company formed by the merger of Ciba-Geigy and Sandoz, what are its active ingredients, and how does each of them work?",
      ),
    ).toEqual([
      "?drug* manufactured_by ?company",
      "?company formed_by_merger_of Ciba-Geigy",
      "?company formed_by_merger_of Sandoz",
      "?drug* has_active_ingredient ?active ingredients*",
      "?active ingredients* inhibits ?mechanism*",
      "?drug* treats heart failure",
    ]);
  });

  it("means a gene's product where only that can be meant", () => {
    expect(query("Which drugs inhibit FBN1?")).toEqual(["FBN1 has_gene_product ?protein", "?drugs* inhibits ?protein"]);
  });

  it("puts in the kind that a question leaves out: enzyme and disease meet in the gene", () => {
    expect(query("Which enzyme is deficient in Gaucher disease?")).toEqual([
      "?gene has_gene_product ?enzyme*",
      "?gene causes Gaucher disease",
    ]);
  });
});

describe("who did what to whom", () => {
  it.each([
    ["Which company did Pfizer acquire?", ["Pfizer acquired ?company*"]],
    ["Which company acquired Wyeth?", ["?company* acquired Wyeth"]],
    ["Which company was acquired by Pfizer?", ["Pfizer acquired ?company*"]],
    [
      "Ciba-Geigy and Sandoz merged to form which company?",
      ["?company* formed_by_merger_of Ciba-Geigy", "?company* formed_by_merger_of Sandoz"],
    ],
    ["What does Entresto contain?", ["Entresto has_active_ingredient ?answer*"]],
    ["What are the side effects of warfarin?", ["warfarin has_side_effect ?side effects*"]],
    ["How is Fabry disease inherited?", ["Fabry disease has_mode_of_inheritance ?inheritance*"]],
  ])("%s", (question, expected) => {
    expect(query(question)).toEqual(expected);
  });

  it("lets a reference mean what its relation admits: a company contains nothing", () => {
    expect(query("Who makes Entresto, and what does it contain?")).toEqual([
      "Entresto manufactured_by ?company*",
      "Entresto has_active_ingredient ?answer*",
    ]);
  });

  it("takes a noun after the copula as a statement of the kind before it", () => {
    expect(
      query("Which drug did the PARADIGM-HF trial test, which drug was the comparator, and who sponsored it?"),
    ).toEqual([
      "PARADIGM-HF studies_intervention ?drug*",
      "PARADIGM-HF has_comparator ?drug*",
      "PARADIGM-HF sponsored_by ?company*",
    ]);
  });
});

describe("intersections", () => {
  it.each([
    [
      "Which disease shows both ectopia lentis and aortic root aneurysm, and is caused by FBN1?",
      [
        "?disease* has_phenotype ectopia lentis",
        "?disease* has_phenotype aortic root aneurysm",
        "FBN1 causes ?disease*",
      ],
    ],
    [
      "Which drugs treat type 2 diabetes and are contraindicated in heart failure?",
      ["?drugs* treats type 2 diabetes", "?drugs* contraindicated_in heart failure"],
    ],
    [
      "Which guideline recommends ACE inhibitors for heart failure?",
      ["?guideline* recommends ACE inhibitors", "?guideline* covers_condition heart failure"],
    ],
    [
      "Which symptoms do Marfan syndrome and Fabry disease have in common?",
      ["Marfan syndrome has_phenotype ?symptoms*", "Fabry disease has_phenotype ?symptoms*"],
    ],
  ])("%s", (question, expected) => {
    expect(query(question)).toEqual(expected);
  });
});

function unread(question: string) {
  return readQuestion(question, named(question)).unread;
}

/** What the conditions of a question say of an entity that was approved in `year`. */
function approved(question: string, year: number) {
  const { conditions, terms } = readQuestion(question, named(question));
  return conditions.map((c) => [(terms.get(c.term) as { label: string }).label, c.holds({ approved: year })]);
}

describe("conditions on the unknown itself", () => {
  it.each([
    ["Which drug approved between 2010 and 2015 treats heart failure?", 2015, true],
    ["Which drug approved between 2010 and 2015 treats heart failure?", 2016, false],
    ["Which drug that was first approved before 2000 treats heart failure?", 1999, true],
    ["Which drug that was first approved before 2000 treats heart failure?", 2000, false],
    ["Which drug approved since 2014 treats heart failure?", 2014, true],
    ["Which drug approved in 2015 treats heart failure?", 2014, false],
  ])("%s · %i", (question, year, expected) => {
    expect(approved(question, year)).toEqual([["drug", expected]]);
  });

  it("are no part of the relations", () => {
    expect(query("Which drug approved in 2015 treats heart failure?")).toEqual(["?drug* treats heart failure"]);
  });
});

describe("what was not understood", () => {
  it("is a condition where it stands for itself", () => {
    expect(unread("Which disease shows both ectopia lentis and purple toenails?")).toMatchObject([
      { text: "purple toenails", condition: true },
    ]);
    expect(unread("Which gene is mutated in Foobarosis?")).toMatchObject([{ text: "Foobarosis", condition: true }]);
  });

  it("is a colour where it stands before a kind", () => {
    expect(unread("Which first-line drug treats heart failure?")).toMatchObject([
      { text: "first-line", condition: false },
    ]);
  });

  it("leaves nothing in a plain question", () => {
    expect(unread("Which gene is mutated in Marfan syndrome?")).toEqual([]);
  });
});

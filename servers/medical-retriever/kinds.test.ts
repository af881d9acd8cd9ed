import { describe, expect, test } from "vitest";
import { kindOf } from "./kinds.ts";

const typed = (...publicationTypes: string[]) => kindOf({ id: "TEST:1", publicationTypes });

describe("the kind of a document", () => {
  test.each([
    [["Practice Guideline"], "guideline"],
    [["Consensus Development Conference"], "guideline"],
    [["Meta-Analysis", "Randomized Controlled Trial"], "systematic_review"],
    [["Journal Article", "Randomized Controlled Trial", "Comparative Study"], "randomized_trial"],
    [["Systematic Review", "Review"], "systematic_review"],
    [["systematic-review"], "systematic_review"],
    [["Review", "Journal Article"], "review"],
    [["Preprint", "Randomized Controlled Trial"], "preprint"],
    [["Drug Label"], "regulator_label"],
    [["Curated Database"], "curated_database"],
    [["Case Reports"], "case_report"],
    [["Company Statement"], "company_statement"],
    [["Clinical Trial, Phase III"], "clinical_trial"],
    [["Clinical Trial Protocol", "Journal Article"], "planned_trial"],
    [["Journal Article"], "article"],
    [[], "article"],
  ])("%j is a %s", (types, kind) => {
    expect(typed(...types)).toBe(kind);
  });

  test.each([
    ["a letter on a guideline", ["Letter", "Practice Guideline"], "comment"],
    ["an editorial beside a trial", ["Editorial", "Randomized Controlled Trial"], "comment"],
    ["an erratum of a guideline", ["Published Erratum", "Practice Guideline"], "notice"],
    ["a notice of retraction", ["Retraction of Publication", "Systematic Review"], "notice"],
    ["a letter that reports a trial of its own", ["Letter", "Randomized Controlled Trial"], "randomized_trial"],
    [
      "a retracted trial is a trial, for what it was",
      ["Retracted Publication", "Randomized Controlled Trial"],
      "randomized_trial",
    ],
  ])("%s", (_, types, kind) => {
    expect(typed(...types)).toBe(kind);
  });

  test("a registered trial counts for more when it gives its results", () => {
    const trial = { id: "NCT:NCT00000001", publicationTypes: ["Clinical Trial Registration"] };
    expect(kindOf({ ...trial, sections: [{ label: "Design", text: "…" }] })).toBe("planned_trial");
    expect(kindOf({ ...trial, sections: [{ label: "Result, primary", text: "…" }] })).toBe("clinical_trial");
  });

  test("a label is one thing, a recall another, a count of reports a third", () => {
    expect(kindOf({ id: "SPL:1", publicationTypes: ["Drug Label"] })).toBe("regulator_label");
    expect(kindOf({ id: "RECALL:D-1", publicationTypes: ["Drug Recall"] })).toBe("regulator_notice");
    expect(kindOf({ id: "FAERS:x", publicationTypes: ["Adverse Event Reports"] })).toBe("adverse_event_reports");
  });

  test("an identifier tells where no type does", () => {
    expect(kindOf({ id: "NCT:NCT01245062" })).toBe("planned_trial");
    expect(kindOf({ id: "URL:https://example.org/" })).toBe("web");
  });
});

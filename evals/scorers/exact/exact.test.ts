import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreExact } from "../index.ts";

const ok = (answer: string, gold: string, ...aliases: string[]) => scoreExact(answer, gold, aliases).correct;

describe("the same answer, said in other ways", () => {
  it.each([
    ["CFTR [1].", "CFTR"],
    ["**Imatinib** [1, 2]", "imatinib"],
    ["Imatinib [PMID:12#0-20].", "imatinib"],
    ["The answer is imatinib [1].", "imatinib"],
    ["Answer: Imatinib", "imatinib"],
    ["I weighed the evidence.\nFINAL ANSWER: imatinib", "imatinib"],
    ["Sjogren syndrome", "Sjögren syndrome"],
    ["Crohn’s disease", "Crohn's disease"],
    ["the Crohns disease", "Crohn's disease"],
    ["PPARγ", "PPAR-gamma"],
    ["Trial NCT 02576665", "Trial NCT02576665"],
    ["nct02576665 [3]", "NCT02576665"],
    ["HP_0001250", "HP:0001250"],
    ["CFTR [1]. This follows from: cystic fibrosis may be caused by CFTR or others [2].", "CFTR"],
    ["Imatinib [1]. It inhibits BCR-ABL [1].", "imatinib"],
    ["imatinib (CHEBI:45783)", "imatinib"],
    ["NA", "NA"],
    ["Not listed", "Not_Listed"],
  ])("%s = %s", (answer, gold) => expect(scoreExact(answer, gold)).toMatchObject({ correct: true }));

  it("takes an alias for the gold, alone or in brackets", () => {
    expect(ok("Gleevec [1]", "imatinib", "Gleevec")).toBe(true);
    expect(ok("imatinib (Gleevec)", "imatinib", "Gleevec")).toBe(true);
  });
});

describe("another answer", () => {
  it.each([
    ["dasatinib", "imatinib"],
    ["imatinib mesylate", "imatinib"],
    ["not imatinib", "imatinib"],
    ["IL-2", "IL-21"],
    ["NCT02576666", "NCT02576665"],
    ["imatinib or dasatinib [1]", "imatinib"],
    ["Dasatinib [1], imatinib [2], nilotinib [1].", "imatinib"],
    ["imatinib/dasatinib", "imatinib"],
    ["imatinib (or dasatinib)", "imatinib"],
    ["Imatinib [1]. Or it may be dasatinib [2].", "imatinib"],
    ["Imatinib [1]. Dasatinib [2].", "imatinib"],
    ["Imatinib [1]. It could also be dasatinib.", "imatinib"],
    ["Every drug that there is, such as imatinib", "imatinib"],
    ["yes", "imatinib"],
  ])("%s ≠ %s", (answer, gold) => expect(scoreExact(answer, gold)).toMatchObject({ correct: false }));

  it("says that several candidates are why", () => {
    expect(scoreExact("imatinib or dasatinib", "imatinib").reason).toContain("several candidates");
  });

  it.each([
    "",
    "  ",
    ".",
    ":",
    "[1]",
    "unknown",
    "I cannot answer this from the knowledge that is loaded (starter)",
    "N/A",
    "I don't know. Maybe imatinib.",
  ])("an abstention (%j) scores 0", (answer) => expect(ok(answer, "imatinib")).toBe(false));

  it("has no right answer where there is no gold", () => expect(ok("", "")).toBe(false));
});

describe("quantities and dates", () => {
  it.each([
    ["500 mg", "0.5 g"],
    ["1,234.50 USD", "$1234.5"],
    ["50 µg/ml", "50 mg/l"],
    ["2 weeks", "14 days"],
    ["24 months", "2 years"],
    ["12.0 percent [1].", "12%"],
    ["March 5th, 2012", "2012-03-05"],
    ["5 Mar 2012", "Mar 5, 2012"],
    ["5 March 2012", "2012"],
    ["in 2012", "2012"],
  ])("%s = %s", (answer, gold) => expect(scoreExact(answer, gold)).toMatchObject({ correct: true }));

  it.each([
    ["500 mg", "500 g"],
    ["-5", "5"],
    ["< 5 mg", "5 mg"],
    ["5 mg", "5 ml"],
    ["10 and 20", "1020"],
    ["2012", "Mar 5, 2012"],
    ["2012-02-30", "2012-02-28"],
    ["2013", "2012"],
    ["30 days", "1 month"],
  ])("%s ≠ %s", (answer, gold) => expect(scoreExact(answer, gold)).toMatchObject({ correct: false }));
});

describe("lists", () => {
  it("are compared as sets of whole members", () => {
    expect(ok("Imatinib [2] and dasatinib [1]", "dasatinib, imatinib")).toBe(true);
    expect(ok("dasatinib [1], imatinib [2], nilotinib [3]", "dasatinib, imatinib")).toBe(false);
    expect(ok("imatinib, imatinib", "dasatinib; imatinib")).toBe(false);
    expect(ok("dasatinib", "dasatinib, imatinib")).toBe(false);
  });
  it("leave a name with a comma or an 'and' whole", () => {
    expect(ok("hand, foot and mouth disease [1]", "Hand, foot and mouth disease")).toBe(true);
  });
});

describe("any text", () => {
  it("equals itself unless nothing is left of it, marks and case aside", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{3,9}( [a-z0-9]{3,6})?$/), (gold) => {
        expect(ok(`${gold.toUpperCase()} [1].`, gold)).toBe(true);
        expect(ok(`${gold} or Quxzzyfor`, gold)).toBe(false);
      }),
    );
  });
  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.string()), (a, g, l) => {
        expect(typeof ok(a, g, ...l)).toBe("boolean");
      }),
    );
  });
});

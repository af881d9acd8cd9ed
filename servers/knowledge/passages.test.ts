import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentText, type Document } from "../../schemas/index.ts";
import { bestPassages, passagesOf } from "./passages.ts";
import { sentencesOf } from "./sentences.ts";

const marfan: Document = {
  id: "HPOA:OMIM:154700",
  title: "Marfan syndrome",
  sections: [
    {
      label: "Phenotype",
      text: "Aortic root aneurysm is very frequent.\nArachnodactyly occurs in 45%.\nEctopia lentis is frequent.",
    },
    { label: "", text: "The fibrillin-1 gene (FBN1) is mutated. Losartan was given at 1.5 mg/kg, i.e. a high dose." },
  ],
};

const split = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));
const texts = (passages: { text: string }[]) => passages.map((p) => p.text);

describe("passagesOf", () => {
  test("gives verbatim spans with their section", () => {
    const passages = passagesOf(marfan);
    for (const p of passages) {
      expect(p.text).toBe(documentText(marfan).slice(p.start, p.end));
      expect(p.id).toBe(`${marfan.id}#${p.start}-${p.end}`);
    }
    expect(passages.map((p) => p.section)).toEqual([undefined, "Phenotype", undefined]);
  });

  test("keeps lines and sentences whole when they do not fit together", () => {
    expect(texts(passagesOf(marfan, { maxLength: 60 }))).toEqual([
      "Marfan syndrome",
      "Aortic root aneurysm is very frequent.",
      "Arachnodactyly occurs in 45%.\nEctopia lentis is frequent.",
      "The fibrillin-1 gene (FBN1) is mutated.",
      "Losartan was given at 1.5 mg/kg, i.e. a high dose.",
    ]);
  });

  test("any document gives ordered, bounded, verbatim passages that hold every word", () => {
    const section = fc.record({
      label: fc.constantFrom("", "RESULTS"),
      text: fc.string({ unit: fc.constantFrom("a", "B", ".", " ", "\n", "5", "💊", "é"), maxLength: 300 }),
    });
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(section, { maxLength: 4 }),
        fc.integer({ min: 4, max: 80 }),
        (title, sections, maxLength) => {
          const document: Document = { id: "X:1", title, sections };
          const text = documentText(document);
          let at = 0;
          for (const p of passagesOf(document, { maxLength })) {
            expect(p.text).toBe(text.slice(p.start, p.end));
            expect(p.text.length).toBeLessThanOrEqual(maxLength);
            expect(p.start).toBeGreaterThanOrEqual(at);
            // Only white space and section labels lie between passages.
            expect(text.slice(at, p.start).replaceAll("RESULTS", "").trim()).toBe("");
            at = p.end;
          }
        },
      ),
    );
  });
});

describe("bestPassages", () => {
  test("puts the passage that answers first", () => {
    const [best] = bestPassages(marfan, "Which gene is mutated in Marfan syndrome?", 2, { maxLength: 60 });
    expect(best?.text).toBe("The fibrillin-1 gene (FBN1) is mutated.");
    expect(best?.score).toBeGreaterThan(0);
  });

  test("a section's label counts as words of its passages", () => {
    const sections = [
      { label: "Features", text: "Tall stature is a feature of Marfan syndrome." },
      { label: "Genes", text: "FBN1 is associated with Marfan syndrome." },
    ];
    const [best] = bestPassages({ ...marfan, sections }, "Which gene is mutated in Marfan syndrome?", 1);
    expect(best?.text).toContain("FBN1");
  });

  test("offers the title only where nothing else matches, and nothing for another subject", () => {
    expect(texts(bestPassages(marfan, "Marfan syndrome", 3))).toEqual(["Marfan syndrome"]);
    expect(bestPassages(marfan, "asthma inhaler", 3)).toEqual([]);
    expect(bestPassages(marfan, "what is this", 3)).toEqual([]);
  });
});

describe("sentencesOf", () => {
  test("does not stop at abbreviations, decimals or species", () => {
    expect(split("Smith et al. Reported P = .05 vs. P = 0.1. E. coli (Fig. 2) grew. Then it ended.")).toEqual([
      "Smith et al. Reported P = .05 vs. P = 0.1.",
      "E. coli (Fig. 2) grew.",
      "Then it ended.",
    ]);
  });

  test("joins a line that was only wrapped, not a list", () => {
    expect(split("This is a long line that an extractor has wrapped\nin the middle. Next.")).toHaveLength(2);
    expect(split("Seizure\nAtaxia\nHypotonia")).toEqual(["Seizure", "Ataxia", "Hypotonia"]);
  });
});

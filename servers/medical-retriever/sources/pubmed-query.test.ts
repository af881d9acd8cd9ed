import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { pubmedTerms } from "./pubmed-query.ts";

const rarity = (term: string) => (term.startsWith("vorn") ? 9 : 1);
const named = (text: string, name = text, synonyms: string[] = []) => ({ text, name, synonyms });

describe("pubmedTerms", () => {
  test("names stay together, function and asking words go; a looser form asks for any two parts with a name", () => {
    expect(
      pubmedTerms(
        "Which drugs are used for quellosis media with vornitis in older adults?",
        [named("quellosis media")],
        rarity,
      ),
    ).toEqual([
      '("quellosis media"[tiab] OR "quellosis media"[mh]) AND vornitis AND drugs',
      '(("quellosis media"[tiab] OR "quellosis media"[mh]) AND (vornitis OR drugs OR older OR adults))',
    ]);
  });

  test("without a name, any two words of the rarest; one or two parts have one form", () => {
    expect(pubmedTerms("older adults, vornitis and gout", [], rarity)).toEqual([
      "vornitis AND older AND adults",
      "((vornitis AND (older OR adults OR gout)) OR (older AND (adults OR gout)) OR (adults AND gout))",
    ]);
    expect(pubmedTerms("vornitis", [named("vornitis")], rarity)).toEqual(["vornitis"]);
    expect(pubmedTerms("gout in vornitis", [], rarity)).toEqual(["vornitis AND gout"]);
  });

  test("other names stand beside the one that was written: brand and generic, synonyms; inverted and two-letter ones do not", () => {
    const [term] = pubmedTerms(
      "Does Zelpa help in vorn disease?",
      [
        named("Zelpa", "zelpamab", ["ZP-101", "Zelpamab"]),
        named("vorn disease", "vornitis", ["VD", "disease, vorn", "vorn inflammation"]),
      ],
      rarity,
    );
    expect(term).toBe(
      '(Zelpa OR "zelpamab"[tiab] OR "ZP-101"[tiab]) AND ("vorn disease"[tiab] OR "vorn disease"[mh] OR "vornitis"[tiab] OR "vorn inflammation"[tiab]) AND help',
    );
  });

  test("a name with several bearers is searched as written: whose synonyms are meant is not known", () => {
    const bearers = [named("cold", "common cold", ["coryza"]), named("cold", "COPD", ["obstructive lung disease"])];
    expect(pubmedTerms("zinc for a cold", bearers, rarity)[0]).toBe("cold AND zinc");
  });

  test.each([
    ["guidelines for vornitis", 'vornitis AND ("Practice Guideline"[pt] OR "Guideline"[pt]'],
    ["a meta-analysis of zelpamab", '("Systematic Review"[pt] OR "Meta-Analysis"[pt]'],
    ["randomised controlled trials of zelpamab", '("Randomized Controlled Trial"[pt]'],
    ["case reports of vornitis", '"Case Reports"[pt]'],
  ])("%s asks for that kind of publication", (question, part) => {
    const [term] = pubmedTerms(question, [named("vornitis")], rarity);
    expect(term).toContain(part);
  });

  test("kinds of evidence that alone are wanted limit every form, and what the caller wrote", () => {
    const terms = pubmedTerms("guidelines on zelpamab in vornitis and gout", [], rarity, ["case_report", "review"]);
    expect(terms).toHaveLength(2);
    for (const term of terms) expect(term).toMatch(/\) AND \("Case Reports"\[pt\] OR "Review"\[pt\]\)$/);
    expect(pubmedTerms("a[tiab] OR b[tiab]", [], rarity, ["review"])).toEqual([
      '(a[tiab] OR b[tiab]) AND "Review"[pt]',
    ]);
    expect(pubmedTerms("vornitis", [], rarity, ["review", "article"])).toEqual(["vornitis"]);
  });

  test.each(["vornitis[tiab] AND 2020[dp]", "vornitis[Title/Abstract]", "aspirin AND stroke", "zelpa*[Mesh:NoExp]"])(
    "PubMed's own syntax is left alone: %s",
    (query) => expect(pubmedTerms(query, [named("stroke")], rarity)).toEqual([query]),
  );

  test("any words give short, balanced terms", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 80 });
    const entity = fc.record({ text, name: text, synonyms: fc.array(text, { maxLength: 20 }) });
    fc.assert(
      fc.property(text, fc.array(entity, { maxLength: 6 }), (question, entities) => {
        fc.pre(!/\[|AND|OR|NOT/.test(question));
        for (const term of pubmedTerms(question, entities, rarity)) {
          expect(term.length).toBeLessThan(6000);
          expect(term.split('"').length % 2).toBe(1);
          expect(term.split("(").length).toBe(term.split(")").length);
        }
      }),
    );
  });
});

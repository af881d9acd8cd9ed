import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { contributionChart } from "./contribution-chart.ts";
import type { ExplanationLike } from "./explanation.ts";
import { posteriorChart } from "./posterior-chart.ts";
import { factor, percent } from "./numbers.ts";
import { explanationSvg } from "./svg.ts";

const MARFAN: ExplanationLike = {
  rank: 2,
  diagnosis: {
    disease: "OMIM:154700",
    name: "Marfan syndrome",
    posterior: 0.2,
    interval: [0.1, 0.3],
    contributions: [
      {
        finding: "HP:1",
        label: "Ectopia lentis",
        kind: "observed",
        logLikelihoodRatio: Math.log(50),
        source: "60 of 100 patients (PMID:1)",
      },
      { finding: "HP:2", label: "Seizure", kind: "excluded", logLikelihoodRatio: Math.log(1.1) },
      { finding: "HP:3", label: "Headache", kind: "observed", logLikelihoodRatio: -Math.log(4) },
    ],
  },
  leading: [
    { disease: "OMIM:236200", name: "Homocystinuria", posterior: 0.5, interval: [0.4, 0.6] },
    { disease: "OMIM:154700", name: "Marfan syndrome", posterior: 0.2, interval: [0.1, 0.3] },
  ],
};

/** Attributes of the elements of one kind, in order. */
function attributesOf(svg: string, tag: string, className: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const all = attributes as Record<string, string>;
    if (name === tag && (all["class"] ?? "").split(" ").includes(className)) found.push(all);
  });
  parser.write(svg).close();
  return found;
}

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 50 }),
  fc.constantFrom("<script>x</script>", `"'></text>`, "متلازمة", "👩‍👩‍👧‍👦", "\uD800", "\u0000", "x ".repeat(1e5)),
);
const number = fc.oneof(fc.double({ min: -60, max: 60, noNaN: true }), fc.constant(0));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const disease = fc.record({
  disease: wild,
  name: wild,
  posterior: share,
  interval: fc.option(fc.tuple(share, share), { nil: undefined }),
});
const explanations: fc.Arbitrary<ExplanationLike> = fc.record({
  rank: fc.integer({ min: 1, max: 13_000 }),
  leading: fc.array(disease, { maxLength: 8 }),
  diagnosis: disease.chain((d) =>
    fc
      .array(
        fc.record({
          finding: wild,
          label: wild,
          kind: fc.constantFrom("observed", "excluded", "missing", "age"),
          logLikelihoodRatio: number,
          source: fc.option(wild, { nil: undefined }),
        }),
        { maxLength: 40 },
      )
      .map((contributions) => ({ ...d, contributions })),
  ),
});

describe("numbers", () => {
  it("read as what they do to the odds, and as shares that are never certain", () => {
    expect([Math.log(10), -Math.log(2), 0, 20].map(factor)).toEqual(["×10", "÷2", "×1", "×4.9e+8"]);
    expect([0, 0.00001, 0.0162, 0.5, 0.995, 0.99999, 1].map(percent)).toEqual([
      "0%",
      "<0.01%",
      "1.6%",
      "50%",
      "99.5%",
      ">99.9%",
      "100%",
    ]);
  });
});

describe("the picture of a diagnosis", () => {
  it("has a bar for each finding: longer for more, right for what speaks for it, left against", () => {
    const bars = attributesOf(explanationSvg(MARFAN), "rect", "bar");
    const [lens, seizure, headache] = bars.map((bar) => ({ ...bar, x: Number(bar["x"]), width: Number(bar["width"]) }));
    expect(bars.map((bar) => bar["class"])).toEqual(["bar fill-for", "bar fill-for", "bar fill-against"]);
    expect(lens!.width / headache!.width).toBeCloseTo(Math.log(50) / Math.log(4), 1);
    expect(seizure!.x).toBe(lens!.x);
    expect(headache!.x + headache!.width).toBeCloseTo(lens!.x, 0);
  });

  it("places the disease among the leading ones, best first", () => {
    const svg = explanationSvg(MARFAN);
    expect(attributesOf(svg, "g", "row").flatMap((row) => row["data-disease"] ?? [])).toEqual([
      "OMIM:236200",
      "OMIM:154700",
    ]);
    expect(svg).toContain("2. Marfan syndrome");
    expect(svg).toContain("20% (10%–30%)");
    expect(svg).toContain("Absent: Seizure");
    expect(svg).toContain("×50");
    expect(svg).toContain("decision and does not replace it.");
  });

  it("shows a disease that is far behind, too", () => {
    const far = {
      ...MARFAN,
      rank: 7000,
      diagnosis: { ...MARFAN.diagnosis, disease: "OMIM:1", posterior: 1e-9, interval: undefined },
    };
    const svg = explanationSvg(far);
    expect(svg).toContain("7000. Marfan syndrome");
    expect(svg).toContain("&lt;0.01%");
  });

  it("tells the weaker of many findings in one bar that keeps their sum", () => {
    const contributions = Array.from({ length: 60 }, (_, i) => ({
      finding: `HP:${i}`,
      label: `finding ${i}`,
      kind: "observed",
      logLikelihoodRatio: 0.1,
    }));
    const svg = explanationSvg({ ...MARFAN, diagnosis: { ...MARFAN.diagnosis, contributions } });
    expect(attributesOf(svg, "rect", "bar")).toHaveLength(16);
    expect(svg).toContain("45 weaker contributions together");
    expect(svg).toContain(factor(4.5));
  });

  it("is well-formed, finite and on the page, whatever the result", () => {
    fc.assert(
      fc.property(explanations, fc.integer({ min: 430, max: 900 }), (explanation, width) => {
        const svg = explanationSvg(explanation);
        expect(svg).not.toMatch(/NaN|Infinity/);
        for (const bar of attributesOf(svg, "rect", "bar")) {
          expect(Number(bar["x"])).toBeGreaterThanOrEqual(0);
          expect(Number(bar["x"]) + Number(bar["width"])).toBeLessThanOrEqual(720);
        }
        expect(posteriorChart(explanation, width).height).toBeLessThan(600);
        expect(contributionChart(explanation, width).height).toBeLessThan(1200);
      }),
      { numRuns: 60 },
    );
  });
});

/** Evidence as counts: the order of adding leaves no trace, nor does what was removed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreAll } from "../inference/rank.ts";
import { SETTINGS } from "../inference/settings.ts";
import { vectorsOf } from "../inference/vectors.ts";
import { compileModel } from "../model/compile.ts";
import { columnsOf } from "../model/model.ts";
import { fiveDiseases } from "../testing/five-diseases.ts";
import { EvidenceSet, type EvidenceItem, type Grade } from "./evidence-set.ts";
import { correctionsOf, withEvidence } from "./overlay.ts";

const { model: base } = compileModel(fiveDiseases());
const FINDINGS = [2, 3, 4, 5, 6, 7, 8].map((n) => `HP:900000${n}`);
const observed = ["HP:9000005", "HP:9000007"].map((id) => base.term(id)!).toSorted((a, b) => a - b);
const patient = { observed, excluded: [base.term("HP:9000008")!] };

/** Everything that the evidence can change, to the last bit. */
function result(items: readonly EvidenceItem[]) {
  const model = withEvidence(base, items);
  const scores = scoreAll(model, vectorsOf(model, SETTINGS), SETTINGS, patient, correctionsOf(model, SETTINGS, items));
  return { ids: Array.from(scores, (_, d) => [model.diseaseId(d), model.diseaseName(d)]), scores: [...scores] };
}

const statement = fc.oneof(
  fc.tuple(fc.nat(5), fc.integer({ min: 5, max: 40 })).map(([n, m]) => ({ n, m })),
  fc.constantFrom("45%", "HP:0040281", "frequent", "5%-10%").map((frequency) => ({ frequency })),
  fc.record({ lrPositive: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
  fc.record({ lrNegative: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
);
const evidence = fc
  .record({
    disease: fc.constantFrom("D:A", "D:B", "D:C", "D:new", "D:newer"),
    name: fc.constantFrom("One", "Another"),
    finding: fc.constantFrom(...FINDINGS),
    document: fc.constantFrom("PMID:1", "PMID:2", "PMID:3"),
    grade: fc.constantFrom<Grade[]>("A", "B", "C", "D"),
  })
  .chain((item) => statement.map((s) => ({ ...item, ...s })));

describe("a set of evidence", () => {
  it("gives bit-identical results in any order", () => {
    const lists = fc
      .array(evidence, { maxLength: 12 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(lists, ([one, other]) => {
        const [first, second] = [one, other].map((list) => {
          const set = new EvidenceSet("test");
          for (const item of list) set.add(item);
          return result(set.items());
        });
        expect(second).toEqual(first);
      }),
    );
  });

  it("is as before when what was added is removed", () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 6 }), fc.array(evidence, { maxLength: 6 }), (kept, passing) => {
        const set = new EvidenceSet("test");
        for (const item of kept) set.add(item);
        const before = [...set.items()];
        const added = passing.map((item) => set.add(item)).filter(({ id }) => !before.some((b) => b.id === id));
        for (const { id } of added) set.remove(id);
        expect(set.items().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
        expect(result(set.items()).scores).toEqual(result(before).scores);
        expect(set.remove("E:none")).toBe(false);
      }),
    );
  });

  it("adds the counts of papers, and a disease that only evidence knows is a candidate", () => {
    const counts = { disease: "D:new", name: "A new disease", finding: "HP:9000005", grade: "B" as const };
    const set = new EvidenceSet("test");
    set.add({ ...counts, n: 3, m: 4, document: "PMID:1" });
    set.add({ ...counts, n: 5, m: 6, document: "PMID:2" });
    const model = withEvidence(base, set.items());
    const disease = model.disease("D:new")!;
    expect(model.diseaseName(disease)).toBe("A new disease");
    const entry = model.entryFor(disease, model.term("HP:9000005")!);
    expect(model.profiles.frequency[entry]).toBeCloseTo((8 + 2.1) / (10 + 6), 12);
    expect(base.disease("D:new")).toBeUndefined();
  });

  it("joins rows to a table as if all had been read at once", () => {
    const known = fiveDiseases();
    const row = fc.record({ disease: fc.constantFrom("A", "B", "E"), n: fc.nat(3), m: fc.integer({ min: 3, max: 9 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const added = rows.map(({ disease, n, m }) => ({
          disease: `D:${disease}`,
          term: "HP:9000006",
          frequency: `${n}/${m}`,
          references: ["PMID:9"],
        }));
        const { model: together } = compileModel({ ...known, annotations: [...known.annotations, ...added] });
        const items = added.map(({ disease, term, frequency }, i) => {
          const [n, m] = frequency.split("/").map(Number) as [number, number];
          return { id: `${i}`, disease, finding: term, n, m, document: "PMID:9", grade: "A" as const };
        });
        const joined = withEvidence(compileModel(known).model, items);
        const a = columnsOf(together);
        const b = columnsOf(joined);
        // Names of references are numbered as they come.
        const numbers = (columns: typeof a) =>
          Object.fromEntries(Object.entries(columns).filter(([name]) => !name.startsWith("rows.reference")));
        expect(numbers(b)).toEqual(numbers(a));
      }),
      { numRuns: 30 },
    );
  });
});

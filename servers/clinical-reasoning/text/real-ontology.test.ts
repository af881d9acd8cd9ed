import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import { hasShared, readHpoFiles } from "../testing/hpo-files.ts";
import { countsOf, figuresOf, readAbstracts } from "../testing/gsc-plus.ts";
import { Dictionary } from "./dictionary.ts";
import { identifyFindings } from "./findings.ts";
import { GROWTH } from "./growth.ts";
import { LAY_TERMS } from "./lay-terms/index.ts";
import { STATURE } from "./stature.ts";

it("gives no everyday name to two findings", () => {
  const names = LAY_TERMS.flatMap(([, names]) => names);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe.skipIf(!hasShared)("on the real ontology (needs ../shared/data)", () => {
  const { model } = hasShared ? compileModel(readHpoFiles()) : { model: undefined! };

  it("has every label", () => {
    const labels = new Set(Array.from({ length: model.ontology.labels.length }, (_, term) => model.label(term)));
    const wanted = [...LAY_TERMS.map(([label]) => label), ...Object.values(STATURE), ...Object.values(GROWTH).flat()];
    expect(wanted.filter((label) => !labels.has(label))).toEqual([]);
  });

  it("reads every name as its finding, or as the one that the ontology itself calls so", () => {
    const [dictionary, ontology] = [new Dictionary(model), new Dictionary(model, [])];
    const read = (names: Dictionary, name: string) => {
      const term = names.lookup(name);
      return term === undefined ? undefined : model.label(term);
    };
    const wrong = LAY_TERMS.flatMap(([label, names]) =>
      names
        .filter((name) => read(dictionary, name) !== label && read(dictionary, name) !== read(ontology, name))
        .map((name) => `${name}: ${read(dictionary, name)}, not ${label}`),
    );
    expect(wrong).toEqual([]);
  });

  it("finds in abstracts what people found in them: F1 .78 and more, precision .82 and more", () => {
    const dictionary = new Dictionary(model);
    const counts = readAbstracts(model).map((abstract) => {
      const { findings } = identifyFindings(model, dictionary, abstract.text);
      return countsOf(new Set(findings.map(({ id }) => model.term(id)!)), abstract);
    });
    const [precision, , f1] = figuresOf(counts);
    expect(f1).toBeGreaterThan(0.78);
    expect(precision).toBeGreaterThan(0.82);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import { ageIn, sexIn, yearsOf } from "./demographics.ts";
import { Dictionary } from "./dictionary.ts";
import { identifyFindings } from "./findings.ts";

const NAMES: Record<string, readonly string[]> = {
  "HP:0001250": ["Seizure", "Seizures", "Epileptic seizure"],
  "HP:0002240": ["Hepatomegaly", "Enlarged liver"],
  "HP:0001744": ["Splenomegaly"],
  "HP:0001083": ["Ectopia lentis"],
  "HP:0000098": ["Tall stature"],
  "HP:0000175": ["Cleft palate", "Palatoschisis"],
  "HP:0000969": ["Edema", "Oedema"],
  "HP:0001166": ["Arachnodactyly"],
  "HP:0000822": ["Hypertension", "High blood pressure"],
  "HP:0001945": ["Fever"],
  "HP:0000545": ["Myopia"],
  "HP:0011003": ["High myopia"],
  "HP:0001631": ["Atrial septal defect", "ASD"],
  "HP:0000717": ["Autism"],
};
const { model } = compileModel({
  terms: Object.entries(NAMES).map(([id, [label, ...synonyms]]) => ({ id, label: label!, synonyms })),
  isA: [{ child: "HP:0011003", parent: "HP:0000545" }],
  diseases: [{ id: "D:1", name: "one" }],
  annotations: [{ disease: "D:1", term: "HP:0001250" }],
  inheritance: [],
  onsets: [],
});
const dictionary = new Dictionary(model);
const read = (text: string) => identifyFindings(model, dictionary, text);
/** Labels; "−" before what is denied, "~" before what is said of relatives. */
const brief = (text: string) =>
  read(text).findings.map((f) => `${f.family ? "~" : ""}${f.negated ? "−" : ""}${f.label}`);

describe("names in a text", () => {
  it.each([
    ["plurals", "He had seizures and oedemas.", ["Seizure", "Edema"]],
    ["word order", "a palate cleft", ["Cleft palate"]],
    ["hyphens", "cleft-palate", ["Cleft palate"]],
    ["the longest name alone", "high myopia was seen", ["High myopia"]],
    ["lay words", "fits since birth", ["Seizure"]],
    ["small errors in long words", "arachnodactily and hepatomegally", ["Arachnodactyly", "Hepatomegaly"]],
    ["no errors in short words", "She has fewer complaints", []],
    ["symbols only as written", "an ASD; asd is a word", ["Atrial septal defect"]],
    ["no name across a sentence", "He is tall. Stature was not measured.", []],
  ])("%s", (_, text, expected) => expect(brief(text)).toEqual(expected));

  it("gives the words' place in the text, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom("seizures", "no", "but", "éœ", "cleft palate", "\n", ". "), fc.string())),
        (parts) => {
          const text = parts.join(" ");
          for (const f of read(text).findings) expect(f.text).toBe(text.slice(f.start, f.end));
        },
      ),
    );
  });
});

describe("what is denied", () => {
  it.each([
    ["There was no hepatomegaly.", ["−Hepatomegaly"]],
    ["no hepatomegaly, splenomegaly or fever, but seizures", ["−Hepatomegaly", "−Splenomegaly", "−Fever", "Seizure"]],
    ["Seizures without fever.", ["Seizure", "−Fever"]],
    ["She denies seizures; fever is present.", ["−Seizure", "Fever"]],
    ["absence of seizures", ["−Seizure"]],
    ["Hepatomegaly was absent. Fever was noted.", ["−Hepatomegaly", "Fever"]],
    ["Not only seizures, fever too.", ["Seizure", "Fever"]],
    ["No fever. Seizures began early.", ["−Fever", "Seizure"]],
    ["He has never had seizures and has fever.", ["−Seizure", "Fever"]],
  ])("%s", (text, expected) => expect(brief(text)).toEqual(expected));
});

describe("what is said of relatives", () => {
  it.each([
    ["His mother has ectopia lentis.", ["~Ectopia lentis"]],
    ["He has seizures; his mother has ectopia lentis.", ["Seizure", "~Ectopia lentis"]],
    ["Family history of hypertension. He has fever.", ["~Hypertension", "Fever"]],
    ["hypertension in his father", ["~Hypertension"]],
    ["The mother reported seizures.", ["Seizure"]],
    ["His brother had seizures, but he has fever.", ["~Seizure", "Fever"]],
    ["His mother has no seizures.", ["~−Seizure"]],
  ])("%s", (text, expected) => expect(brief(text)).toEqual(expected));
});

describe("age and sex", () => {
  it.each([
    ["a boy of 4 with fits", "P4Y", "male"],
    ["a 4-year-old girl", "P4Y", "female"],
    ["A 32-year-old woman whose brother died", "P32Y", "female"],
    ["a newborn with cleft palate", "P0D", undefined],
    ["a three month old boy", "P3M", "male"],
    ["6 weeks of age, she was", "P6W", "female"],
    ["A man aged 45", "P45Y", "male"],
    ["He has 12 toes", undefined, "male"],
  ])("%s", (text, age, sex) => expect([ageIn(text), sexIn(text)]).toEqual([age, sex]));

  it.each([
    ["P4Y6M", 4.5],
    ["4", 4],
    ["4 years", 4],
    ["6 months", 0.5],
    ["newborn", 0],
    ["old", undefined],
  ])("%s is %s years", (text, years) => expect(yearsOf(text)).toBe(years));
});

/** What is read as a frequency, and the many numbers that are not one. */
import { describe, expect, it } from "vitest";
import { frequencyStatements } from "./frequency-statements.ts";

const D = "homocystinuria";
const said = (text: string) => frequencyStatements(text, D).map(({ observed, frequency }) => observed ?? frequency);

describe("a count or a share of the disease's patients", () => {
  it.each([
    ["Of 50 patients with homocystinuria, 30 had arachnodactyly.", "30 of 50"],
    ["Arachnodactyly was seen in 30 of 50 patients with homocystinuria.", "30 of 50"],
    ["Arachnodactyly was present in 30 out of 50 patients (60%) with homocystinuria.", "30 of 50"],
    ["Arachnodactyly was found in 30/50 affected individuals with homocystinuria.", "30 of 50"],
    ["All 12 children with homocystinuria had ectopia lentis.", "12 of 12"],
    ["Ectopia lentis was seen in none of 8 patients with homocystinuria.", "0 of 8"],
    ["Seizures occurred in two of the seven patients with homocystinuria.", "2 of 7"],
    ["Ectopia lentis is found in 85% of patients with homocystinuria.", "85%"],
    ["Ectopia lentis affects 85 % of those with homocystinuria.", "85%"],
  ])("%s", (text, expected) => expect(said(text)).toEqual([expected]));
});

describe("no number that could mean something else", () => {
  it.each([
    ["bounds", "Ectopia lentis is found in up to 85% of patients with homocystinuria."],
    ["ranges", "Ectopia lentis is found in 60-85% of patients with homocystinuria."],
    ["comparisons", "Seizures occurred in 20% of patients with homocystinuria versus 2% of controls."],
    ["effects", "Seizures improved in 60% of patients with homocystinuria."],
    ["treatment", "Seizures stopped in 12 of 30 patients with homocystinuria on treatment."],
    ["several", "Seizures in 6 of 30 patients and arachnodactyly in 12 of 30 patients with homocystinuria were seen."],
    ["denial", "Seizures were not seen in 12 of 30 patients with homocystinuria."],
    ["ages", "Of 50 patients with homocystinuria, 30 years was the mean age."],
    ["genes", "CBS variants were found in 28 of 30 patients with homocystinuria."],
    ["impossible counts", "Seizures occurred in 40 of 30 patients with homocystinuria."],
    ["impossible shares", "Seizures occurred in 140% of patients with homocystinuria."],
    ["no people", "Homocystinuria: 30 of 50 samples were positive."],
    ["another disease", "Arachnodactyly was seen in 30 of 50 patients with Marfan syndrome."],
  ])("%s", (_, text) => expect(said(text)).toEqual([]));
});

it("the quote is the sentence, word for word", () => {
  const sentence = "Arachnodactyly was seen in 30 of 50 patients (60%) with homocystinuria.";
  const text = `Background. ${sentence} Seizures were rare.`;
  expect(frequencyStatements(text, D)).toEqual([{ quote: sentence, observed: "30 of 50" }]);
});

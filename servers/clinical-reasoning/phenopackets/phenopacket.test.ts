/** What is read out of a phenopacket, what is refused with its reason, and what is never looked at. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { yearsOf } from "../text/demographics.ts";
import { NotACase, readPhenopacket } from "./phenopacket.ts";

const feature = (id: string, more: object = {}) => ({ type: { id, label: "…" }, ...more });
const MARFAN = {
  id: "PMID_1_patient",
  subject: { id: "patient", sex: "MALE", timeAtLastEncounter: { age: { iso8601duration: "P4Y6M" } } },
  phenotypicFeatures: [
    feature("HP:0001083", { onset: { age: { iso8601duration: "P1Y" } }, modifiers: [{ id: "HP:0012834" }] }),
    feature("HP:0001250", { excluded: true }),
    feature("HP:0001166", { excluded: false }),
  ],
  interpretations: [{ diagnosis: { disease: { id: "OMIM:154700", label: "Marfan syndrome" } } }],
  metaData: { phenopacketSchemaVersion: "2.0" },
};
const read = (packet: unknown, name = "file") => readPhenopacket(JSON.stringify(packet), name);
const why = (text: string) => {
  try {
    readPhenopacket(text, "file");
  } catch (error) {
    expect(error).toBeInstanceOf(NotACase);
    return (error as Error).message;
  }
  return expect.unreachable("it was read");
};

it("reads findings, sex and age", () => {
  expect(read(MARFAN)).toEqual({
    id: "PMID_1_patient",
    request: {
      observed: ["HP:0001083", "HP:0001166"],
      excluded: ["HP:0001250"],
      age: "P4Y6M",
      sex: "male",
    },
    notes: [],
  });
});

const years = (timeAtLastEncounter: object, more: object = {}) => {
  const { age } = read({ ...MARFAN, subject: { timeAtLastEncounter, ...more } }).request;
  return age === undefined ? undefined : yearsOf(age);
};

describe("age at the last encounter", () => {
  it("of a range the end, of an onset class its end: the model only argues that someone is too young", () => {
    expect(years({ ageRange: { start: { iso8601duration: "P10Y" }, end: { iso8601duration: "P20Y" } } })).toBe(20);
    expect(years({ ontologyClass: { id: "HP:0003593", label: "Infantile onset" } })).toBe(1);
    expect(years({ ontologyClass: { id: "HP:0003581", label: "Adult onset" } })).toBe(100);
  });
  it("before birth, and by dates", () => {
    expect(years({ gestationalAge: { weeks: 22, days: 3 } })).toBe(0);
    expect(years({ timestamp: "2020-07-01T00:00:00Z" }, { dateOfBirth: "2010-07-01T00:00:00Z" })).toBeCloseTo(10, 1);
    expect(years({ timestamp: "2020-07-01T00:00:00Z" })).toBeUndefined();
  });
  it("is left away where it cannot be read", () => {
    expect(years({ age: { iso8601duration: "four" } })).toBeUndefined();
    expect(years({ age: { iso8601duration: "P" } })).toBeUndefined();
  });
});

it("takes what version 1 called negated as excluded, not as observed", () => {
  const old = { ...MARFAN, phenotypicFeatures: [feature("HP:0001083"), feature("HP:0001250", { negated: true })] };
  expect(read(old).request).toMatchObject({ observed: ["HP:0001083"], excluded: ["HP:0001250"] });
});

it("a feature without an id is left out and told; a missing id is that of the file", () => {
  const odd = { ...MARFAN, id: "", phenotypicFeatures: [feature("HP:0001083"), { type: {} }, "seizures"] };
  expect(read(odd, "case-7")).toMatchObject({
    id: "case-7",
    request: { observed: ["HP:0001083"] },
    notes: ["a phenotypic feature without type.id was left out"],
  });
});

it("refuses what is not one patient, and says why", () => {
  expect(why("")).toBe("the file is empty");
  expect(why("{")).toContain("no JSON");
  expect(why("[]")).toContain("not an object");
  expect(why(JSON.stringify({ resourceType: "Patient" }))).toContain("neither subject nor phenotypicFeatures");
  expect(why(JSON.stringify({ id: "f", proband: MARFAN, pedigree: {} }))).toContain("a family");
  expect(why(JSON.stringify({ id: "c", members: [MARFAN] }))).toContain("a cohort");
  expect(why(JSON.stringify({ ...MARFAN, phenotypicFeatures: "HP:0001083" }))).toContain("not a list");
});

it("whatever the file says of diagnoses makes no difference", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (interpretations, diseases) => {
      expect(read({ ...MARFAN, interpretations, diseases })).toEqual(read(MARFAN));
    }),
  );
});

const outcome = (packet: unknown) => {
  try {
    return typeof read(packet).id;
  } catch (error) {
    return error instanceof NotACase ? "refused" : String(error);
  }
};

it("any JSON is read or refused with a reason, nothing else", () => {
  const part = fc.oneof(fc.jsonValue(), fc.constant(MARFAN.subject), fc.constant(MARFAN.phenotypicFeatures));
  fc.assert(
    fc.property(fc.record({ id: part, subject: part, phenotypicFeatures: part }), (packet) => {
      expect(["string", "refused"]).toContain(outcome(packet));
    }),
  );
});

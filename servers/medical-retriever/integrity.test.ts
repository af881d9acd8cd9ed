import { expect, test } from "vitest";
import { integrityNotes } from "./integrity.ts";

test("retractions and concerns are said one by one, with the notice; corrections together", () => {
  const notes = integrityNotes([
    { id: "PMID:1", integrity: "retracted", related: { retractionIn: ["PMID:9"], cites: ["PMID:3"] } },
    { id: "PMID:2", integrity: "concern" },
    { id: "PMID:3", integrity: "corrected", related: { erratumIn: ["PMID:8"] } },
    { id: "PMID:4", integrity: "corrected" },
    { id: "PMID:5" },
  ]);
  expect(notes).toEqual([
    "PMID:1 is retracted (PMID:9): it is no evidence",
    "PMID:2 carries an expression of concern",
    "corrected since: PMID:3 (PMID:8), PMID:4",
  ]);
});

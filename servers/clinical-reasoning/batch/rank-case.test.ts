/** The short way of a batch gives the numbers of the long way, to the last digit. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { diagnose } from "../diagnose.ts";
import { ClinicalEngine, type PatientRequest } from "../engine.ts";
import { makeKnowledge } from "../testing/knowledge-folder.ts";
import { leading } from "./rank-case.ts";

const folder = mkdtempSync(join(tmpdir(), "rank-case-"));
const engine = new ClinicalEngine(makeKnowledge(folder));
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const PATIENTS: PatientRequest[] = [
  { observed: ["HP:0001083"] },
  { observed: ["HP:0001250", "HP:0001249"], excluded: ["HP:0001083"], sex: "female", age: "P1Y" },
  { observed: ["HP:0002616", "HP:0001166"], excluded: ["HP:0001250"], published: true },
];

it.each(PATIENTS)("$observed", (request) => {
  const { patient } = engine.patient(request);
  const { diagnoses, ranked } = diagnose(engine, engine.view(), patient, 2);
  const short = leading(engine, patient, 2);
  expect(short.map((r) => r.place)).toEqual(
    diagnoses.map(({ disease, name, alsoKnownAs, posterior, interval }) => ({
      disease,
      name,
      ...(alsoKnownAs ? { alsoKnownAs } : {}),
      posterior,
      interval,
    })),
  );
  expect(short.map((r) => r.posterior)).toEqual(ranked.slice(0, 2).map((r) => r.posterior));
});

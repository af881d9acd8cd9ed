/** Explanations over the starter's diseases: what is said of a disease is what the ranking says of it, whatever its rank. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKnowledge } from "../knowledge/index.ts";
import { diagnose } from "./diagnose.ts";
import { ClinicalEngine } from "./engine.ts";
import { explain } from "./explain.ts";
import { factor, percent } from "./pictures/numbers.ts";

const home = mkdtempSync(join(tmpdir(), "explain-"));
const before = process.env["MEDRESEARCHER_HOME"];
let engine: ClinicalEngine;

beforeAll(() => {
  process.env["MEDRESEARCHER_HOME"] = home;
  engine = new ClinicalEngine(openKnowledge("starter"));
});
afterAll(() => {
  engine.close();
  if (before === undefined) delete process.env["MEDRESEARCHER_HOME"];
  else process.env["MEDRESEARCHER_HOME"] = before;
  rmSync(home, { recursive: true, force: true });
});

const PATIENT = { observed: ["Ectopia lentis", "Arachnodactyly", "Headache"], excluded: ["Seizure"] };

describe("an explanation", () => {
  it("agrees with the ranking for every disease, leading or far behind", () => {
    const view = engine.view();
    const { patient } = engine.patient(PATIENT);
    const { size } = view.model;
    expect(size).toBeGreaterThan(50);
    const { diagnoses } = diagnose(engine, view, patient, size);
    for (const ranked of diagnoses) {
      const { diagnosis, rank, leading } = explain(engine, view, patient, engine.disease(view.model, ranked.disease));
      expect(diagnosis.posterior / ranked.posterior, ranked.name).toBeCloseTo(1, 2);
      expect(diagnosis.logLikelihoodRatio).toBe(ranked.logLikelihoodRatio);
      // Equal scores share a rank.
      expect(diagnoses[rank - 1]!.posterior / ranked.posterior).toBeCloseTo(1, 2);
      expect(diagnosis.interval![0]).toBeLessThanOrEqual(diagnosis.posterior);
      expect(diagnosis.interval![1]).toBeGreaterThanOrEqual(diagnosis.posterior);
      expect(leading.map((l) => l.disease)).toEqual(diagnoses.slice(0, leading.length).map((d) => d.disease));
    }
  });

  it("says with numbers what speaks for it and against, what is not known, how sure it is, and its limits", () => {
    const view = engine.view();
    const { patient } = engine.patient(PATIENT);
    const { diagnosis, explanation, unmentioned, leading } = explain(
      engine,
      view,
      patient,
      engine.disease(view.model, "Marfan syndrome"),
    );
    const lens = diagnosis.contributions.find((c) => c.label === "Ectopia lentis")!;
    expect(explanation).toContain(`- Ectopia lentis: odds ${factor(lens.logLikelihoodRatio)}`);
    expect(explanation).toMatch(/Speaks against it:\n- /);
    expect(explanation).toContain(`- ${unmentioned[0]!.label}: ${unmentioned[0]!.source}`);
    expect(unmentioned.map((u) => u.label)).not.toContain("Ectopia lentis");
    expect(explanation).toContain(`posterior ${percent(diagnosis.posterior)} (90% interval`);
    const other = leading.find((l) => l.disease !== diagnosis.disease)!;
    expect(explanation).toContain(`${other.name} with ${percent(other.posterior)}`);
    expect(explanation).toContain("does not replace it");
  });
});

import { z } from "zod";
import { SuggestFindingsResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import { cautions, diagnose, round } from "../diagnose.ts";
import type { ClinicalEngine } from "../engine.ts";
import { suggestFindings } from "../inference/suggest.ts";
import { patientShape } from "./patient.ts";

/** The differential over which the gain is expected. */
const DIFFERENTIAL = 50;

export const suggestNextFindings = defineTool<ClinicalEngine>()({
  name: "suggest_next_findings",
  title: "Suggest next findings",
  description:
    "Which findings to ask or examine next: those whose answer is expected to tell most between the leading diagnoses (expected information gain in bits, with a share of unanswered questions). Use after rank_diagnoses. Not for treatment or for choosing laboratory tests by price.",
  input: z.object({ ...patientShape, limit: z.int().min(1).max(20).optional() }),
  output: SuggestFindingsResult,
  annotations: READS_LOCAL,
  trim: ["suggestions"],
  run({ limit = 5, ...request }, { engine }) {
    const { patient, notes } = engine.patient(request);
    const view = engine.view(request.evidenceSet);
    const { model } = view;
    const differential = diagnose(engine, view, patient, DIFFERENTIAL);
    const { ranked } = differential;
    const suggestions = suggestFindings(model, engine.settings, patient, ranked, limit).map((s) => ({
      finding: model.termId(s.term),
      label: model.label(s.term),
      expectedGain: round(s.gain),
      discriminates: ranked
        .map((r, i) => ({
          disease: model.diseaseId(r.disease),
          name: model.diseaseName(r.disease),
          frequency: round(s.frequencies[i]!),
        }))
        .slice(0, 5),
    }));
    return {
      suggestions,
      outcomes: [
        { source: "clinical-model", outcome: suggestions.length > 0 ? ("found" as const) : ("empty" as const) },
      ],
      notes: [...notes, ...cautions(view, patient, differential)],
    };
  },
});

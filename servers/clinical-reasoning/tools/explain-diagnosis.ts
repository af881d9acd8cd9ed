import { z } from "zod";
import { ExplainDiagnosisResult } from "../../../schemas/index.ts";
import { defineTool, pictureArgument, READS_LOCAL } from "../../kit/index.ts";
import { citeEntries } from "../citations.ts";
import type { ClinicalEngine } from "../engine.ts";
import { explain } from "../explain.ts";
import { EXPLANATION_APP } from "../pictures/app.ts";
import { explanationSvg } from "../pictures/svg.ts";
import { patientShape } from "./patient.ts";

export const explainDiagnosis = defineTool<ClinicalEngine>()({
  name: "explain_diagnosis",
  title: "Explain a diagnosis",
  description:
    "A readable account of one diagnosis for a patient: rank, posterior with interval, what speaks for and against it with the numbers and their sources, and typical findings nobody mentioned. Use for a diagnosis of interest after rank_diagnoses, whatever its rank. Not for general facts about a disease.",
  input: z.object({ disease: z.string().describe("id or name"), ...patientShape, picture: pictureArgument }),
  output: ExplainDiagnosisResult,
  annotations: READS_LOCAL,
  picture: { app: EXPLANATION_APP, svg: explanationSvg },
  run({ disease: given, ...request }, { engine }) {
    const { patient, notes } = engine.patient(request);
    const view = engine.view(request.evidenceSet);
    const disease = engine.disease(view.model, given);
    const { entries, notes: cautions, ...explanation } = explain(engine, view, patient, disease);
    return {
      ...explanation,
      ...citeEntries(engine.knowledge, view.model, entries),
      outcomes: [{ source: "clinical-model", outcome: "found" as const }],
      notes: [...notes, ...cautions],
    };
  },
});

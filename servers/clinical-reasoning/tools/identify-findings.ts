import { z } from "zod";
import { FindingsResult } from "../../../schemas/index.ts";
import { defineTool, invalidArguments, READS_LOCAL } from "../../kit/index.ts";
import type { ClinicalEngine } from "../engine.ts";
import { identifyFindings as identify } from "../text/findings.ts";

export const identifyFindings = defineTool<ClinicalEngine>()({
  name: "identify_findings",
  title: "Identify findings",
  description:
    "Reads a patient description and returns its findings as HPO terms with their place in the text, whether they are denied (negated) or said of a relative (family), and the patient's age and sex. First step before rank_diagnoses. Not for names of diseases, drugs or genes.",
  input: z.object({ text: z.string() }),
  output: FindingsResult,
  annotations: READS_LOCAL,
  trim: ["findings"],
  run({ text }, { engine }) {
    if (!text.trim()) throw invalidArguments("the text is empty", "send the description of the patient");
    const found = identify(engine.model, engine.dictionary, text);
    const outcome = found.findings.length > 0 ? ("found" as const) : ("empty" as const);
    return { ...found, outcomes: [{ source: "clinical-model", outcome }] };
  },
});

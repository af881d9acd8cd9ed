/** From a plain case report to a differential in one step: findings, age and sex out of the text, ranking, what to ask next. */
import type { Diagnosis, Finding, SuggestFindingsResult } from "../../schemas/index.ts";
import { invalidArguments, notFound } from "../kit/index.ts";
import { cautions, diagnose } from "./diagnose.ts";
import type { ClinicalEngine } from "./engine.ts";
import { suggest } from "./suggestions.ts";
import { identifyFindings } from "./text/findings.ts";

export interface TextDifferential {
  /** As in the text, with denied ones and those of relatives. */
  findings: Finding[];
  age?: string;
  sex?: string;
  candidates: number;
  diagnoses: Diagnosis[];
  suggestions: SuggestFindingsResult["suggestions"];
  /** What was changed or left out, what to be careful about, and that this supports a decision and makes none. */
  notes: string[];
}

const SUGGESTED = 5;

/** @throws ToolError where the text is empty, or nothing that the patient has is recognised in it */
export function differentialOfText(engine: ClinicalEngine, text: string, limit: number): TextDifferential {
  if (!text.trim()) throw invalidArguments("the text is empty", "send the description of the patient");
  const { findings, age, sex } = identifyFindings(engine.model, engine.dictionary, text);
  const own = findings.filter((f) => !f.family && !f.general);
  const observed = own.filter((f) => !f.negated).map((f) => f.id);
  if (observed.length === 0) {
    throw notFound(
      "any finding that the patient has in this text",
      "describe what is seen or measured in English words; denied findings and those of relatives alone are not enough",
    );
  }
  const excluded = own.filter((f) => f.negated).map((f) => f.id);
  const { patient, notes } = engine.patient({ observed, excluded, age, sex });
  const view = engine.view();
  const differential = diagnose(engine, view, patient, limit);
  return {
    findings,
    ...(age ? { age } : {}),
    ...(sex ? { sex } : {}),
    candidates: differential.candidates,
    diagnoses: differential.diagnoses,
    suggestions: suggest(engine, view, patient, SUGGESTED).suggestions,
    notes: [...notes, ...cautions(view, patient, differential)],
  };
}

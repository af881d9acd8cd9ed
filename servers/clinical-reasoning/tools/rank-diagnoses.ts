import { z } from "zod";
import { RankDiagnosesResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import { citeEntries } from "../citations.ts";
import { cautions, diagnose, type Differential } from "../diagnose.ts";
import type { ClinicalEngine } from "../engine.ts";
import { resolveDisease } from "../resolve.ts";
import { patientShape } from "./patient.ts";

/** Diagnoses, and findings of each, whose sources are sent along. */
const CITED = 3;

export const rankDiagnoses = defineTool<ClinicalEngine>()({
  name: "rank_diagnoses",
  title: "Rank diagnoses",
  description:
    "Ranks all known diseases by posterior probability for a patient's findings (Bayes over published frequencies), with interval, what each finding contributes and its source. Not for text: use identify_findings first. Not a diagnosis: decision support.",
  input: z.object({
    ...patientShape,
    limit: z.int().min(1).max(50).optional(),
    candidates: z.array(z.string()).optional().describe("rank only these diseases"),
    prior: z.enum(["published", "prevalence", "uniform"]).optional(),
  }),
  output: RankDiagnosesResult,
  annotations: READS_LOCAL,
  trim: ["passages", "relations", "documents", "diagnoses"],
  run({ limit = 10, candidates, ...request }, { engine }) {
    const { patient, notes } = engine.patient(request);
    const view = engine.view(request.evidenceSet);
    const among = candidates?.map((name) => [name, resolveDisease(view.model, name)] as const);
    const unknown = (among ?? []).filter(([, d]) => d === undefined).map(([name]) => name);
    if (unknown.length > 0) notes.push(`candidates without annotated findings, left out: ${unknown.join("; ")}`);
    const known = among?.flatMap(([, d]) => (d === undefined ? [] : [d]));
    const differential = diagnose(engine, view, patient, limit, known && [...new Set(known)]);
    const outcome = differential.diagnoses.length > 0 ? ("found" as const) : ("empty" as const);
    return {
      diagnoses: differential.diagnoses,
      candidates: differential.candidates,
      ...(request.evidenceSet ? { evidenceSet: request.evidenceSet } : {}),
      ...citeEntries(engine.knowledge, view.model, strongest(differential)),
      outcomes: [{ source: "clinical-model", outcome }],
      notes: [...notes, ...cautions(view, patient, differential)],
    };
  },
});

/** The entries behind the leading diagnoses' strongest findings. */
function strongest({ accounts, diagnoses }: Differential): number[] {
  return accounts
    .slice(0, Math.min(CITED, diagnoses.length))
    .flatMap((list) => list.filter((a) => a.entry >= 0 && a.contribution.logLikelihoodRatio > 0).slice(0, CITED))
    .map((account) => account.entry);
}

/** One diagnosis explained: where it stands, what speaks for it, what against, what to look for, and from which sources. */
import type { Contribution, Diagnosis, ExplainDiagnosisResult } from "../../schemas/index.ts";
import { cautions, diagnose, round, shown, type Differential } from "./diagnose.ts";
import type { ClinicalEngine, View } from "./engine.ts";
import { account as writeAccount } from "./explanation-text.ts";
import { accountFor, sourceOf, unmentionedEntries, type Account } from "./inference/contributions.ts";
import { intervals } from "./inference/interval.ts";
import type { Patient } from "./inference/query.ts";

export interface Explanation {
  diagnosis: Diagnosis;
  rank: number;
  leading: Leading[];
  unmentioned: NonNullable<ExplainDiagnosisResult["unmentioned"]>;
  explanation: string;
  /** What to keep in mind about the differential that this stands in. */
  notes: string[];
  /** Profile entries behind the findings, strongest first. */
  entries: number[];
}

export type Leading = Pick<Diagnosis, "disease" | "name" | "posterior" | "interval">;

const LEADING = 6;
const CONTRIBUTIONS = 40;
const LOOK_FOR = 5;
const CITED = 8;

/** @param disease its row in the view's model */
export function explain(engine: ClinicalEngine, view: View, patient: Patient, disease: number): Explanation {
  const { model } = view;
  const scores = engine.score(view, patient);
  const rank = 1 + scores.filter((s) => s > scores[disease]!).length;
  const differential = diagnose(engine, view, patient, LEADING);
  const { posterior, interval, accounts } = placed(engine, view, patient, disease, scores[disease]!, differential);
  const diagnosis: Diagnosis = {
    disease: model.diseaseId(disease),
    name: model.diseaseName(disease),
    posterior: round(posterior),
    interval: [round(interval[0]), round(interval[1])],
    logLikelihoodRatio: round(scores[disease]!),
    contributions: shown(accounts, CONTRIBUTIONS),
  };
  const leading = differential.diagnoses.map(({ disease, name, posterior, interval }) => ({
    disease,
    name,
    posterior,
    ...(interval ? { interval } : {}),
  }));
  const unmentioned = unmentionedEntries(model, disease, patient)
    .slice(0, LOOK_FOR)
    .map((e) => {
      const term = model.profiles.term[e]!;
      const frequency = round(model.profiles.frequency[e]!);
      return { finding: model.termId(term), label: model.label(term), frequency, source: sourceOf(model, e) };
    });
  const contributions: Contribution[] = accounts.map((a) => a.contribution);
  return {
    diagnosis,
    rank,
    leading,
    unmentioned,
    explanation: writeAccount({
      diagnosis: { ...diagnosis, contributions },
      rank,
      leading,
      unmentioned,
      patient,
      diseases: model.size,
    }),
    notes: cautions(view, patient, differential),
    entries: accounts.flatMap((a) => (a.entry >= 0 ? [a.entry] : [])).slice(0, CITED),
  };
}

interface Placed {
  posterior: number;
  interval: [number, number];
  accounts: Account[];
}

/** The disease as the differential has it, or placed below its last one by the difference of their scores. */
function placed(
  { settings }: ClinicalEngine,
  { model, corrections }: View,
  patient: Patient,
  disease: number,
  score: number,
  { ranked, accounts: known }: Differential,
): Placed {
  const at = ranked.findIndex((r) => r.disease === disease);
  const accounts = known[at] ?? accountFor(model, settings, disease, patient, corrections);
  const last = ranked.at(-1)!;
  const posterior = ranked[at]?.posterior ?? last.posterior * Math.exp(settings.temperature * (score - last.score));
  const all = at >= 0 ? ranked : [...ranked, { disease, score, posterior }];
  const drawn = intervals(model, settings, all, at >= 0 ? known : [...known, accounts]);
  return { posterior, interval: drawn[at >= 0 ? at : all.length - 1]!, accounts };
}

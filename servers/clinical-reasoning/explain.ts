/** One diagnosis in words: where it stands, what speaks for it, what against, what to look for, and from which sources. */
import type { Contribution, Diagnosis } from "../../schemas/index.ts";
import { round, shown } from "./diagnose.ts";
import type { ClinicalEngine, View } from "./engine.ts";
import { accountFor, sourceOf, unmentionedEntries, type Account } from "./inference/contributions.ts";
import { intervals } from "./inference/interval.ts";
import type { Patient } from "./inference/query.ts";
import { rankCandidates, type Ranked } from "./inference/rank.ts";

export interface Explanation {
  diagnosis: Diagnosis;
  rank: number;
  explanation: string;
  /** Profile entries behind the findings, strongest first. */
  entries: number[];
}

const SHOWN = 40;
const LOOK_FOR = 5;

export function explain(engine: ClinicalEngine, view: View, patient: Patient, disease: number): Explanation {
  const { model, corrections } = view;
  const { settings } = engine;
  const scores = engine.score(view, patient);
  const rank = 1 + scores.filter((s) => s > scores[disease]!).length;
  const accounts = accountFor(model, settings, disease, patient, corrections);
  const ranked = withLeaders(
    rankCandidates(scores, settings, Math.min(rank, 20)),
    posteriorOf(scores, disease, settings.temperature),
    disease,
    scores[disease]!,
  );
  const others = ranked.map((r) =>
    r.disease === disease ? accounts : accountFor(model, settings, r.disease, patient, corrections),
  );
  const interval = intervals(model, settings, ranked, others)[ranked.findIndex((r) => r.disease === disease)]!;
  const diagnosis: Diagnosis = {
    disease: model.diseaseId(disease),
    name: model.diseaseName(disease),
    posterior: round(posteriorOf(scores, disease, settings.temperature)),
    interval: [round(interval[0]), round(interval[1])],
    logLikelihoodRatio: round(scores[disease]!),
    contributions: shown(accounts, SHOWN),
  };
  const entries = accounts
    .filter((a) => a.entry >= 0)
    .slice(0, 8)
    .map((a) => a.entry);
  return { diagnosis, rank, explanation: write(view, patient, diagnosis, rank, accounts), entries };
}

function posteriorOf(scores: Float64Array, disease: number, temperature: number): number {
  const top = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = scores.reduce((sum, s) => sum + Math.exp(temperature * (s - top)), 0);
  return Math.exp(temperature * (scores[disease]! - top)) / total;
}

/** The leading diseases, and this one among them. */
function withLeaders(leaders: Ranked[], posterior: number, disease: number, score: number): Ranked[] {
  return leaders.some((r) => r.disease === disease) ? leaders : [...leaders, { disease, score, posterior }];
}

function write(view: View, patient: Patient, diagnosis: Diagnosis, rank: number, accounts: readonly Account[]): string {
  const { model } = view;
  const contributions = accounts.map((a) => a.contribution);
  const forIt = contributions.filter((c) => c.logLikelihoodRatio > 0);
  const against = contributions.filter((c) => c.logLikelihoodRatio < 0);
  const disease = model.disease(diagnosis.disease)!;
  const [low, high] = diagnosis.interval!;
  const lookFor = unmentionedEntries(model, disease, patient).slice(0, LOOK_FOR);
  return [
    `${diagnosis.name} (${diagnosis.disease}) ranks ${rank} of ${model.size} diseases for these ${patient.observed.length} observed and ${patient.excluded.length} excluded findings.`,
    `Posterior ${percent(diagnosis.posterior)} (90% interval ${percent(low)} to ${percent(high)}), all diseases held equally likely beforehand; the findings together multiply the odds by ${factor(diagnosis.logLikelihoodRatio)} before tempering.`,
    section("Speaks for it", forIt.map(line)),
    section("Speaks against it", against.map(line)),
    section(
      "Typical and not mentioned: worth looking for",
      lookFor.map((e) => `${model.label(model.profiles.term[e]!)}: ${sourceOf(model, e)}`),
    ),
    "The numbers come from published annotations and treat findings as independent, which they are not; the tempering allows for that only on average. This supports a clinician's decision and does not replace it.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? `${title}:\n${lines.map((l) => `- ${l}`).join("\n")}` : "";
}

function line({ label, kind, logLikelihoodRatio, via, source }: Contribution): string {
  const through = via && !via.startsWith(`${label} (`) ? ` through ${via}` : "";
  const absent = kind === "excluded" ? " absent" : "";
  return `${label}${absent}: odds ${factor(logLikelihoodRatio)}${through}${source ? `; ${source}` : ""}`;
}

function factor(logRatio: number): string {
  const ratio = Math.exp(Math.abs(logRatio));
  return `${logRatio < 0 ? "÷" : "×"}${ratio >= 1e6 ? ratio.toExponential(1) : Number(ratio.toPrecision(2))}`;
}

function percent(p: number): string {
  return `${Number((p * 100).toPrecision(2))}%`;
}

/** A ranked differential as tools return it: posteriors with intervals, contributions with sources, and what to be careful about. */
import type { Contribution, Diagnosis } from "../../schemas/index.ts";
import type { ClinicalEngine, View } from "./engine.ts";
import { accountFor, type Account } from "./inference/contributions.ts";
import { intervals } from "./inference/interval.ts";
import { describeUse } from "./inference/prior.ts";
import type { Patient } from "./inference/query.ts";
import { rankCandidates, type Ranked } from "./inference/rank.ts";
import type { ClinicalModel } from "./model/model.ts";

export interface Differential {
  diagnoses: Diagnosis[];
  /** Parallel to `diagnoses`: every contribution with the entry behind it. */
  accounts: Account[][];
  ranked: Ranked[];
  candidates: number;
}

/** Diseases beyond those shown whose frequencies are drawn too when intervals are computed. */
export const DRAWN = 20;
const FULLY_SHOWN = 3;

export function diagnose(
  engine: ClinicalEngine,
  view: View,
  patient: Patient,
  limit: number,
  candidates?: readonly number[],
): Differential {
  const { model, corrections } = view;
  const { settings } = engine;
  const scores = engine.score(view, patient);
  const ranked = rankCandidates(scores, settings, Math.max(limit, DRAWN), candidates);
  const accounts = ranked.map((r) => accountFor(model, settings, r.disease, patient, corrections));
  const drawn = intervals(model, settings, ranked, accounts);
  const diagnoses = ranked.slice(0, limit).map((r, i) => ({
    disease: model.diseaseId(r.disease),
    name: model.diseaseName(r.disease),
    ...alsoKnownAs(model, r.disease),
    posterior: round(r.posterior),
    interval: [round(drawn[i]![0]), round(drawn[i]![1])] as [number, number],
    logLikelihoodRatio: round(r.score),
    contributions: shown(accounts[i]!, i < FULLY_SHOWN ? 10 : 4),
  }));
  return { diagnoses, accounts, ranked, candidates: candidates?.length ?? model.size };
}

function alsoKnownAs(model: ClinicalModel, disease: number): Pick<Diagnosis, "alsoKnownAs"> {
  const aliases = model.aliases(disease);
  return aliases.length > 0 ? { alsoKnownAs: aliases } : {};
}

/** The strongest contributions, rounded for reading. */
export function shown(accounts: readonly Account[], limit: number): Contribution[] {
  return accounts.slice(0, limit).map(({ contribution }) => ({
    ...contribution,
    logLikelihoodRatio: round(contribution.logLikelihoodRatio),
    ...(contribution.frequency === undefined ? {} : { frequency: round(contribution.frequency) }),
  }));
}

/** What a reader of the differential should keep in mind. */
export function cautions(view: View, patient: Patient, { ranked, accounts }: Differential): string[] {
  const { model } = view;
  const notes: string[] = [];
  if (patient.observed.length < 3) {
    notes.push(
      `only ${patient.observed.length} finding${patient.observed.length > 1 ? "s" : ""}: too little for a differential; suggest_next_findings says what to ask`,
    );
  }
  const top = ranked[0];
  if (top && top.posterior < 0.1)
    notes.push(`no diagnosis stands out: the leading one has a posterior of ${round(top.posterior)}`);
  if (accounts[0]) notes.push(...dependent(model, accounts[0]));
  notes.push(
    `decision support from published annotations, ${describeUse(patient.prior)}; no substitute for a clinician's judgement`,
  );
  return notes;
}

/** Findings of the leading diagnosis that were matched through the same annotated term: they are counted as if independent. */
function dependent(model: ClinicalModel, accounts: readonly Account[]): string[] {
  const groups = new Map<number, Account[]>();
  for (const account of accounts) {
    if (account.entry < 0 || account.contribution.kind !== "observed") continue;
    const group = groups.get(account.entry);
    if (group) group.push(account);
    else groups.set(account.entry, [account]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([entry, group]) => {
      const labels = group.map((a) => a.contribution.label).join(", ");
      return `dependent findings: ${labels} are all matched through ${model.label(model.profiles.term[entry]!)} and counted as if independent`;
    });
}

export function round(value: number): number {
  return Number(value.toPrecision(4));
}

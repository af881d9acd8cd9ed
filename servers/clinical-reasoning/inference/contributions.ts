/** The account of one disease's score: what each finding adds, through which annotated term, and from which source. */
import type { Contribution } from "../../../schemas/index.ts";
import { describeCounts } from "../model/frequency.ts";
import type { ClinicalModel } from "../model/model.ts";
import { countsOf } from "../model/profiles.ts";
import { ageLikelihood, sexLikelihood } from "./context.ts";
import { breadthOf, dependenceOf, type Likelihood } from "./likelihood.ts";
import { describePrior, priorChange } from "./prior.ts";
import { mentionedTerms, type Patient } from "./query.ts";
import type { Corrections } from "./rank.ts";
import type { Settings } from "./settings.ts";
import { priorOf, vectorsOf, type Vectors } from "./vectors.ts";

/** A contribution with the profile entry behind it, so that its evidence can be fetched. −1 for none. */
export interface Account {
  contribution: Contribution;
  term: number;
  entry: number;
  /** Change of the contribution per change of log f (of log(1 − f) where the finding is excluded). */
  slope: number;
}

/** Every part of a disease's log likelihood ratio, strongest first; they sum to its score. */
export function accountFor(
  model: ClinicalModel,
  settings: Settings,
  disease: number,
  patient: Patient,
  corrections?: Corrections,
): Account[] {
  const vectors = vectorsOf(model, settings);
  const published = patient.published === true;
  const scale = dependenceOf(settings, patient.observed.length);
  const accounts = [
    ...patient.observed.map((term) =>
      findingAccount(model, term, "observed", vectors.observedIn(disease, term), {
        average: vectors.observedAverage(term),
        add: correctionFor(corrections?.observed(term), disease),
        scale,
      }),
    ),
    ...patient.excluded.map((term) =>
      findingAccount(model, term, "excluded", vectors.excludedIn(disease, term, published), {
        average: vectors.excludedAverage(term, published),
        add: correctionFor(corrections?.excluded(term), disease),
        scale,
      }),
    ),
    ...contextAccounts(vectors, disease, patient, scale),
  ];
  return accounts.toSorted(
    (a, b) => Math.abs(b.contribution.logLikelihoodRatio) - Math.abs(a.contribution.logLikelihoodRatio),
  );
}

/** Annotated findings of the disease that nobody mentioned, most frequent first. */
export function unmentionedEntries(model: ClinicalModel, disease: number, patient: Patient): number[] {
  const { start, term, frequency } = model.profiles;
  const mentioned = mentionedTerms(model, patient);
  const entries: number[] = [];
  for (let e = start[disease]!; e < start[disease + 1]!; e++) if (!mentioned[term[e]!]) entries.push(e);
  return entries.toSorted((a, b) => frequency[b]! - frequency[a]! || a - b);
}

/** "12 of 30 patients (PMID:1, PMID:2)", or undefined where no entry stands behind it. */
export function sourceOf(model: ClinicalModel, entry: number): string {
  const { rows, profiles } = model;
  const from = profiles.rowStart[entry]!;
  const to = profiles.rowEnd[entry]!;
  const references = new Set<string>();
  for (let i = from; i < to; i++) {
    for (const r of rows.references.at(i)) references.add(rows.referenceNames.at(r));
  }
  const cited = [...references].slice(0, 4).join(", ");
  const more = references.size > 4 ? ` and ${references.size - 4} more` : "";
  return `${describeCounts(countsOf(rows, from, to))}${cited ? ` (${cited}${more})` : ""}`;
}

function findingAccount(
  model: ClinicalModel,
  term: number,
  kind: "observed" | "excluded",
  { logRatio, entry, slope, how }: Likelihood,
  { average, add, scale }: { average: number; add: number; scale: number },
): Account {
  const contribution: Contribution = {
    finding: model.termId(term),
    label: model.label(term),
    kind,
    logLikelihoodRatio: scale * (logRatio - average + add),
  };
  if (entry >= 0) {
    const via = model.profiles.term[entry]!;
    contribution.via = `${model.label(via)} (${model.termId(via)})`;
    contribution.frequency = model.profiles.frequency[entry]!;
    contribution.source = sourceOf(model, entry);
    if (how === "related") contribution.source += "; a related finding, not this one, is annotated";
  } else if (how === "excluded by annotation") {
    contribution.source = "the disease's annotation says that this finding is absent";
  } else if (kind === "observed") {
    contribution.source = "not annotated for this disease";
  }
  if (add !== 0) contribution.source = `${contribution.source ?? ""}; adjusted by a published likelihood ratio`;
  return { contribution, term, entry, slope: scale * slope };
}

function contextAccounts(vectors: Vectors, disease: number, patient: Patient, scale: number): Account[] {
  const { model, settings } = vectors;
  const accounts: Account[] = [];
  const add = (kind: Contribution["kind"], finding: string, label: string, logLikelihoodRatio: number) => {
    if (logLikelihoodRatio !== 0)
      accounts.push({ contribution: { finding, label, kind, logLikelihoodRatio }, term: -1, entry: -1, slope: 0 });
  };
  const missing = unmentionedEntries(model, disease, patient);
  const { start } = model.profiles;
  const annotated = start[disease + 1]! - start[disease]!;
  const named = missing.slice(0, 3).map((entry) => model.label(model.profiles.term[entry]!));
  const examples = named.length > 0 ? ` (${named.join(", ")}${missing.length > 3 ? " …" : ""})` : "";
  const penalty = missing.reduce((sum, entry) => sum + vectors.missed[entry]!, 0);
  add(
    "missing",
    "unmentioned",
    `${missing.length} of ${annotated} annotated findings not mentioned${examples}`,
    scale * (settings.breadth * breadthOf(model, disease) + penalty),
  );
  const prior = scale * priorOf(model, settings, disease);
  const change = priorChange(model, settings, disease, patient.prior, scale);
  add("prior", "prior", describePrior(model, disease, patient.prior), prior + change);
  const { sex, age } = patient;
  add("sex", "sex", `sex: ${sex}`, scale * sexLikelihood(model, settings, disease, sex));
  add("age", "age", "age before the earliest described onset", scale * ageLikelihood(model, settings, disease, age));
  return accounts;
}

function correctionFor(corrections: Iterable<readonly [number, number]> | undefined, disease: number): number {
  for (const [d, add] of corrections ?? []) if (d === disease) return add;
  return 0;
}

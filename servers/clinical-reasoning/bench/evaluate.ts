/** Published cases against a model: the rank of the right disease and the posterior of the leading one, annotations alone or with other papers' counts. */
import type { EvidenceItem } from "../evidence/evidence-set.ts";
import { withEvidence } from "../evidence/overlay.ts";
import { tidy, type Patient } from "../inference/query.ts";
import { scoreAll } from "../inference/rank.ts";
import { SETTINGS } from "../inference/settings.ts";
import { vectorsOf } from "../inference/vectors.ts";
import { parseSex } from "../model/context.ts";
import type { ClinicalModel } from "../model/model.ts";
import { yearsOf } from "../text/demographics.ts";
import type { Case } from "./cases.ts";
import type { Outcome } from "./strata.ts";

export const FOLDS = 5;

/** Findings, age and sex of a case as the engine takes them; undefined where none of its observed findings is known. */
export function patientOf(model: ClinicalModel, item: Case, published: boolean): Patient | undefined {
  const termsOf = (ids: readonly string[]) =>
    ids.map((id) => model.term(id)).filter((t) => t !== undefined && model.ontology.isFinding[t] === 1) as number[];
  const age = item.age ? yearsOf(item.age) : undefined;
  const sex = parseSex(item.sex);
  const { patient } = tidy(model, {
    observed: termsOf(item.observed),
    excluded: termsOf(item.excluded),
    ...(age === undefined ? {} : { age }),
    ...(sex ? { sex } : {}),
    ...(published ? { published } : {}),
  });
  return patient.observed.length > 0 ? patient : undefined;
}

export type Scorer = (patient: Patient) => Float64Array;

export function scorerOf(model: ClinicalModel): Scorer {
  const vectors = vectorsOf(model, SETTINGS);
  return (patient) => scoreAll(model, vectors, SETTINGS, patient);
}

/** Where the right disease comes among all; a disease that is no candidate comes last. */
export function outcomeOf(model: ClinicalModel, score: Scorer, item: Case, published: boolean): Outcome | undefined {
  const patient = patientOf(model, item, published);
  if (!patient) return undefined;
  const scores = score(patient);
  const right = model.disease(item.disease);
  let higher = 0;
  let top = -Infinity;
  for (let d = 0; d < scores.length; d++) {
    top = Math.max(top, scores[d]!);
    if (right !== undefined && scores[d]! > scores[right]!) higher++;
  }
  let total = 0;
  for (let d = 0; d < scores.length; d++) total += Math.exp(SETTINGS.temperature * (scores[d]! - top));
  return { pmid: item.pmid, rank: right === undefined ? Infinity : higher + 1, confidence: 1 / total };
}

/** The fold of a paper: all of its cases are held out together. */
export function foldOf(pmid: string): number {
  let hash = 2166136261;
  for (const character of pmid) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 8) % FOLDS;
}

/** The counts of these cases as evidence: for every disease, finding and paper, n of m patients. */
export function countsIn(model: ClinicalModel, cases: readonly Case[]): EvidenceItem[] {
  const items = new Map<string, EvidenceItem & { n: number; m: number }>();
  for (const { disease, pmid, observed, excluded } of cases) {
    const stated = new Map<string, boolean>();
    for (const [ids, present] of [
      [excluded, false],
      [observed, true],
    ] as const) {
      for (const id of ids) {
        const term = model.term(id);
        if (term !== undefined && model.ontology.isFinding[term] === 1) stated.set(model.termId(term), present);
      }
    }
    for (const [finding, present] of stated) {
      const id = `${disease} ${finding} ${pmid}`;
      const item = items.get(id) ?? { id, disease, finding, n: 0, m: 0, document: pmid, grade: "C" as const };
      items.set(id, { ...item, n: item.n + (present ? 1 : 0), m: item.m + 1 });
    }
  }
  return [...items.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** For each fold of papers, the model with the counts of all other papers. */
export function* folds(model: ClinicalModel, cases: readonly Case[]) {
  for (let fold = 0; fold < FOLDS; fold++) {
    const items = countsIn(
      model,
      cases.filter(({ pmid }) => foldOf(pmid) !== fold),
    );
    yield { model: withEvidence(model, items), held: cases.filter(({ pmid }) => foldOf(pmid) === fold) };
  }
}

/** A patient as the formula takes one: terms as integers, age in years, sex; with notes on everything that was changed on the way. */
import type { Sex } from "../model/context.ts";
import type { ClinicalModel } from "../model/model.ts";
import type { Prior } from "./prior.ts";

export interface Patient {
  observed: number[];
  excluded: number[];
  age?: number;
  sex?: Sex;
  /** A published case: its authors chose which absent findings to name. See Settings.lookedFor. */
  published?: boolean;
  prior?: Prior;
}

/**
 * Drops what would count twice or against itself: findings implied by a more specific one, and excluded findings that
 * an observed one contradicts.
 */
export function tidy(model: ClinicalModel, patient: Patient): { patient: Patient; notes: string[] } {
  const notes: string[] = [];
  const name = (term: number) => `${model.label(term)} (${model.termId(term)})`;
  const given = [...new Set(patient.observed)];
  const observed = given.filter((term) => {
    const specific = given.find((other) => other !== term && model.covers(term, other));
    if (specific !== undefined) notes.push(`${name(term)} is implied by ${name(specific)} and not counted again`);
    return specific === undefined;
  });
  const without = [...new Set(patient.excluded)].filter((term) => {
    const contrary = observed.find((other) => model.covers(term, other));
    if (contrary !== undefined) {
      notes.push(
        `contradiction: ${name(term)} was excluded but ${name(contrary)} was observed; the observation counts`,
      );
    }
    return contrary === undefined;
  });
  // Excluding a term excludes all below it: only the most general is counted.
  const excluded = without.filter((term) => !without.some((other) => other !== term && model.covers(other, term)));
  return { patient: { ...patient, observed: ascending(observed), excluded: ascending(excluded) }, notes };
}

/** A byte per term: what was observed, everything that implies, and what was excluded; unmentioned is the rest. */
export function mentionedTerms(model: ClinicalModel, patient: Patient): Uint8Array {
  const mentioned = new Uint8Array(model.ontology.ids.length);
  for (const term of patient.observed) {
    mentioned[term] = 1;
    for (const ancestor of model.ontology.ancestors.at(term)) mentioned[ancestor] = 1;
  }
  for (const term of patient.excluded) mentioned[term] = 1;
  return mentioned;
}

function ascending(terms: readonly number[]): number[] {
  return terms.toSorted((a, b) => a - b);
}

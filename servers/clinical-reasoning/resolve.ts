/** Findings as callers give them (identifiers, labels, everyday words) to terms of the model, with a note on every change. */
import type { ClinicalModel } from "./model/model.ts";
import type { Dictionary } from "./text/dictionary.ts";
import { identifyFindings } from "./text/findings.ts";

export interface Resolved {
  /** Terms that the patient has, and terms that the words themselves deny ("no fever"). */
  present: number[];
  denied: number[];
  unknown: string[];
  notes: string[];
}

export function resolveFindings(
  model: ClinicalModel,
  dictionary: () => Dictionary,
  given: readonly string[],
): Resolved {
  const resolved: Resolved = { present: [], denied: [], unknown: [], notes: [] };
  for (const name of given.map((text) => text.trim()).filter(Boolean)) resolveOne(model, dictionary, name, resolved);
  return resolved;
}

function resolveOne(model: ClinicalModel, dictionary: () => Dictionary, name: string, into: Resolved): void {
  const id = /^[A-Za-z][\w.-]*:\S+$/u.test(name) ? name.toUpperCase() : undefined;
  const term = id ? (model.term(id) ?? model.term(name)) : dictionary().lookup(name);
  if (term !== undefined) {
    if (!model.ontology.isFinding[term]) {
      into.notes.push(`${name} (${model.label(term)}) is not a finding of a patient and was left out`);
      return;
    }
    if (id && model.termId(term) !== id && model.termId(term) !== name) {
      into.notes.push(`${name} is now ${model.termId(term)} (${model.label(term)})`);
    }
    into.present.push(term);
    return;
  }
  const findings = id ? [] : identifyFindings(model, dictionary(), name).findings.filter((f) => !f.general);
  if (findings.length === 0) {
    into.unknown.push(name);
    return;
  }
  for (const finding of findings) {
    const found = model.term(finding.id)!;
    (finding.negated ? into.denied : into.present).push(found);
    into.notes.push(`"${name}" was read as ${finding.negated ? "no " : ""}${finding.label} (${finding.id})`);
  }
}

/** A disease by identifier, name or synonym; undefined where the model has none such. */
export function resolveDisease(model: ClinicalModel, given: string): number | undefined {
  const wanted = given.trim();
  const byId = model.disease(wanted) ?? model.disease(wanted.toUpperCase());
  if (byId !== undefined) return byId;
  const folded = wanted.toLowerCase();
  const { names, synonyms, synonymOf } = model.diseases;
  for (let d = 0; d < names.length; d++) if (names.at(d).toLowerCase() === folded) return d;
  for (let i = 0; i < synonyms.length; i++) if (synonyms.at(i).toLowerCase() === folded) return synonymOf[i];
  return undefined;
}

/** The clinical reasoning engine over one knowledge folder: findings, ranking, evidence sets, questions, explanations. */
import { randomUUID } from "node:crypto";
import type { Knowledge } from "../knowledge/index.ts";
import { invalidArguments, notFound, ToolError } from "../kit/index.ts";
import { correctionsOf, withEvidence } from "./evidence/overlay.ts";
import { EvidenceSet } from "./evidence/evidence-set.ts";
import type { Prior } from "./inference/prior.ts";
import { tidy, type Patient } from "./inference/query.ts";
import { scoreAll, type Corrections } from "./inference/rank.ts";
import { SETTINGS, type Settings } from "./inference/settings.ts";
import { vectorsOf, type Vectors } from "./inference/vectors.ts";
import { parseSex } from "./model/context.ts";
import type { ClinicalModel } from "./model/model.ts";
import { loadClinicalModel } from "./model/store.ts";
import { resolveDisease, resolveFindings } from "./resolve.ts";
import { yearsOf } from "./text/demographics.ts";
import { Dictionary } from "./text/dictionary.ts";

/** A model as one evidence set sees it, ready to score with. */
export interface View {
  model: ClinicalModel;
  vectors: Vectors;
  corrections: Corrections | undefined;
}

export interface PatientRequest {
  observed: readonly string[];
  excluded?: readonly string[] | undefined;
  age?: string | undefined;
  sex?: string | undefined;
  evidenceSet?: string | undefined;
  /** The patient is a published case. */
  published?: boolean | undefined;
  prior?: Prior | undefined;
}

/** Sets and the items of one are bounded: the engine is shared by all sessions. */
const MAX_SETS = 200;
const MAX_ITEMS = 100_000;
/** More notes than this nobody reads. */
const MAX_NOTES = 20;

export class ClinicalEngine {
  readonly knowledge: Knowledge;
  readonly settings: Settings;
  readonly #sets = new Map<string, EvidenceSet>();
  readonly #views = new Map<string, View>();
  #model: ClinicalModel | undefined;
  #dictionary: Dictionary | undefined;

  constructor(knowledge: Knowledge, settings: Settings = SETTINGS) {
    this.knowledge = knowledge;
    this.settings = settings;
  }

  /** Loaded (and compiled where needed) on first use. */
  get model(): ClinicalModel {
    return (this.#model ??= loadClinicalModel(this.knowledge));
  }

  get dictionary(): Dictionary {
    return (this.#dictionary ??= new Dictionary(this.model));
  }

  /** The model with an evidence set, or as it was compiled. */
  view(evidenceSet?: string): View {
    const set = evidenceSet === undefined ? undefined : this.evidenceSet(evidenceSet);
    const key = set?.name ?? "";
    let view = this.#views.get(key);
    if (!view) this.#views.set(key, (view = this.#viewOf(set)));
    return view;
  }

  /** @throws ToolError where no such set is held */
  evidenceSet(name: string): EvidenceSet {
    const set = this.#sets.get(name);
    if (!set)
      throw notFound(
        `the evidence set ${name}`,
        "add_evidence without evidenceSet makes a new one and returns its name",
      );
    return set;
  }

  /** Makes a new set under this name, or under one that nobody can guess. */
  openEvidenceSet(name = `evidence-${randomUUID().slice(0, 8)}`): EvidenceSet {
    let set = this.#sets.get(name);
    if (!set) {
      if (this.#sets.size >= MAX_SETS) this.#forget(this.#sets.keys().next().value!);
      this.#sets.set(name, (set = new EvidenceSet(name)));
    }
    if (set.size >= MAX_ITEMS) {
      throw new ToolError({
        reason: "limit",
        message: `the evidence set ${name} is full (${MAX_ITEMS} items)`,
        recovery: "start another evidence set",
        retryable: false,
      });
    }
    return set;
  }

  /** To be called when a set has changed: its view is computed anew from all its items. */
  changed(set: EvidenceSet): void {
    this.#views.delete(set.name);
  }

  /** A patient from a caller's words. @throws ToolError where no observed finding is left */
  patient(request: PatientRequest): { patient: Patient; notes: string[] } {
    const { model } = this.view(request.evidenceSet);
    const dictionary = () => this.dictionary;
    const observed = resolveFindings(model, dictionary, request.observed);
    const excluded = resolveFindings(model, dictionary, request.excluded ?? []);
    const unknown = [...observed.unknown, ...excluded.unknown];
    const present = observed.present;
    if (present.length === 0) throw nothingObserved(unknown);
    const context = contextOf(request);
    const tidied = tidy(model, {
      observed: present,
      excluded: [...excluded.present, ...excluded.denied, ...observed.denied],
      ...context.values,
      ...(request.published ? { published: true } : {}),
      ...(request.prior ? { prior: request.prior } : {}),
    });
    const notes = [...observed.notes, ...excluded.notes, ...context.notes, ...tidied.notes];
    if (unknown.length > 0) notes.unshift(`not known, left out: ${unknown.map((u) => u.slice(0, 80)).join("; ")}`);
    return { patient: tidied.patient, notes: shortened(notes) };
  }

  score(view: View, patient: Patient): Float64Array {
    return scoreAll(view.model, view.vectors, this.settings, patient, view.corrections);
  }

  /** @throws ToolError where the model has no such disease */
  disease(model: ClinicalModel, given: string): number {
    const found = resolveDisease(model, given);
    if (found === undefined) {
      throw notFound(
        `the disease "${given.slice(0, 80)}" in the clinical model`,
        "send an id such as OMIM:154700 from rank_diagnoses; only diseases with annotated findings can be ranked",
      );
    }
    return found;
  }

  close(): void {
    this.knowledge.close();
  }

  #viewOf(set: EvidenceSet | undefined): View {
    const items = set?.items() ?? [];
    const model = withEvidence(this.model, items);
    const corrections = correctionsOf(model, this.settings, items);
    return { model, vectors: vectorsOf(model, this.settings), corrections };
  }

  #forget(name: string): void {
    this.#sets.delete(name);
    this.#views.delete(name);
  }
}

function shortened(notes: readonly string[]): string[] {
  const more = notes.length - MAX_NOTES;
  return more > 0 ? [...notes.slice(0, MAX_NOTES), `and ${more} more notes of this kind`] : [...notes];
}

function contextOf({ age, sex }: PatientRequest) {
  const values: Pick<Patient, "age" | "sex"> = {};
  const notes: string[] = [];
  const years = age ? yearsOf(age) : undefined;
  if (years !== undefined) values.age = years;
  else if (age) notes.push(`the age "${age.slice(0, 40)}" could not be read and was not used; send P4Y or "4 years"`);
  const known = parseSex(sex);
  if (known) values.sex = known;
  else if (sex && !/^(?:unknown|other|u)/iu.test(sex))
    notes.push(`the sex "${sex.slice(0, 40)}" was not used; send male or female`);
  return { values, notes };
}

function nothingObserved(unknown: readonly string[]): ToolError {
  if (unknown.length === 0) {
    return invalidArguments("no observed finding was given", "send observed: HPO ids or names of what the patient has");
  }
  return notFound(
    `any of the observed findings (${unknown.map((u) => u.slice(0, 60)).join("; ")})`,
    "send HPO ids (HP:0001250) or their labels; identify_findings reads them out of a text",
  );
}

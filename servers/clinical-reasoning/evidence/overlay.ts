/** A model with a set of evidence added: counts join the statements of the annotations, likelihood ratios correct single findings. */
import type { Corrections } from "../inference/rank.ts";
import type { Settings } from "../inference/settings.ts";
import { vectorsOf } from "../inference/vectors.ts";
import { parseFrequency } from "../model/frequency.ts";
import { Strings } from "../model/lists.ts";
import { ClinicalModel, type Diseases } from "../model/model.ts";
import { buildProfiles } from "../model/profiles.ts";
import { ROW, withRows, type Row } from "../model/rows.ts";
import { trust, type EvidenceItem } from "./evidence-set.ts";

/** The model with the items' counts and frequencies, and with their diseases where they are new. */
export function withEvidence(base: ClinicalModel, items: readonly EvidenceItem[]): ClinicalModel {
  const counted = items.filter((item) => item.m !== undefined || item.frequency !== undefined);
  if (counted.length === 0) return base;
  const diseases = withNewDiseases(base, counted);
  const index = diseases.ids.index();
  const added = counted.map((item) => rowOf(base, index, item));
  const rows = withRows(base.rows, added);
  const { ontology } = base;
  return new ClinicalModel({
    ontology,
    diseases,
    rows,
    profiles: buildProfiles(ontology, diseases.ids.length, rows),
  });
}

function rowOf(model: ClinicalModel, diseases: Map<string, number>, item: EvidenceItem): Row {
  const share = item.m === undefined ? parseFrequency(item.frequency)!.share! : Number.NaN;
  return {
    // Known under any of its identifiers, or new.
    disease: model.disease(item.disease) ?? diseases.get(item.disease)!,
    term: model.term(item.finding)!,
    n: item.n ?? 0,
    m: item.m ?? 0,
    share,
    flags: share === 0 ? ROW.negated : 0,
    relation: 0,
    references: [item.document],
  };
}

function withNewDiseases(base: ClinicalModel, items: readonly EvidenceItem[]): Diseases {
  const { diseases } = base;
  const names = new Map<string, string>();
  for (const { disease, name } of items) {
    if (base.disease(disease) !== undefined) continue;
    const known = names.get(disease) ?? disease;
    // Of several names the first by alphabet, so that it does not depend on the evidence's order.
    names.set(disease, known === disease ? (name ?? known) : [known, name ?? known].toSorted()[0]!);
  }
  if (names.size === 0) return diseases;
  const added = [...names].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const old = Array.from({ length: base.size }, (_, i) => i);
  const extended = (ages: Float64Array) => Float64Array.from([...ages, ...added.map(() => Number.NaN)]);
  return {
    ...diseases,
    ids: Strings.of([...old.map((i) => base.diseaseId(i)), ...added.map(([id]) => id)]),
    names: Strings.of([...old.map((i) => base.diseaseName(i)), ...added.map(([, name]) => name)]),
    modes: Uint8Array.from([...diseases.modes, ...added.map(() => 0)]),
    onsetFrom: extended(diseases.onsetFrom),
    onsetTo: extended(diseases.onsetTo),
    prevalence: extended(diseases.prevalence),
  };
}

/**
 * Published likelihood ratios as corrections: the model's log ratio is the prior, the published one the observation, and
 * their precision-weighted mean the result. Several of one finding are combined before they are weighed.
 */
export function correctionsOf(
  model: ClinicalModel,
  settings: Settings,
  items: readonly EvidenceItem[],
): Corrections | undefined {
  // A published ratio is weighed down like every other, since it depends on the other findings as they do.
  const observed = combine(model, items, "lrPositive", settings.shownWeight);
  const excluded = combine(model, items, "lrNegative", settings.shownWeight);
  if (observed.size === 0 && excluded.size === 0) return undefined;
  const vectors = vectorsOf(model, settings);
  return {
    *observed(term) {
      for (const [disease, published] of observed.get(term) ?? []) {
        const own = vectors.observedIn(disease, term).logRatio - vectors.observedAverage(term);
        yield [disease, shrunk(published, own) - own];
      }
    },
    *excluded(term) {
      for (const [disease, published] of excluded.get(term) ?? []) {
        const own = vectors.excludedIn(disease, term, false).logRatio - vectors.excludedAverage(term, false);
        yield [disease, shrunk(published, own) - own];
      }
    },
  };
}

/** Sums of precisions and of weighted log ratios; the model's own precision is 1. */
interface Published {
  precision: number;
  weighted: number;
}

function shrunk({ precision, weighted }: Published, own: number): number {
  return (own + weighted) / (1 + precision);
}

function combine(
  model: ClinicalModel,
  items: readonly EvidenceItem[],
  kind: "lrPositive" | "lrNegative",
  weight: number,
) {
  const terms = new Map<number, Map<number, Published>>();
  for (const item of items) {
    const ratio = item[kind];
    const disease = model.disease(item.disease);
    if (ratio === undefined || disease === undefined) continue;
    const term = model.term(item.finding)!;
    const w = trust(item.grade);
    const precision = w / (1 - w);
    const diseases = terms.get(term) ?? new Map<number, Published>();
    const sum = diseases.get(disease) ?? { precision: 0, weighted: 0 };
    diseases.set(disease, {
      precision: sum.precision + precision,
      weighted: sum.weighted + precision * weight * Math.log(ratio),
    });
    terms.set(term, diseases);
  }
  return terms;
}

/** Compiles records into a model. Rows that name unknown terms or unreadable frequencies are counted, never guessed at. */
import { modeBits, onsetYears, parseSex } from "./context.ts";
import { parseFrequency } from "./frequency.ts";
import type { AnnotationRecord, DiseaseRecord, InheritanceRecord, ModelInput, OnsetRecord } from "./input.ts";
import { Strings } from "./lists.ts";
import { ClinicalModel, type Diseases } from "./model.ts";
import { compileOntology, type Ontology } from "./ontology.ts";
import { buildProfiles } from "./profiles.ts";
import { ROW, tableOf, type Row } from "./rows.ts";

export interface CompileReport {
  model: ClinicalModel;
  /** Annotations left out, by why: unknown term, unknown disease, a term that is no finding, an unreadable frequency. */
  skipped: Record<string, number>;
}

export function compileModel(input: ModelInput): CompileReport {
  const ontology = compileOntology(input.terms, input.isA);
  const records = new Map<string, DiseaseRecord>();
  for (const disease of input.diseases) if (!records.has(disease.id)) records.set(disease.id, disease);
  const annotations = [...input.annotations];
  // A disease without annotated findings cannot be ranked: it is no candidate.
  const annotated = new Set(annotations.flatMap((a) => (a.negated ? [] : [a.disease])));
  const sorted = [...records.values()].filter((d) => annotated.has(d.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const index = new Map(sorted.map((disease, i) => [disease.id, i]));
  const collector = new Collector(ontology, index);
  for (const record of annotations) collector.annotation(record);
  for (const record of input.inheritance) collector.inheritance(record);
  for (const record of input.onsets) collector.onset(record);
  const rows = tableOf(collector.rows);
  const diseases: Diseases = { ...namesOf(sorted), ...collector.context };
  const profiles = buildProfiles(ontology, sorted.length, rows);
  return { model: new ClinicalModel({ ontology, diseases, rows, profiles }), skipped: collector.skipped };
}

function namesOf(diseases: readonly DiseaseRecord[]) {
  const synonyms = diseases.flatMap((disease, i) => (disease.synonyms ?? []).map((text) => [text, i] as const));
  return {
    ids: Strings.of(diseases.map((disease) => disease.id)),
    names: Strings.of(diseases.map((disease) => disease.name)),
    synonyms: Strings.of(synonyms.map(([text]) => text)),
    synonymOf: Uint32Array.from(synonyms, ([, i]) => i),
  };
}

class Collector {
  readonly rows: Row[] = [];
  readonly skipped: Record<string, number> = {};
  readonly context: Pick<Diseases, "modes" | "onsetFrom" | "onsetTo">;
  readonly #terms: Map<string, number>;
  readonly #diseases: Map<string, number>;
  readonly #ontology: Ontology;

  constructor(ontology: Ontology, diseases: Map<string, number>) {
    this.#ontology = ontology;
    this.#terms = ontology.ids.index();
    for (const [id, i] of ontology.alternativeIds.index()) {
      if (!this.#terms.has(id)) this.#terms.set(id, ontology.alternativeOf[i]!);
    }
    this.#diseases = diseases;
    this.context = {
      modes: new Uint8Array(diseases.size),
      onsetFrom: new Float64Array(diseases.size).fill(Number.NaN),
      onsetTo: new Float64Array(diseases.size).fill(Number.NaN),
    };
  }

  annotation(record: AnnotationRecord): void {
    const disease = this.#diseases.get(record.disease);
    if (disease === undefined) return this.#skip("unknown disease");
    const term = this.#terms.get(record.term);
    if (term === undefined) return this.#skip("unknown term");
    if (!this.#ontology.isFinding[term]) return this.#skip("not a finding");
    const stated = parseFrequency(record.frequency);
    if (!stated) return this.#skip("unreadable frequency");
    const sex = parseSex(record.sex);
    // "Excluded (0%)" is the same statement as NOT.
    const negated = record.negated || stated.share === 0;
    this.rows.push({
      disease,
      term,
      n: stated.n,
      m: stated.m,
      share: stated.share ?? Number.NaN,
      flags: (negated ? ROW.negated : 0) | (sex ? ROW[sex] : 0),
      relation: record.relation ?? 0,
      references: record.references ?? [],
    });
  }

  inheritance({ disease: id, mode }: InheritanceRecord): void {
    const disease = this.#diseases.get(id);
    if (disease !== undefined) this.context.modes[disease]! |= modeBits(mode);
  }

  onset({ disease: id, onset }: OnsetRecord): void {
    const disease = this.#diseases.get(id);
    const years = onsetYears(onset);
    if (disease === undefined || !years) return;
    const { onsetFrom, onsetTo } = this.context;
    onsetFrom[disease] = Number.isNaN(onsetFrom[disease]!) ? years[0] : Math.min(onsetFrom[disease]!, years[0]);
    onsetTo[disease] = Number.isNaN(onsetTo[disease]!) ? years[1] : Math.max(onsetTo[disease]!, years[1]);
  }

  #skip(why: string): void {
    this.skipped[why] = (this.skipped[why] ?? 0) + 1;
  }
}

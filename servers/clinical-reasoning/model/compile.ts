/** Compiles records into a model. Rows that name unknown terms or unreadable frequencies are counted, never guessed at. */
import { modeBits, onsetYears, parseSex } from "./context.ts";
import { parseFrequency } from "./frequency.ts";
import type { AnnotationRecord, DiseaseRecord, InheritanceRecord, ModelInput, OnsetRecord } from "./input.ts";
import { Strings } from "./lists.ts";
import { ClinicalModel, type Diseases } from "./model.ts";
import { compileOntology, type Ontology } from "./ontology.ts";
import { buildProfiles } from "./profiles.ts";
import { ROW, tableOf, type Row } from "./rows.ts";
import { findTwins } from "./twins.ts";

export interface CompileReport {
  model: ClinicalModel;
  /** Annotations left out, by why: unknown term, unknown disease, a term that is no finding, an unreadable frequency. */
  skipped: Record<string, number>;
}

export function compileModel(input: ModelInput): CompileReport {
  const ontology = compileOntology(input.terms, input.isA);
  const given = new Map<string, DiseaseRecord>();
  for (const disease of input.diseases) if (!given.has(disease.id)) given.set(disease.id, disease);
  const raw = [...input.annotations];
  const listed = new Set(raw.flatMap((a) => (a.negated ? [] : [a.disease])));
  const twins = findTwins(
    [...given.values()].filter((disease) => listed.has(disease.id)),
    input.genes ?? [],
  );
  const records = withoutTwins(given, twins);
  const annotations = raw.map((a) => ({ ...a, disease: twins.get(a.disease) ?? a.disease }));
  // A disease without annotated findings cannot be ranked: it is no candidate.
  const annotated = new Set(annotations.flatMap((a) => (a.negated ? [] : [a.disease])));
  const sorted = [...records.values()].filter((d) => annotated.has(d.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const index = new Map(sorted.map((disease, i) => [disease.id, i]));
  const collector = new Collector(ontology, index);
  for (const record of annotations) collector.annotation(record);
  const named = (id: string) => twins.get(id) ?? id;
  for (const record of input.inheritance) collector.inheritance({ ...record, disease: named(record.disease) });
  for (const record of input.onsets) collector.onset({ ...record, disease: named(record.disease) });
  const rows = tableOf(collector.rows);
  const diseases: Diseases = { ...namesOf(sorted), ...aliasesOf(given, twins, index), ...collector.context };
  const profiles = buildProfiles(ontology, sorted.length, rows);
  return { model: new ClinicalModel({ ontology, diseases, rows, profiles }), skipped: collector.skipped };
}

/** The diseases that stay, each with what its twin knows of its names and its prevalence. */
function withoutTwins(given: ReadonlyMap<string, DiseaseRecord>, twins: ReadonlyMap<string, string>) {
  const records = new Map([...given].filter(([id]) => !twins.has(id)));
  for (const [id, kept] of twins) {
    const [twin, record] = [given.get(id)!, records.get(kept)!];
    const prevalence = record.prevalence ?? twin.prevalence;
    records.set(kept, {
      ...record,
      synonyms: [...(record.synonyms ?? []), twin.name, ...(twin.synonyms ?? [])],
      ...(prevalence === undefined ? {} : { prevalence }),
    });
  }
  return records;
}

function aliasesOf(
  given: ReadonlyMap<string, DiseaseRecord>,
  twins: ReadonlyMap<string, string>,
  index: ReadonlyMap<string, number>,
) {
  const aliases = [...twins].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    aliasIds: Strings.of(aliases.map(([id]) => id)),
    aliasNames: Strings.of(aliases.map(([id]) => given.get(id)!.name)),
    aliasOf: Uint32Array.from(aliases, ([, kept]) => index.get(kept)!),
  };
}

function namesOf(diseases: readonly DiseaseRecord[]) {
  const synonyms = diseases.flatMap((disease, i) => (disease.synonyms ?? []).map((text) => [text, i] as const));
  return {
    ids: Strings.of(diseases.map((disease) => disease.id)),
    names: Strings.of(diseases.map((disease) => disease.name)),
    synonyms: Strings.of(synonyms.map(([text]) => text)),
    synonymOf: Uint32Array.from(synonyms, ([, i]) => i),
    prevalence: Float64Array.from(diseases, ({ prevalence }) => prevalence ?? Number.NaN),
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

/** What a clinical model is compiled from: plain records, whoever reads them (the graph of a knowledge folder, a test, a benchmark). */

export interface TermRecord {
  /** `HP:0001250` */
  id: string;
  label: string;
  synonyms?: readonly string[];
  /** Obsolete and alternative identifiers that now mean this term. */
  alternatives?: readonly string[];
}

export interface IsARecord {
  child: string;
  parent: string;
}

export interface DiseaseRecord {
  id: string;
  name: string;
  synonyms?: readonly string[];
  /** Identifiers of the same disease in other registries, where a source says so. */
  xrefs?: readonly string[];
  /** Share of people who have it. */
  prevalence?: number;
}

export interface GeneRecord {
  gene: string;
  disease: string;
}

/** One statement "disease shows (or does not show) finding", as one source gives it. */
export interface AnnotationRecord {
  disease: string;
  term: string;
  negated?: boolean;
  /** As HPOA gives it: "12/30", "HP:0040281", "45%"; absent where unstated. */
  frequency?: string;
  /** Sex in which the statement holds. */
  sex?: string;
  /** What the source cites: PMID:…, OMIM:…. */
  references?: readonly string[];
  /** Row of the relation in graph.db, so that its evidence can be shown; 0 or absent where there is none. */
  relation?: number;
}

export interface InheritanceRecord {
  disease: string;
  /** HP id of the mode, `HP:0000007`. */
  mode: string;
}

export interface OnsetRecord {
  disease: string;
  /** HP id of the age class, `HP:0003577`. */
  onset: string;
}

export interface ModelInput {
  terms: Iterable<TermRecord>;
  isA: Iterable<IsARecord>;
  diseases: Iterable<DiseaseRecord>;
  annotations: Iterable<AnnotationRecord>;
  inheritance: Iterable<InheritanceRecord>;
  onsets: Iterable<OnsetRecord>;
  /** Which gene belongs to which disease; it helps to tell when two registries list the same disease. */
  genes?: Iterable<GeneRecord>;
}

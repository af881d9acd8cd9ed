/** `phenotype.hpoa`: what each disease shows, how often and who says so, grouped by disease. */
import { readLines } from "../text.ts";
import { RowProblems, type SourceContext } from "../source.ts";
import { liveId, type Ontology } from "./ontology.ts";

/** P phenotype · H past history · I inheritance · C onset and course · M modifier of the disease. */
type Aspect = "P" | "H" | "I" | "C" | "M";

/** One row with live term identifiers. */
export interface Annotation {
  term: string;
  aspect: Aspect;
  /** The row says NOT. */
  negated: boolean;
  /** PMID:…, OMIM:…, ORPHA:…, or an address. */
  references: string[];
  /** PCS published clinical study · TAS traceable author statement · IEA inferred from electronic annotation. */
  code: string;
  onset?: string;
  /** As the row gives it: "3/53", "45%", or an HPO frequency term. */
  frequency?: string;
  sex?: "male" | "female";
  modifiers: string[];
}

export interface AnnotatedDisease {
  id: string;
  /** As printed, the most used first. */
  names: string[];
  annotations: Annotation[];
}

export interface Annotations {
  /** ISO date of the release. */
  released?: string;
  diseases: Map<string, AnnotatedDisease>;
}

const DISEASE_ID = /^[A-Za-z]+:\S+$/;
const TERM_ID = /^HP:\d{7}$/;

/** @throws Error when the file is missing, torn, or holds no row that can be used */
export async function readAnnotations(path: string, ontology: Ontology, context: SourceContext): Promise<Annotations> {
  const problems = new RowProblems(path, context);
  const diseases = new Map<string, AnnotatedDisease>();
  const nameCounts = new Map<AnnotatedDisease, Map<string, number>>();
  let released: string | undefined;
  for await (const { number, text } of readLines(path)) {
    if (text === "") continue;
    if (text.startsWith("#") || text.startsWith("database_id")) {
      released ??= /^#\s*(?:date|version):\s*(\d{4}-\d{2}-\d{2})/i.exec(text)?.[1];
      continue;
    }
    const row = text.split("\t");
    const annotation = parseRow(row, ontology);
    if (typeof annotation === "string") {
      problems.add(number, annotation);
      continue;
    }
    const [id, name] = row as [string, string];
    let disease = diseases.get(id);
    if (!disease) {
      disease = { id, names: [], annotations: [] };
      diseases.set(id, disease);
      nameCounts.set(disease, new Map());
    }
    disease.annotations.push(annotation);
    const counts = nameCounts.get(disease)!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (diseases.size === 0) throw new Error(`${path}: holds no annotation; is it phenotype.hpoa?`);
  for (const [disease, counts] of nameCounts) {
    disease.names = [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  }
  return released ? { released, diseases } : { diseases };
}

/** The row, or why it cannot be used. */
function parseRow(row: string[], ontology: Ontology): Annotation | string {
  if (row.length < 11) return `${row.length} columns instead of 12`;
  const cell = (column: number) => row[column] ?? "";
  const [id, name, hpo, aspect] = [cell(0), cell(1), cell(3), cell(10)];
  if (!DISEASE_ID.test(id)) return `${JSON.stringify(id)} is not a disease identifier`;
  if (!name) return `${id} has no name`;
  if (!TERM_ID.test(hpo)) return `${JSON.stringify(hpo)} is not an HPO identifier`;
  const term = liveId(ontology, hpo);
  if (!term) return `${hpo} is not in this release of the ontology`;
  if (!/^[PHICM]$/.test(aspect)) return `${JSON.stringify(aspect)} is not an aspect`;
  const annotation: Annotation = {
    term,
    aspect: aspect as Aspect,
    negated: cell(2).toUpperCase() === "NOT",
    references: split(cell(4)),
    code: cell(5),
    modifiers: [...new Set(split(cell(9)))].map((m) => liveId(ontology, m) ?? m),
  };
  const [onset, frequency, sex] = [cell(6), cell(7), cell(8).toLowerCase()];
  if (onset) annotation.onset = liveId(ontology, onset) ?? onset;
  if (frequency) annotation.frequency = liveId(ontology, frequency) ?? frequency;
  if (sex === "male" || sex === "female") annotation.sex = sex;
  return annotation;
}

function split(list: string): string[] {
  return list ? list.split(";").filter(Boolean) : [];
}

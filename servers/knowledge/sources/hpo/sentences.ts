/** Rows of the HPO's tables said in English, one sentence each, with nothing that the row does not say. */
import type { Annotation } from "./annotations.ts";
import type { DiseaseGene } from "./genes.ts";
import type { Ontology } from "./ontology.ts";

/** The frequency that means "in none". */
const EXCLUDED = "HP:0040285";

/** True where the row says that patients do not show the term: NOT, the frequency "Excluded", or none of those looked at. */
export function saysAbsent({ negated, frequency }: Annotation): boolean {
  return negated || frequency === EXCLUDED || /^0+(\/\d+|(\.0*)?%)$/.test(frequency ?? "");
}

/** "FBN1 is associated with Marfan syndrome (OMIM:154700) [mim2gene]." */
export function geneSentence(gene: DiseaseGene, disease: { id: string; name: string }): string {
  const source = gene.sources.length > 0 ? gene.sources.join(", ") : "HPO gene table";
  return `${gene.symbol} is associated with ${disease.name} (${disease.id}) [${source}].`;
}

/** "Ectopia lentis (HP:0001083) is observed in 45/60 patients with Marfan syndrome [PMID:8172269; PCS]." */
export function annotationSentence(
  annotation: Annotation,
  disease: string,
  ontology: Ontology,
  onsets: ReadonlySet<string>,
): string {
  const term = labelled(annotation.term, ontology);
  return `${clause(annotation, term, disease, ontology, onsets)}${trailer(annotation, ontology)} ${source(annotation)}.`;
}

function clause(
  annotation: Annotation,
  term: string,
  disease: string,
  ontology: Ontology,
  onsets: ReadonlySet<string>,
): string {
  const { frequency, negated, sex, aspect } = annotation;
  const patients = sex ? `${sex} patients` : "patients";
  if (isShare(frequency) && !negated) {
    const share = frequency.endsWith("%") ? `${frequency} of` : frequency;
    const observed = aspect === "I" ? "is the mode of inheritance" : "is observed";
    return `${term} ${observed} in ${share} ${patients} with ${disease}`;
  }
  const where = sex ? `${disease} in ${patients}` : disease;
  const is = negated ? "is not" : "is";
  if (aspect === "I") return `The mode of inheritance of ${where} ${is} ${term}`;
  if (aspect === "C" || aspect === "M") {
    const describes = negated ? "does not describe" : "describes";
    return `${term} ${describes} the ${onsets.has(annotation.term) ? "onset" : "course"} of ${where}`;
  }
  const label = frequency && ontology.terms.get(frequency)?.name.toLowerCase();
  if (label && !negated) return `${term} is ${article(label)} ${label} feature (${frequency}) of ${where}`;
  return `${term} ${is} a feature of ${where}`;
}

/** What the clause left unsaid: a frequency that fits no clause, the onset of the feature, its modifiers. */
function trailer({ frequency, negated, onset, modifiers, aspect }: Annotation, ontology: Ontology): string {
  const parts: string[] = [];
  const inClause = !negated && (isShare(frequency) || aspect === "P" || aspect === "H");
  const named = inClause && (isShare(frequency) || (frequency !== undefined && ontology.terms.has(frequency)));
  if (frequency && !named) parts.push(`frequency: ${labelled(frequency, ontology)}`);
  if (onset) parts.push(`onset: ${labelled(onset, ontology)}`);
  if (modifiers.length > 0) parts.push(`modifier: ${modifiers.map((m) => labelled(m, ontology)).join(", ")}`);
  return parts.map((part) => `; ${part}`).join("");
}

function source({ references, code }: Annotation): string {
  return `[${[references.join(", "), code].filter(Boolean).join("; ")}]`;
}

/** "Ectopia lentis (HP:0001083)"; an identifier that is no known term stands as it is. */
function labelled(id: string, ontology: Ontology): string {
  const term = ontology.terms.get(id);
  return term ? `${term.name} (${id})` : id;
}

function isShare(frequency: string | undefined): frequency is string {
  return frequency !== undefined && /^\d+\/\d+$|^\d+(\.\d+)?%$/.test(frequency);
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}

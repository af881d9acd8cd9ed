/** Adjectives of a patient made from the noun that names the finding: hypotonia → hypotonic, obesity → obese. */

const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?<=cephal|phthalm)(?:y|us|ia|os)$/u, ["ic"]],
  [/(?<=t)ension$/u, ["ensive"]],
  [/epsy$/u, ["eptic"]],
  [/plasia$|trophy$|pathy$/u, []],
  [/(?:(?<=ki|ce)n|r)esis$/u, []],
  [/osis$/u, ["otic", "osed"]],
  [/icity$/u, ["ic"]],
  [/(?<=.{4})ity$/u, ["e"]],
  [/ia$/u, ["ic"]],
  [/ism$/u, ["ic", "istic"]],
  [/ice$/u, ["iced"]],
  [/(?<=dactyl)y$/u, ["ous"]],
];
/** Adjectives that describe a tissue, a cause or a drug rather than the patient. */
const NOT_OF_PATIENTS =
  /^(?:ischemic|thrombotic|necrotic|fibrotic|sclerotic|septic|toxic|allergic|psychotic|neurotic|apoptotic|diabetic|systemic|static|uric|stenotic|hypoxic|bacteremic|leukemic|ketotic|acidotic|dystrophic|hemorrhagic|cystic|chronic|visible|autophagic|inactive)$/u;
/** Adjectives of a one-word folded name; empty where none is said of a patient. */
export function adjectivesOf(noun: string): string[] {
  if (noun.length < 6) return [];
  for (const [ending, others] of RULES) {
    if (!ending.test(noun)) continue;
    return others.map((other) => noun.replace(ending, other)).filter((word) => !NOT_OF_PATIENTS.test(word));
  }
  return [];
}

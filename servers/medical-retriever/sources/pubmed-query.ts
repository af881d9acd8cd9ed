/** A question in plain words as PubMed search terms: names kept together with their synonyms, function words left out, and shorter forms for when the full one finds little. */
import { hasFieldTags, hasOperators, questionParts } from "./question-parts.ts";
import type { NamedEntity } from "./source.ts";

/** Parts of the shorter form. */
const SHORT_FORM = 3;

/** Kinds of evidence that questions ask for, as PubMed knows them. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:clinical |practice )*(?:guidelines?|consensus statements?)\b/i,
    '("Practice Guideline"[pt] OR Guideline[pt] OR "Consensus Statement"[pt] OR "Consensus Development Conference"[pt] OR guideline*[ti])',
  ],
  [
    /\b(?:systematic reviews?|meta-?analys[ei]s)\b/i,
    '("Systematic Review"[pt] OR "Meta-Analysis"[pt] OR "systematic review"[ti])',
  ],
  [
    /\brandomi[sz]ed (?:controlled |clinical )*trials?\b|\bRCTs?\b/i,
    '("Randomized Controlled Trial"[pt] OR randomized[ti] OR randomised[ti])',
  ],
  [/\bcase reports?\b/i, '"Case Reports"[pt]'],
];

/**
 * @param entities what the question names: searched as phrases in title, abstract and MeSH, any of their names
 * @param rarity larger for rarer search terms (see tokenize): rare words are kept longest
 * @returns terms to try in this order; one only where the caller wrote PubMed's syntax
 */
export function pubmedTerms(
  question: string,
  entities: readonly Pick<NamedEntity, "text" | "name" | "synonyms">[],
  rarity: (term: string) => number,
): string[] {
  if (hasFieldTags(question) || hasOperators(question)) return [question.trim()];
  let plain = question;
  const kinds: string[] = [];
  for (const [pattern, term] of KINDS) {
    if (!pattern.test(plain)) continue;
    kinds.push(term);
    plain = plain.replace(pattern, " ");
  }
  const parts = questionParts(plain, entities, rarity);
  const names = parts.names.map(anyOf);
  const words = parts.words.slice(0, Math.max(0, SHORT_FORM - names.length - kinds.length));
  const forms = [
    [...names, ...kinds, ...parts.words],
    [...names, ...kinds, ...words],
    [...names, ...parts.words].slice(0, Math.max(names.length, SHORT_FORM - 1)),
  ];
  return [...new Set(forms.map((form) => form.join(" AND ")))].filter(Boolean);
}

function anyOf(names: readonly string[]): string {
  const terms = names.flatMap(phrase);
  return terms.length === 1 ? terms[0]! : `(${terms.join(" OR ")})`;
}

/** Field tags keep a name together: without them PubMed maps its words one by one. A single word is mapped well. */
function phrase(name: string, at: number): string[] {
  if (!/\s/.test(name)) return [at === 0 ? name : `"${name}"[tiab]`];
  return at < 2 ? [`"${name}"[tiab]`, `"${name}"[mh]`] : [`"${name}"[tiab]`];
}

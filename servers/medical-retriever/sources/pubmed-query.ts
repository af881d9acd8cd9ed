/** A question in plain words as PubMed search terms: names kept together with their synonyms, function words left out, and a looser form for when the strict one finds little. */
import { anyOf, hasFieldTags, hasOperators, questionParts, searchForms } from "./question-parts.ts";
import type { NamedEntity } from "./source.ts";

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
  const names = parts.names.map((group) => anyOf(group.flatMap(phrase)));
  return searchForms(names, parts.words, kinds);
}

/** Field tags keep a name together: without them PubMed maps its words one by one. A single word is mapped well. */
function phrase(name: string, at: number): string[] {
  if (!/\s/.test(name)) return [at === 0 ? name : `"${name}"[tiab]`];
  return at < 2 ? [`"${name}"[tiab]`, `"${name}"[mh]`] : [`"${name}"[tiab]`];
}

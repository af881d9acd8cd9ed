/** A question in plain words as PubMed search terms: names kept together with their synonyms, function words left out, and a looser form for when the strict one finds little. */
import { kindsIn, typesOf } from "./publication-types.ts";
import { anyOf, hasFieldTags, hasOperators, questionParts, searchForms } from "./question-parts.ts";
import type { NamedEntity } from "./source.ts";

/**
 * @param entities what the question names: searched as phrases in title, abstract and MeSH, any of their names
 * @param rarity larger for rarer search terms (see tokenize): rare words are kept longest
 * @param kinds of evidence that alone are wanted
 * @returns terms to try in this order; one only where the caller wrote PubMed's syntax
 */
export function pubmedTerms(
  question: string,
  entities: readonly Pick<NamedEntity, "text" | "name" | "synonyms">[],
  rarity: (term: string) => number,
  kinds?: readonly string[],
): string[] {
  const filter = typesOf(kinds)?.map(typeTerm);
  const within = (term: string) => (filter ? `(${term}) AND ${anyOf(filter)}` : term);
  if (hasFieldTags(question) || hasOperators(question)) return [within(question.trim())];
  const asked = kindsIn(question);
  const parts = questionParts(asked.rest, entities, rarity);
  const names = parts.names.map((group) => anyOf(group.flatMap(phrase)));
  const types = asked.kinds.map((kind) => anyOf([...typesOf([kind])!.map(typeTerm), TITLE[kind] ?? []].flat()));
  return searchForms(names, parts.words, filter ? [] : types).map(within);
}

/** Older records have no type that says it. */
const TITLE: Record<string, readonly string[]> = {
  guideline: ["guideline*[ti]"],
  systematic_review: ['"systematic review"[ti]'],
  randomized_trial: ["randomized[ti]", "randomised[ti]"],
};

function typeTerm(type: string): string {
  return `"${type}"[pt]`;
}

/** Field tags keep a name together: without them PubMed maps its words one by one. A single word is mapped well. */
function phrase(name: string, at: number): string[] {
  if (!/\s/.test(name)) return [at === 0 ? name : `"${name}"[tiab]`];
  return at < 2 ? [`"${name}"[tiab]`, `"${name}"[mh]`] : [`"${name}"[tiab]`];
}

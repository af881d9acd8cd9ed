/** Questions as PMC search terms. PMC knows other fields than PubMed: title and abstract have one each, kinds of publication none. */
import { anyOf, hasOperators, questionParts, searchForms } from "../question-parts.ts";
import type { SourceQuestion } from "../source.ts";

/** Each costs two fields; the rest of the names add little to full texts. */
const MOST_NAMES = 3;
/** Others give no text to programs. */
const OPEN = '"open access"[filter]';

/** Terms to try in this order, a looser one after a strict one; one only where the caller wrote operators. */
export function pmcTerms({ query, entities, rarity }: SourceQuestion): string[] {
  if (hasOperators(query)) return [`(${query.trim()}) AND ${OPEN}`];
  const parts = questionParts(query, entities(), rarity);
  const names = parts.names.map((group) =>
    anyOf(group.slice(0, MOST_NAMES).flatMap((name) => [`"${name}"[ti]`, `"${name}"[ab]`])),
  );
  return searchForms(names, parts.words, [OPEN]).filter((form) => form.endsWith(OPEN));
}

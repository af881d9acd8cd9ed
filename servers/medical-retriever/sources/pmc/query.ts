/** Questions as PMC search terms. PMC knows other fields than PubMed: title and abstract have one each, kinds of publication none. */
import { hasOperators, questionParts } from "../question-parts.ts";
import type { SourceQuestion } from "../source.ts";

/** Parts of the shorter form. */
const SHORT_FORM = 3;
/** Each costs two fields; the rest of the names add little to full texts. */
const MOST_NAMES = 3;
/** Others give no text to programs. */
const OPEN = '"open access"[filter]';

/** Terms to try in this order, each shorter than the one before; one only where the caller wrote operators. */
export function pmcTerms({ query, entities, rarity }: SourceQuestion): string[] {
  if (hasOperators(query)) return [`(${query.trim()}) AND ${OPEN}`];
  const parts = questionParts(query, entities(), rarity);
  const names = parts.names.map((group) => anyOf(group.slice(0, MOST_NAMES)));
  const forms = [
    [...names, ...parts.words],
    [...names, ...parts.words.slice(0, Math.max(0, SHORT_FORM - names.length))],
    [...names, ...parts.words].slice(0, Math.max(names.length, SHORT_FORM - 1)),
  ];
  return [...new Set(forms.filter(({ length }) => length > 0).map((form) => [...form, OPEN].join(" AND ")))];
}

function anyOf(names: readonly string[]): string {
  return `(${names.flatMap((name) => [`"${name}"[ti]`, `"${name}"[ab]`]).join(" OR ")})`;
}

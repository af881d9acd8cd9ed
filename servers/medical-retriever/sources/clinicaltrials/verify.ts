/** Whether a trial is about what was asked: the registry's search is fuzzy, and gives trials on other things. */
import type { Document } from "../../../../schemas/index.ts";
import { tokenize } from "../../../knowledge/tokenize.ts";
import { isNamedIn, type Named, type NamedThings } from "../named-things.ts";

/** Whom a trial excludes, where it runs and whom it cites is not what it is about. */
const BESIDE = /^(?:Eligibility|Locations|References|Sponsor|Status)$/;
/** Where things are named one by one, in any order of their words: `Diabetes Mellitus, Type 2`. */
const NAMES = /^(?:Conditions|Interventions)$/;

/**
 * How many of the question's conditions and drugs it names, by any of their names; where the question has neither, of
 * whatever it names. None: it is about something else.
 */
export function namedBy(document: Document, { conditions, drugs, drugClasses, others, unknown }: NamedThings): number {
  const main = [...conditions, ...drugs.filter(({ known }) => known)];
  const wanted = main.length > 0 ? main : [...drugClasses, ...others, ...unknown];
  if (wanted.length === 0) return 1;
  const sections = document.sections.filter(({ label }) => !BESIDE.test(label));
  const mesh = document.mesh ?? [];
  const text = [document.title, ...sections.map((section) => section.text), ...mesh].join("\n");
  const names = sections.filter(({ label }) => NAMES.test(label)).flatMap((section) => section.text.split(/[;\n]/));
  const single = [document.title, ...names, ...mesh].map((name) => new Set(tokenize(name)));
  const isNamed = (thing: Named) => isNamedIn(text, thing) || single.some((terms) => holds(terms, thing));
  const extra = main.length > 0 ? unknown.filter(isNamed).length : 0;
  const found = wanted.filter(isNamed).length;
  return found === 0 ? 0 : found + extra;
}

/** All search terms of one of its names, in any order and spelling. */
function holds(terms: ReadonlySet<string>, { names }: Named): boolean {
  return names.some((name) => {
    const own = tokenize(name);
    return own.length > 1 && own.every((term) => terms.has(term));
  });
}

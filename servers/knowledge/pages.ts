/** On which page a place in a section stands. */
import type { Section } from "../../schemas/index.ts";

/** @param at offset into `section.text`. Undefined where the document has no pages. */
export function pageAt({ page, pageBreaks = [] }: Section, at: number): number | undefined {
  if (page === undefined) return undefined;
  const next = pageBreaks.findIndex((start) => start > at);
  return page + (next < 0 ? pageBreaks.length : next);
}

/** A document's text is bounded before it leaves the parsing process: what is passed on is copied and stored. */
import type { Section } from "../../../schemas/index.ts";
import type { Parsed } from "./index.ts";

/** Characters; a book of 500 pages has about 1.5 million. */
const MAX_TEXT = 2_000_000;
const MAX_SECTIONS = 5000;
const MAX_LABEL = 300;

export function boundedText(parsed: Parsed): Parsed {
  const sections: Section[] = [];
  let left = MAX_TEXT;
  for (const section of parsed.sections) {
    if (left <= 0 || sections.length >= MAX_SECTIONS) break;
    const text = section.text.length > left ? section.text.slice(0, left) : section.text;
    const pageBreaks = section.pageBreaks?.filter((at) => at < text.length);
    sections.push({
      ...section,
      ...(pageBreaks ? { pageBreaks } : {}),
      label: section.label.slice(0, MAX_LABEL).toWellFormed(),
      text: text.toWellFormed(),
    });
    left -= text.length;
  }
  const all = parsed.sections.reduce((sum, { text }) => sum + text.length, 0);
  const kept = MAX_TEXT - left;
  if (kept === all && sections.length === parsed.sections.length) return { ...parsed, sections };
  const cut = `only the first ${kept} of ${all} characters are kept`;
  return { ...parsed, sections, incomplete: [parsed.incomplete, cut].filter(Boolean).join("; ") };
}

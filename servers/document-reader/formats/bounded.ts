/** A document's text is bounded before it leaves the parsing process: what is passed on is copied and stored. */
import type { Section } from "../../../schemas/index.ts";
import type { Parsed } from "./index.ts";

/** Characters; a book of 500 pages has about 1.5 million. */
const MAX_TEXT = 2_000_000;
const MAX_SECTIONS = 5000;
const MAX_LABEL = 300;
/** Commands to terminals and marks that turn lines around: each becomes a blank, so that places in the text stay. */
// oxlint-disable-next-line no-control-regex -- they are what is replaced
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

export function boundedText({ title: given, ...parsed }: Parsed): Parsed {
  const title = given?.replace(CONTROL, " ").replace(/\s+/g, " ").trim();
  const sections: Section[] = [];
  let left = MAX_TEXT;
  for (const section of parsed.sections) {
    if (left <= 0 || sections.length >= MAX_SECTIONS) break;
    const text = section.text.length > left ? section.text.slice(0, left) : section.text;
    const pageBreaks = section.pageBreaks?.filter((at) => at < text.length);
    sections.push({
      ...section,
      ...(pageBreaks ? { pageBreaks } : {}),
      label: section.label.replace(CONTROL, " ").slice(0, MAX_LABEL).replace(/\s+/g, " ").trim().toWellFormed(),
      text: text.replace(CONTROL, " ").toWellFormed(),
    });
    left -= text.length;
  }
  const all = parsed.sections.reduce((sum, { text }) => sum + text.length, 0);
  const kept = MAX_TEXT - left;
  if (kept === all && sections.length === parsed.sections.length)
    return { ...(title ? { title } : {}), ...parsed, sections };
  const cut = `only the first ${kept} of ${all} characters are kept`;
  return {
    ...(title ? { title } : {}),
    ...parsed,
    sections,
    incomplete: [parsed.incomplete, cut].filter(Boolean).join("; "),
  };
}

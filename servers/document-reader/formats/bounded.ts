/** What a parser found is bounded and cleaned before it leaves the parsing process: it is copied, stored and shown. */
import type { Section } from "../../../schemas/index.ts";
import { cleanLine, cleanText } from "../../kit/unseen.ts";
import type { Parsed } from "./index.ts";

/** Characters; a book of 500 pages has about 1.5 million. */
const MAX_TEXT = 2_000_000;
const MAX_SECTIONS = 5000;
const MAX_LABEL = 300;
/** Of names, dates and whatever else is said about the document. */
const MAX_FACT = 300;
const MAX_FACTS = 500;
/** Longer ones are none, and cut ones would be others. */
const MAX_IDENTIFIER = 500;
const MAX_REASON = 3_000;

type Facts = Omit<Parsed, "sections" | "incomplete">;

export function boundedText({ sections: given, incomplete: said, ...facts }: Parsed): Parsed {
  const sections: Section[] = [];
  let left = MAX_TEXT;
  for (const section of given) {
    if (left <= 0 || sections.length >= MAX_SECTIONS) break;
    const text = section.text.length > left ? section.text.slice(0, left) : section.text;
    const pageBreaks = section.pageBreaks?.filter((at) => at < text.length);
    sections.push({
      ...section,
      ...(pageBreaks ? { pageBreaks } : {}),
      label: cleanLine(section.label, MAX_LABEL),
      text: cleanText(text),
    });
    left -= text.length;
  }
  const all = given.reduce((sum, { text }) => sum + text.length, 0);
  const kept = MAX_TEXT - left;
  const isWhole = kept === all && sections.length === given.length;
  const cut = isWhole ? undefined : `only the first ${kept} of ${all} characters are kept`;
  const incomplete = [said, cut].filter(Boolean).join("; ");
  return {
    ...boundedFacts(facts),
    sections,
    ...(incomplete ? { incomplete: cleanLine(incomplete, MAX_REASON) } : {}),
  };
}

/** What is said about the document, whoever wrote it there. */
function boundedFacts({ identifiers, ...facts }: Facts): Facts {
  const bounded = Object.entries(facts).map(([name, value]) => [
    name,
    Array.isArray(value)
      ? value.slice(0, MAX_FACTS).map((one) => cleanLine(one, MAX_FACT))
      : typeof value === "string"
        ? cleanLine(value, MAX_FACT)
        : value,
  ]);
  const known = Object.entries(identifiers ?? {}).filter(
    ([name, value]) => name.length + value.length <= MAX_IDENTIFIER && cleanLine(value, MAX_IDENTIFIER) === value,
  );
  return {
    ...(Object.fromEntries(bounded.filter(([, value]) => value !== "")) as Facts),
    ...(known.length > 0 ? { identifiers: Object.fromEntries(known.slice(0, MAX_FACTS)) } : {}),
  };
}

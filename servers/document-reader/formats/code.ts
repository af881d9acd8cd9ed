/** Source code: lines kept as they are, in parts that say which lines they hold. */
import type { Parsed } from "./index.ts";
import { languageOf } from "./languages.ts";
import { tidy } from "./plain.ts";

const LINES_A_PART = 200;

export function parseCode(text: string, name: string): Parsed {
  const lines = tidy(text).replace(/\n+$/, "").split("\n");
  const language = languageOf(name) ?? "text";
  const sections = [];
  for (let first = 0; first < lines.length; first += LINES_A_PART) {
    const part = lines.slice(first, first + LINES_A_PART);
    sections.push({ label: `${language}, lines ${first + 1}–${first + part.length}`, text: part.join("\n") });
  }
  return { title: name, sections, publicationTypes: [`Source Code (${language})`] };
}

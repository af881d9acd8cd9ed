/** A document's table of contents: each section with where it stands in `documentText`. */
import type { Document, ReadDocumentResult } from "../../schemas/index.ts";

type Outline = ReadDocumentResult["outline"];

/** `documentText(document).slice(start, end)` is the section with its label. */
export function outlineOf(document: Document): Outline {
  const outline: Outline = [];
  let at = document.title.length;
  for (const { label, text } of document.sections) {
    const start = at + 2;
    at = start + (label ? label.length + 1 : 0) + text.length;
    outline.push({ label, start, end: at });
  }
  return outline;
}

/** A document's table of contents: each section with where it stands in `documentText`. */
import type { Document, ReadDocumentResult } from "../../schemas/index.ts";

type Outline = ReadDocumentResult["outline"];

/** `documentText(document).slice(start, end)` is the section with its label. */
export function outlineOf(document: Document): Outline {
  const outline: Outline = [];
  let at = document.title.length;
  for (const { label, text, page, level } of document.sections) {
    const start = at + 2;
    at = start + (label ? label.length + 1 : 0) + text.length;
    outline.push({ label, start, end: at, ...(page ? { page } : {}), ...(level ? { level } : {}) });
  }
  return outline;
}

/**
 * At most `most` entries: the highest headings first, all of a depth or none, so that what is left still spans the
 * whole document; where even the highest are too many, those at its beginning.
 */
export function shortOutline(outline: Outline, most: number): Outline {
  if (outline.length <= most) return outline;
  const levels = [...new Set(outline.map(({ level = 1 }) => level))].toSorted((a, b) => b - a);
  for (const deepest of levels) {
    const kept = outline.filter(({ level = 1 }) => level < deepest);
    if (kept.length > 0 && kept.length <= most) return kept;
  }
  return outline.slice(0, most);
}

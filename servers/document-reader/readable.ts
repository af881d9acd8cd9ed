/** What a parser found as a document of record, with its standing. */
import type { Document } from "../../schemas/index.ts";
import { ToolError } from "../kit/failure.ts";
import { cleanLine } from "../kit/unseen.ts";
import type { Parsed } from "./formats/index.ts";

/** A document and, where its text is not the whole of it, why. Kept in the reader's store together. */
export type ReadableDocument = Document & { incomplete?: string };

const MAX_TITLE = 300;

/** Publishers mark withdrawn articles in the title. */
const RETRACTED = /^\W*(?:retracted(?:\s+article)?\b|withdrawn(?:\s+article)?:)/i;

/** @throws ToolError `unreadable` where there is no text at all */
export function asDocument(
  id: string,
  fallbackTitle: string,
  parsed: Parsed,
  origin: Partial<Document>,
): ReadableDocument {
  const { sections, incomplete } = parsed;
  if (sections.length === 0) {
    throw new ToolError({
      reason: "unreadable",
      message: `${fallbackTitle} holds no text (it may be drawn by scripts, or be images)`,
      recovery: "look for the same document elsewhere, for instance as a PDF or through a search",
      retryable: false,
    });
  }
  const title = cleanLine(parsed.title || fallbackTitle, MAX_TITLE);
  const { title: _title, sections: _sections, incomplete: _incomplete, publicationTypes = [], ...facts } = parsed;
  const types = [...publicationTypes, ...(origin.publicationTypes ?? [])];
  return {
    id,
    title,
    sections,
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value)),
    ...origin,
    ...(types.length > 0 ? { publicationTypes: types } : {}),
    ...(RETRACTED.test(title) ? { integrity: "retracted" as const } : {}),
    ...(incomplete ? { incomplete } : {}),
  };
}

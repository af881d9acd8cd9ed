/** A document as search terms. */
import type { Document } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { TermedDocument } from "./ranking.ts";

export function termsOf(document: Pick<Document, "title" | "sections">): TermedDocument {
  const body = document.sections.flatMap(({ label, text }) => [...tokenize(label), ...tokenize(text)]);
  return { title: tokenize(document.title), body };
}

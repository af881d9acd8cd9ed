/** A document as search terms. */
import type { Document } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { TermedDocument } from "./ranking.ts";

export function termsOf({ title, sections }: Pick<Document, "title" | "sections">): TermedDocument {
  const body: string[] = [];
  for (const { label, text } of sections) {
    if (label) for (const term of tokenize(label)) body.push(term);
    for (const term of tokenize(text)) body.push(term);
  }
  return { title: tokenize(title), body };
}

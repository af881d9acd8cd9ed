/** A document as search terms: one walk, for the index and for what is not in it. */
import type { Document } from "../../../schemas/index.ts";
import { scanTerms, type Term } from "../../knowledge/tokenize.ts";
import type { TermedDocument } from "./ranking.ts";

type Texts = Pick<Document, "title" | "sections">;

/** Terms in order, each still an object. */
export function scanDocument({ title, sections }: Texts): { title: Term[]; body: Term[] } {
  const ofTitle: Term[] = [];
  const ofBody: Term[] = [];
  scanTerms(title, (term) => ofTitle.push(term));
  for (const { label, text } of sections) {
    if (label) scanTerms(label, (term) => ofBody.push(term));
    scanTerms(text, (term) => ofBody.push(term));
  }
  return { title: ofTitle, body: ofBody };
}

export function termsOf(document: Texts): TermedDocument {
  const { title, body } = scanDocument(document);
  return { title: title.map(({ text }) => text), body: body.map(({ text }) => text) };
}

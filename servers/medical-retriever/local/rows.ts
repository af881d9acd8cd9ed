/** A document as a row of the index: its terms, and what filters and authority need without opening the text. */
import type { Document } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { kindOf } from "../authority.ts";
import type { TermedDocument } from "./ranking.ts";

export interface IndexRow extends Record<string, unknown> {
  id: string;
  /** ISO 8601, or empty. */
  published: string;
  kind: string;
  integrity: string;
  /** Terms of title and text, joined by spaces, with a bar between them. */
  terms: string;
}

const BAR = " | ";

export function termsOf(document: Pick<Document, "title" | "sections">): TermedDocument {
  const body = document.sections.flatMap(({ label, text }) => [...tokenize(label), ...tokenize(text)]);
  return { title: tokenize(document.title), body };
}

export function toRow(document: Document, { title, body }: TermedDocument): IndexRow {
  return {
    id: document.id,
    published: document.published ?? "",
    kind: kindOf(document),
    integrity: document.integrity ?? "ok",
    terms: title.join(" ") + BAR + body.join(" "),
  };
}

export function fromTerms(terms: string): TermedDocument {
  const bar = terms.indexOf(BAR);
  return { title: split(terms.slice(0, bar)), body: split(terms.slice(bar + BAR.length)) };
}

function split(terms: string): string[] {
  return terms === "" ? [] : terms.split(" ");
}

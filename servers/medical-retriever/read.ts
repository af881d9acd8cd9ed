/** A document as a reader gets it: its sections, or some of them, with what must be known before believing it. */
import type { DocumentHit, Outcome, Section } from "../../schemas/index.ts";
import { authorityOf } from "./authority.ts";
import { integrityNotes } from "./integrity.ts";
import { kindOf } from "./kinds.ts";
import { abridged } from "./page.ts";
import type { CallContext, Retriever } from "./retriever.ts";

export interface ReadResult {
  documents: DocumentHit[];
  sections: Section[];
  outcomes: Outcome[];
  notes: string[];
}

/** A text of this length may not fit into one answer. */
const LONG_TEXT = 25_000;

/** @param labels of the sections wanted, in part and in any case; all without them */
export async function readDocument(
  retriever: Retriever,
  id: string,
  labels: readonly string[],
  context: CallContext,
): Promise<ReadResult> {
  const { document, outcomes } = await retriever.document(id, context);
  const { sections, authors, ...head } = document;
  const authority = authorityOf({ ...document, kind: kindOf(document) }, await retriever.newest(context));
  const picked = sections.filter(({ label }) => labels.length === 0 || labels.some((wanted) => names(label, wanted)));
  return {
    documents: [{ ...head, ...(authors ? { authors: abridged(authors) } : {}), authority }],
    sections: picked,
    outcomes,
    notes: [...integrityNotes([document]), ...notesOn(sections, labels, picked)],
  };
}

function notesOn(sections: readonly Section[], labels: readonly string[], picked: readonly Section[]): string[] {
  if (sections.length === 0) return ["the source has no text for this document, only its title"];
  const known = sections.flatMap(({ label }) => (label ? [label] : [])).join(", ") || "none with a label";
  const unknown = labels.filter((wanted) => !sections.some(({ label }) => names(label, wanted)));
  if (unknown.length > 0) return [`no section is called ${unknown.join(", ")}; there are: ${known}`.slice(0, 1000)];
  const length = picked.reduce((sum, { text }) => sum + text.length, 0);
  return length > LONG_TEXT ? [`a long text: ask for some sections; there are: ${known}`.slice(0, 1000)] : [];
}

function names(label: string, wanted: string): boolean {
  return label.toLowerCase().includes(wanted.trim().toLowerCase());
}

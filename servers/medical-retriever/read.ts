/** A document as a reader gets it: its sections, or some of them, with what must be known before believing it. */
import type { Document, DocumentHit, Outcome, Section } from "../../schemas/index.ts";
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

/** A text of this length may not fit into one answer. In characters. */
const LONG_TEXT = 25_000;
const OUTLINE_LENGTH = 1500;

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
    notes: [...integrityNotes([document]), ...notesOn(sections, labels, picked), ...fullText(document)],
  };
}

function notesOn(sections: readonly Section[], labels: readonly string[], picked: readonly Section[]): string[] {
  if (sections.length === 0) return ["the source has no text for this document, only its title"];
  const unknown = labels.filter((wanted) => !sections.some(({ label }) => names(label, wanted)));
  const length = picked.reduce((sum, { text }) => sum + text.length, 0);
  return [
    ...(unknown.length > 0 ? [`no section is called ${unknown.join(", ")}; there are: ${outline(sections)}`] : []),
    ...(length > LONG_TEXT
      ? [`${length} characters are more than one answer holds: ask for sections; there are: ${outline(sections)}`]
      : []),
  ].slice(0, 1);
}

/** `RESULTS (1200), DISCUSSION (3400)`: labels with their lengths in characters. */
function outline(sections: readonly Section[]): string {
  const lengths = new Map<string, number>();
  for (const { label, text } of sections) {
    if (label) lengths.set(label, (lengths.get(label) ?? 0) + text.length);
  }
  if (lengths.size === 0) return "none with a label";
  const lines = [...lengths].map(([label, length]) => `${label} (${length})`);
  const shown = lines.filter((_, i) => lines.slice(0, i + 1).join(", ").length <= OUTLINE_LENGTH);
  return shown.join(", ") + (shown.length < lines.length ? `, and ${lines.length - shown.length} more` : "");
}

/** An abstract may have its article in PMC. */
function fullText({ id, identifiers: { pmcid } = {} }: Document): string[] {
  if (!pmcid || !id.startsWith("PMID:")) return [];
  return [`this is the abstract; the full text is in PMC: get_medical_document PMC:${pmcid}`];
}

function names(label: string, wanted: string): boolean {
  return label.toLowerCase().includes(wanted.trim().toLowerCase());
}

/** The records of live sources, as they may be shown and kept. */
import type { LiveDocument } from "../knowledge/live-documents.ts";
import type { SourceReport } from "./fan-out/fan-out.ts";
import { mergeRecords, type SourceRecord, type Thing } from "./identity/merge.ts";
import type { Retriever } from "./retriever.ts";
import type { StoredTexts } from "./stored-texts.ts";

const PART = "parts of the record, as a search gave them; get_medical_document gets the whole";

/**
 * Each thing once, whoever told of it. What was fetched whole before is not replaced by a part. What is to be kept is
 * kept by the caller. @param more records from elsewhere, which are preferred
 */
export function thingsOf(
  { live, sources }: Retriever,
  texts: StoredTexts,
  reports: readonly SourceReport[],
  more: readonly SourceRecord[] = [],
): { things: Thing[]; notes: string[] } {
  const inParts = new Set(sources.filter(({ extracts }) => extracts).map(({ name }) => name));
  const records = reports.flatMap(({ source, documents }) =>
    documents.map((document) => {
      return { source, document: inParts.has(source) ? (whole(live.get(document.id)) ?? part(document)) : document };
    }),
  );
  return mergeRecords([...more, ...records], (id) => texts.get(id));
}

/** What readers may ask for later. @param things that are shown */
export function keep({ live }: Retriever, things: readonly Thing[]): void {
  live.put(things.filter(({ stored }) => !stored).map(({ document }) => document));
}

function whole(document: LiveDocument | undefined): LiveDocument | undefined {
  return document?.incomplete ? undefined : document;
}

function part(document: LiveDocument): LiveDocument {
  return { ...document, incomplete: PART };
}

/** What must be said of documents that do not stand as they were published, and where that is said. */
import type { Document } from "../../schemas/index.ts";

type Standing = Pick<Document, "id" | "integrity" | "related">;

/** Names in `related` of the notices about a document. */
const NOTICES = {
  retracted: /^(?:retractionIn|retractedIn|retractedAndRepublishedIn)$/i,
  concern: /^expressionOfConcernIn$/i,
  corrected: /^(?:erratumIn|correctedAndRepublishedIn|partialRetractionIn|correctionIn|updateIn)$/i,
};

export function integrityNotes(documents: readonly Standing[]): string[] {
  const corrected = documents.filter(({ integrity }) => integrity === "corrected");
  return [
    ...documents.flatMap((document) => {
      const { id, integrity } = document;
      if (integrity === "retracted") return [`${id} is retracted${notices(document)}: it is no evidence`];
      return integrity === "concern" ? [`${id} carries an expression of concern${notices(document)}`] : [];
    }),
    ...(corrected.length > 0 ? [`corrected since: ${corrected.map((d) => d.id + notices(d)).join(", ")}`] : []),
  ];
}

function notices({ integrity = "ok", related = {} }: Standing): string {
  if (integrity === "ok") return "";
  const ids = Object.entries(related).flatMap(([kind, named]) => (NOTICES[integrity].test(kind) ? named : []));
  return ids.length > 0 ? ` (${ids.slice(0, 3).join(", ")})` : "";
}

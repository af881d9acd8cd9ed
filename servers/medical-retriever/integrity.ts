/** What must be said of documents that do not stand as they were published. */
import type { Document } from "../../schemas/index.ts";

export function integrityNotes(documents: readonly Pick<Document, "id" | "integrity">[]): string[] {
  return documents.flatMap(({ id, integrity }) => {
    if (integrity === "retracted") return [`${id} is retracted: it is no evidence`];
    return integrity === "concern" ? [`${id} carries an expression of concern`] : [];
  });
}

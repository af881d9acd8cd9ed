/** What PubMed's records say of one another, by the type of the link: retractions, concerns, corrections. */
import type { Integrity } from "../../../../schemas/index.ts";

export interface Comment {
  /** RefType: `RetractionIn`, `ErratumFor`, … */
  type: string;
  /** `PMID:…`; undefined where none is given. */
  document: string | undefined;
}

const SAID_OF_OTHERS: Record<string, Integrity> = {
  RetractionOf: "retracted",
  RetractedandRepublishedFrom: "retracted",
  ExpressionOfConcernFor: "concern",
  ErratumFor: "corrected",
  PartialRetractionOf: "corrected",
  CorrectedandRepublishedFrom: "corrected",
};

const SAID_OF_THIS: Record<string, Integrity> = {
  RetractionIn: "retracted",
  RetractedandRepublishedIn: "retracted",
  ExpressionOfConcernIn: "concern",
  ErratumIn: "corrected",
  PartialRetractionIn: "corrected",
  CorrectedandRepublishedIn: "corrected",
};

const FROM_WORST: readonly Integrity[] = ["retracted", "concern", "corrected"];

/** What these comments say of the standing of others: a retraction of the retracted paper, an erratum of the corrected one. */
export function noticesOf(comments: readonly Comment[]): { document: string; integrity: Integrity }[] {
  return comments.flatMap(({ type, document }) => {
    const integrity = SAID_OF_OTHERS[type];
    return integrity && document ? [{ document, integrity }] : [];
  });
}

/** @param retracted whether it is published as a retracted paper (D016441); the notice of a retraction (D016440) is another document, which stands */
export function integrityOf(retracted: boolean, comments: readonly Comment[]): Integrity | undefined {
  if (retracted) return "retracted";
  const said = new Set(comments.map(({ type }) => SAID_OF_THIS[type]));
  return FROM_WORST.find((integrity) => said.has(integrity));
}

/** Trials, notices about this record, and what it is a notice about. */
export function relatedOf(
  trials: readonly string[],
  comments: readonly Comment[],
): Record<string, string[]> | undefined {
  if (trials.length === 0 && comments.length === 0) return undefined;
  const related: Record<string, string[]> = {};
  if (trials.length > 0) related["trial"] = trials.map((trial) => `NCT:${trial}`);
  for (const { type, document } of comments) {
    if (document && (type in SAID_OF_OTHERS || type in SAID_OF_THIS || type.startsWith("Update"))) {
      (related[type.charAt(0).toLowerCase() + type.slice(1)] ??= []).push(document);
    }
  }
  return Object.keys(related).length > 0 ? related : undefined;
}

/** An application of Drugs@FDA (openFDA `drugsfda`) as a document: what was approved, when, and with which documents. */
import type { Document, Section } from "../../../../schemas/index.ts";
import { isoDate, objects, text } from "../json/loose.ts";
import { codesOf } from "./label.ts";

/** @returns why it is none where it has no application number */
export function applicationDocument(record: unknown): Document | string {
  const number = text(record, "application_number").toUpperCase();
  if (!number) return "an application without a number";
  const approvals = objects(record, "submissions");
  const published = approvals
    .filter((submission) => text(submission, "submission_status") === "AP")
    .map((submission) => isoDate(text(submission, "submission_status_date")))
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1);
  const sponsor = text(record, "sponsor_name");
  return {
    id: `NDA:${number}`,
    title: titleOf(record, number),
    sections: [
      ...section("Products", objects(record, "products").map(productLine)),
      ...section("Submissions", approvals.map(submissionLine)),
    ],
    ...(published ? { published } : {}),
    ...(sponsor ? { publisher: sponsor } : {}),
    publicationTypes: ["Drug Approval"],
    identifiers: { ...codesOf(record), application: number },
  };
}

function titleOf(record: unknown, number: string): string {
  const brands = new Set(
    objects(record, "products")
      .map((product) => text(product, "brand_name"))
      .filter(Boolean),
  );
  const generic = text(record, "openfda", "generic_name").toLowerCase();
  return `${[...brands].join(", ") || number}${generic ? ` (${generic})` : ""}: FDA application ${number}`;
}

function productLine(product: unknown): string {
  const ingredients = objects(product, "active_ingredients").map((one) =>
    [text(one, "name"), text(one, "strength")].filter(Boolean).join(" "),
  );
  const form = [text(product, "dosage_form"), text(product, "route")].filter(Boolean).join(", ").toLowerCase();
  return [text(product, "brand_name"), ingredients.join("; "), form, text(product, "marketing_status").toLowerCase()]
    .filter(Boolean)
    .join(". ");
}

const STATUS: Record<string, string> = { AP: "approved", TA: "tentatively approved" };

function submissionLine(submission: unknown): string {
  const status = text(submission, "submission_status");
  const date = isoDate(text(submission, "submission_status_date"));
  const head = [text(submission, "submission_type"), text(submission, "submission_number")].filter(Boolean).join(" ");
  const details = [
    [STATUS[status] ?? status, date].filter(Boolean).join(" "),
    text(submission, "submission_class_code_description"),
    text(submission, "review_priority") ? `${text(submission, "review_priority").toLowerCase()} review` : "",
    objects(submission, "submission_property_type")
      .map((one) => text(one, "code"))
      .filter(Boolean)
      .join(", "),
  ];
  const documents = objects(submission, "application_docs").map((one) =>
    [text(one, "type"), isoDate(text(one, "date")), text(one, "url")].filter(Boolean).join(" "),
  );
  return [`${head}: ${details.filter(Boolean).join("; ")}`, ...documents.map((line) => `  ${line}`)].join("\n");
}

function section(label: string, lines: readonly string[]): Section[] {
  const body = lines.filter(Boolean).join("\n");
  return body ? [{ label, text: body }] : [];
}

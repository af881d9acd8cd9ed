/** Recalls (`enforcement`): a document each, the newest first. */
import type { Document, Section } from "../../../../schemas/index.ts";
import { text } from "../../../knowledge/sources/json/loose.ts";
import { codesOf } from "../../../knowledge/sources/labels/label.ts";
import type { DateRange } from "../date-range.ts";
import type { Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda } from "./ask.ts";
import { dated, isoDay, type Found } from "./found.ts";
import { allOf, during, phrase } from "./lucene.ts";
import { isAbout, naming } from "./names.ts";

const ASKED = 10;

export async function recallsOf(drug: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  const search = allOf(naming(drug, ["product_description"]), ...during("report_date", range));
  const answer = await askOpenfda("enforcement", { search, limit: ASKED, sort: "report_date:desc" }, call());
  const documents = answer.results
    .filter((record) => isAbout(record, drug))
    .flatMap(recallDocument)
    .map((document) => dated(document, answer));
  return { documents, total: answer.total, stale: answer.stale, notes: [] };
}

/** @param number `D-0123-2024` @throws ToolError */
export async function recallOf(number: string, call: () => SourceCall): Promise<Document | undefined> {
  const answer = await askOpenfda("enforcement", { search: `recall_number:${phrase(number)}`, limit: 2 }, call());
  return answer.results
    .flatMap(recallDocument)
    .map((document) => dated(document, answer))
    .find(({ id }) => id === `RECALL:${number}`);
}

/** What the classes mean, in the FDA's words. */
const CLASSES: Record<string, string> = {
  "Class I": "reasonable probability of serious adverse health consequences or death",
  "Class II": "temporary or medically reversible adverse health consequences, or a remote probability of serious ones",
  "Class III": "not likely to cause adverse health consequences",
};

function recallDocument(record: unknown): Document[] {
  const number = text(record, "recall_number").toUpperCase();
  if (!number) return [];
  const level = text(record, "classification");
  const date = (field: string) => isoDay(text(record, field));
  const facts = [
    ["Product", text(record, "product_description")],
    ["Class", level && CLASSES[level] ? `${level} (${CLASSES[level]})` : level],
    ["Status", text(record, "status")],
    ["Begun", date("recall_initiation_date")],
    ["Ended", date("termination_date")],
    ["Quantity", text(record, "product_quantity")],
    ["Lots", text(record, "code_info")],
    ["Distribution", text(record, "distribution_pattern")],
    ["Kind", text(record, "voluntary_mandated")],
  ];
  const sections: Section[] = [
    { label: "Reason", text: text(record, "reason_for_recall") },
    {
      label: "Recall",
      text: facts
        .filter(([, value]) => value)
        .map(([label, value]) => `${label}: ${value}`)
        .join("\n"),
    },
  ];
  const published = date("report_date") ?? date("recall_initiation_date");
  const firm = text(record, "recalling_firm");
  const event = text(record, "event_id");
  const name = text(record, "openfda", "brand_name") || text(record, "product_description").split(/[,;]/)[0]!;
  return [
    {
      id: `RECALL:${number}`,
      title: `${name.slice(0, 120)}: ${level ? `${level} ` : ""}recall${firm ? ` by ${firm}` : ""}`,
      sections: sections.filter((section) => section.text),
      ...(published ? { published } : {}),
      publisher: "FDA enforcement reports",
      publicationTypes: ["Drug Recall"],
      identifiers: { ...codesOf(record), recall: number, ...(event ? { event } : {}) },
    },
  ];
}

/** Shortages: one document for a drug, with the state of every presentation and company. */
import type { Document } from "../../../../schemas/index.ts";
import { text, texts } from "../../../knowledge/sources/json/loose.ts";
import { isWithin, type DateRange } from "../date-range.ts";
import type { Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda, type OpenfdaAnswer } from "./ask.ts";
import { dated, isoDay, slug, type Found } from "./found.ts";
import { isAbout, naming } from "./names.ts";

const ASKED = 100;

export async function shortagesOf(drug: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  const search = naming(drug, ["generic_name", "proprietary_name"]);
  const answer = await askOpenfda("shortages", { search, limit: ASKED }, call());
  const records = answer.results.filter(
    (record) => isAbout(record, drug) && isWithin(isoDay(text(record, "update_date")), range),
  );
  const byDrug = Map.groupBy(records, (record) => (text(record, "generic_name") || drug.names[0]!).toLowerCase());
  const documents = Array.from(byDrug, ([name, rows]) => shortageDocument(name, rows, answer));
  const notes =
    answer.total > ASKED
      ? [`of ${answer.total} shortage records on ${drug.names[0]} the first ${ASKED} were read`]
      : [];
  return { documents, total: documents.length, stale: answer.stale, notes };
}

function shortageDocument(name: string, records: readonly unknown[], answer: OpenfdaAnswer): Document {
  const states = Array.from(
    Map.groupBy(records, (record) => text(record, "status") || "not said"),
    ([status, rows]) => `${status}: ${rows.length} of ${records.length} presentations`,
  );
  const updated = records.map((record) => isoDay(text(record, "update_date")) ?? "").toSorted();
  const published = updated.at(-1);
  const ndc = [...new Set(records.map((record) => text(record, "package_ndc")).filter(Boolean))];
  const groups = [...new Set(records.flatMap((record) => texts(record, "therapeutic_category")))];
  return dated(
    {
      id: `SHORTAGE:${slug(name)}`,
      title: `${name}: drug shortage records of the FDA`,
      sections: [
        {
          label: "State",
          text: [...states, ...(groups.length > 0 ? [`Therapeutic category: ${groups.join(", ")}`] : [])].join("\n"),
        },
        { label: "Presentations", text: records.map(presentationLine).join("\n") },
      ],
      ...(published ? { published } : {}),
      publisher: "FDA drug shortages",
      publicationTypes: ["Drug Shortage Report"],
      ...(ndc.length > 0 ? { identifiers: { ndc: ndc.join(", ") } } : {}),
    },
    answer,
  );
}

function presentationLine(record: unknown): string {
  const day = (field: string) => isoDay(text(record, field)) ?? text(record, field);
  const dates = [
    ["first posted", day("initial_posting_date")],
    ["updated", day("update_date")],
    ["discontinued", day("discontinued_date")],
  ]
    .filter(([, date]) => date)
    .map(([label, date]) => `${label} ${date}`);
  return [
    `${text(record, "presentation") || text(record, "dosage_form") || text(record, "package_ndc")} (${text(record, "company_name") || "company not said"})`,
    [text(record, "status"), text(record, "availability")].filter(Boolean).join(", "),
    text(record, "shortage_reason") ? `reason: ${text(record, "shortage_reason")}` : "",
    text(record, "related_info"),
    dates.join(", "),
  ]
    .filter(Boolean)
    .join(". ");
}

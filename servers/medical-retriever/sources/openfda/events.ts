/** Adverse events as counts of what was reported, never as single reports: a report proves no cause. */
import type { Document } from "../../../../schemas/index.ts";
import { text } from "../../../knowledge/sources/json/loose.ts";
import type { DateRange } from "../date-range.ts";
import type { Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda } from "./ask.ts";
import { dated, isoDay, NOTHING, slug, type Found } from "./found.ts";
import { allOf, anyOf, during } from "./lucene.ts";
import { askedNames } from "./names.ts";

const REACTIONS = 40;

const FIELDS = [
  "patient.drug.openfda.generic_name",
  "patient.drug.openfda.brand_name",
  "patient.drug.openfda.substance_name",
  "patient.drug.medicinalproduct",
];

const WHOLE_NAMES = FIELDS.slice(0, 3).map((field) => `${field}.exact`);

const CAVEAT =
  "Counts of reports in which the drug was named, whether suspected or taken besides. A report is no proof that a drug caused a reaction: " +
  "reports are voluntary, unverified and may be repeated, the same reaction may come from the illness or another drug, and nobody knows how many people took " +
  "the drug, so that the counts are no rates and drugs cannot be compared by them. A reaction that is missing here is not thereby excluded.";

/** One document for a drug. */
export async function reportsOn(drug: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  // A word that may be anything must be the whole name: there, names stand in capitals.
  const named = drug.known ? anyOf(FIELDS, askedNames(drug)) : anyOf(WHOLE_NAMES, [drug.asked.toUpperCase()]);
  const search = allOf(named, ...during("receivedate", range));
  const [reactions, seriousness] = await Promise.all([
    askOpenfda("event", { search, limit: REACTIONS, count: "patient.reaction.reactionmeddrapt.exact" }, call()),
    askOpenfda("event", { search, limit: 10, count: "serious" }, call()),
  ]);
  // A single report in place of counts is no evidence of anything.
  const terms = reactions.results.filter((one) => text(one, "term") && Number(text(one, "count")) > 0);
  if (terms.length === 0) return NOTHING;
  const name = drug.names[0]!;
  const serious = counted(seriousness.results, "1");
  const total = serious + counted(seriousness.results, "2");
  const period = [range.from && `from ${range.from}`, range.to && `to ${range.to}`].filter(Boolean).join(" ");
  const lines = terms.map((one) => `${lower(text(one, "term"))}: ${text(one, "count")}`);
  const published = isoDay(reactions.updated ?? "");
  const document: Document = {
    id: `FAERS:${slug(name)}`,
    title: `${name}: adverse events reported to the FDA (FAERS), as counts of reports`,
    sections: [
      { label: "What these counts are", text: CAVEAT },
      ...(total > 0
        ? [
            {
              label: "Reports",
              text: `${total} reports${period ? ` ${period}` : ""} name ${name}; ${serious} of them are classed as serious.`,
            },
          ]
        : []),
      { label: "Reactions reported most often", text: lines.join("\n") },
    ],
    ...(published ? { published } : {}),
    publisher: "FDA Adverse Event Reporting System (FAERS)",
    publicationTypes: ["Adverse Event Reports"],
  };
  return {
    documents: [dated(document, reactions)],
    total: 1,
    stale: reactions.stale || seriousness.stale,
    notes: [`reports of adverse events on ${name} are counts: they prove no cause and are no rates`],
  };
}

function counted(results: readonly unknown[], term: string): number {
  return Number(results.map((one) => (text(one, "term") === term ? text(one, "count") : "")).find(Boolean) ?? 0);
}

/** MedDRA's terms come in capitals. */
function lower(term: string): string {
  return term.toUpperCase() === term ? term.toLowerCase() : term;
}

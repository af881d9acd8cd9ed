/** Fictional records in the shapes of openFDA. */
import type { Asked, LiveService, Reply } from "./live-service.ts";

/** An answer with records, as `label.json` and its neighbours give it. */
export function results(records: readonly unknown[], total = records.length) {
  return {
    meta: { last_updated: "2026-08-11", results: { skip: 0, limit: records.length, total } },
    results: records,
  };
}

/** An answer to `count`: it has no total. */
export function counts(terms: Record<string, number>) {
  const rows = Object.entries(terms).map(([term, count]) => ({ term, count }));
  return { meta: { last_updated: "2026-07-01" }, results: rows };
}

/** The answer to a question that nothing matches. */
export const NONE: Reply = { status: 404, body: { error: { code: "NOT_FOUND", message: "No matches found!" } } };

export type Replies = Record<string, (asked: Asked) => Reply>;

/** Answers by dataset (`label`, `event` …); what is not listed has no matches. */
export function byDataset(replies: Replies): LiveService["answer"] {
  return (asked) => replies[asked.path.slice("/drug/".length, -".json".length)]?.(asked) ?? NONE;
}

interface LabelParts {
  setid: string;
  brand?: string;
  generic?: string;
  application?: string;
  maker?: string;
  day?: string;
}

export function label(
  {
    setid,
    brand = "ZELPA",
    generic = "ZELPAMAB",
    application = "BLA761234",
    maker = "Fiction Inc.",
    day = "20250301",
  }: LabelParts,
  sections: Record<string, string> = { indications_and_usage: "Zelpa is indicated for vornitis." },
) {
  return {
    id: `version-of-${setid}`,
    set_id: setid,
    effective_time: day,
    ...Object.fromEntries(Object.entries(sections).map(([name, text]) => [name, [text]])),
    openfda: {
      brand_name: [brand],
      generic_name: [generic],
      substance_name: [generic],
      manufacturer_name: [maker],
      product_type: ["HUMAN PRESCRIPTION DRUG"],
      route: ["ORAL"],
      application_number: [application],
      product_ndc: ["99999-101"],
      rxcui: ["9900001"],
      unii: ["FICTION001"],
      spl_set_id: [setid],
    },
  };
}

export function recall(number: string, product: string, more: Record<string, unknown> = {}) {
  return {
    recall_number: number,
    event_id: "90001",
    classification: "Class II",
    status: "Ongoing",
    product_description: product,
    reason_for_recall: "Lack of assurance of sterility.",
    recalling_firm: "Fiction Inc.",
    recall_initiation_date: "20240110",
    report_date: "20240131",
    code_info: "Lot F-17",
    distribution_pattern: "Nationwide",
    openfda: {},
    ...more,
  };
}

export function shortage(presentation: string, status: string, more: Record<string, unknown> = {}) {
  return {
    generic_name: "Zelpamab Injection",
    proprietary_name: "Zelpa",
    company_name: "Fiction Inc.",
    presentation,
    package_ndc: "99999-101-01",
    status,
    availability: "Limited",
    shortage_reason: "Demand increase for the drug",
    therapeutic_category: ["Rheumatology"],
    initial_posting_date: "03/05/2024",
    update_date: "07/01/2026",
    ...more,
  };
}

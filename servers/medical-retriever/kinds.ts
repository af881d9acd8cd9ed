/** Kinds of evidence, and which of them a document is: by its publication types, by its identifier, by what it holds. */
import type { Document } from "../../schemas/index.ts";

/** How much each kind counts, from what was weighed by many to what anybody may say. */
export const KINDS = {
  guideline: 1,
  systematic_review: 0.95,
  regulator_label: 0.9,
  randomized_trial: 0.85,
  curated_database: 0.8,
  /** Published, or registered with its results. */
  clinical_trial: 0.7,
  cohort: 0.65,
  review: 0.6,
  /** Recalls and shortages: facts of the regulator on products, no evidence on what a drug does. */
  regulator_notice: 0.5,
  /** Registered or described, without results. */
  planned_trial: 0.5,
  article: 0.5,
  preprint: 0.4,
  case_report: 0.4,
  /** Counts of what was reported: no report proves a cause. */
  adverse_event_reports: 0.3,
  comment: 0.3,
  company_statement: 0.3,
  /** Retractions, errata, concerns: they speak of another document. */
  notice: 0.2,
  web: 0.2,
} as const;
export type Kind = keyof typeof KINDS;

/** These say something about others' work, whatever else the record is filed under: a letter on a guideline is no guideline. */
const NOTICE =
  /^(?:retraction(?: of publication| notice)?|(?:published )?erratum|corrigendum|correction(?: notice)?|expression of concern|withdrawal(?: notice)?|removal notice|addendum)$/;
const OPINION =
  /^(?:editorial|news|newspaper article|interview|biography|autobiography|obituary|book review|product review|lecture|personal narrative|in brief)$/;
/** Letters and comments may report a trial or a case of their own, but none is a guideline or a review of all trials. */
const LETTER = /^(?:letter|comment|commentary|reply)$/;

/** Most trusted first: a document of several kinds counts as the first of them. */
const BY_TYPE: readonly (readonly [RegExp, Kind])[] = [
  [/^preprint$/, "preprint"],
  [/^(?:practice )?guideline$|^(?:nih )?consensus (?:development conference|statement)/, "guideline"],
  [/protocol$/, "planned_trial"],
  [/systematic review|meta analysis|\bhta\b|health technology assessment/, "systematic_review"],
  [/drug recall|enforcement report|drug shortage/, "regulator_notice"],
  [/adverse event report/, "adverse_event_reports"],
  [/drug label|structured product label|regulat|approval/, "regulator_label"],
  [/randomi[sz]ed (?:controlled|clinical) trial|equivalence trial/, "randomized_trial"],
  [/curated database|knowledge ?base/, "curated_database"],
  [/clinical trial registration/, "planned_trial"],
  [/clinical trial|clinical study|trial registration/, "clinical_trial"],
  [
    /cohort|observational|case control|comparative study|multicenter study|twin study|validation study|registry/,
    "cohort",
  ],
  [/company|press release|sponsor/, "company_statement"],
  [/case report|case series/, "case_report"],
  [/\breview\b/, "review"],
  [/web ?page|blog/, "web"],
];

/** Where no type says what a document is, its identifier may. */
const BY_PREFIX: Record<string, Kind> = {
  SPL: "regulator_label",
  NDA: "regulator_label",
  NCT: "planned_trial",
  RECALL: "regulator_notice",
  SHORTAGE: "regulator_notice",
  FAERS: "adverse_event_reports",
  HPOA: "curated_database",
  RXCUI: "curated_database",
  PPR: "preprint",
  URL: "web",
};

/** Sections that only a registered trial with results has. */
const RESULTS = /^(?:participant flow|baseline|results?\b)/i;

export function kindOf(
  document: Pick<Document, "id" | "publicationTypes"> & Partial<Pick<Document, "sections">>,
): Kind {
  const kind = byTypes(document.publicationTypes ?? []) ?? BY_PREFIX[document.id.slice(0, document.id.indexOf(":"))];
  const isRegistered = kind === "planned_trial" && document.id.startsWith("NCT:");
  if (isRegistered && document.sections?.some(({ label }) => RESULTS.test(label))) return "clinical_trial";
  return kind ?? "article";
}

function byTypes(publicationTypes: readonly string[]): Kind | undefined {
  const types = publicationTypes.map((type) => type.trim().toLowerCase().replaceAll("-", " "));
  const has = (pattern: RegExp) => types.some((type) => pattern.test(type));
  if (has(NOTICE)) return "notice";
  if (has(OPINION)) return "comment";
  const isLetter = has(LETTER);
  const byType = BY_TYPE.find(
    ([pattern, kind]) =>
      has(pattern) && !(isLetter && (kind === "guideline" || kind === "systematic_review" || kind === "review")),
  );
  return byType?.[1] ?? (isLetter ? "comment" : undefined);
}

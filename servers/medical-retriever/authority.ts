/**
 * Auth(d): how much a kind of publication may be trusted, whether the publication still stands, and how old it is.
 *
 *     Auth = integrity × (0.8 · kind + 0.2 · recency),  recency = 0.5 ^ (age / 15 years)
 *
 * The order of kinds follows the usual pyramids of evidence (Oxford CEBM levels); the numbers are ours and are shown
 * with every document. Retracted work has no authority at all. Unknown dates count as one half-life old.
 */
import type { Authority, Document } from "../../schemas/index.ts";

const KIND_SHARE = 0.8;
const HALF_LIFE_YEARS = 15;

export const KINDS = {
  guideline: 1,
  systematic_review: 0.95,
  regulator_label: 0.9,
  randomized_trial: 0.85,
  curated_database: 0.8,
  clinical_trial: 0.7,
  cohort: 0.65,
  review: 0.6,
  article: 0.5,
  preprint: 0.4,
  case_report: 0.4,
  comment: 0.3,
  company_statement: 0.3,
  web: 0.2,
} as const;
export type Kind = keyof typeof KINDS;

const INTEGRITY: Record<string, number> = { ok: 1, corrected: 1, concern: 0.4, retracted: 0 };

/** Publication types in PubMed's words and the starter's, most trusted first: a document of several kinds counts as the first of them. */
const BY_TYPE: readonly (readonly [RegExp, Kind])[] = [
  [/^preprint$/i, "preprint"],
  [/\bguideline\b|consensus/i, "guideline"],
  [/systematic review|meta-analysis/i, "systematic_review"],
  [/drug label|structured product label|regulat|approval/i, "regulator_label"],
  [/randomi[sz]ed controlled trial/i, "randomized_trial"],
  [/curated database|knowledge ?base/i, "curated_database"],
  [/clinical trial|trial registration|clinical study/i, "clinical_trial"],
  [/cohort|observational|case-control|comparative study|multicenter study|twin study/i, "cohort"],
  [/company|press release|sponsor/i, "company_statement"],
  [/case report/i, "case_report"],
  [/\breview\b/i, "review"],
  [/letter|editorial|comment|news|interview|biography/i, "comment"],
  [/web ?page|blog/i, "web"],
];

/** Where no type says what a document is, its identifier may. */
const BY_PREFIX: Record<string, Kind> = {
  SPL: "regulator_label",
  NDA: "regulator_label",
  NCT: "clinical_trial",
  HPOA: "curated_database",
  URL: "web",
};

export function kindOf({ id, publicationTypes = [] }: Pick<Document, "id" | "publicationTypes">): Kind {
  const byType = BY_TYPE.find(([pattern]) => publicationTypes.some((type) => pattern.test(type)));
  return byType?.[1] ?? BY_PREFIX[id.slice(0, id.indexOf(":"))] ?? "article";
}

export interface AuthorityFacts {
  kind: string;
  integrity?: string;
  /** ISO 8601, possibly only a year. */
  published?: string;
}

/** @param now the date that ages are counted from: the newest document's, or today; given, so that ranking is repeatable */
export function authorityOf({ kind, integrity = "ok", published }: AuthorityFacts, now: string | undefined): Authority {
  const weight = KINDS[kind as Kind] ?? KINDS.article;
  const recency = 0.5 ** (ageInYears(published, now) / HALF_LIFE_YEARS);
  const standing = INTEGRITY[integrity] ?? 1;
  const score = standing * (KIND_SHARE * weight + (1 - KIND_SHARE) * recency);
  return { score: round(score), parts: { [kind]: weight, recency: round(recency), integrity: standing } };
}

function ageInYears(published: string | undefined, now: string | undefined): number {
  const from = published ? Date.parse(published) : Number.NaN;
  const to = now ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(from)) return HALF_LIFE_YEARS;
  return Number.isNaN(to) ? 0 : Math.max(0, (to - from) / 31_557_600_000);
}

/** Four places are what the numbers are worth, and keep results readable. */
export function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

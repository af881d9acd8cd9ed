/**
 * Auth(d): what kind of evidence a publication is, how much it is cited, whether it still stands, and how old it is.
 *
 *     Auth     = integrity × (0.8 · evidence + 0.2 · recency)
 *     evidence = kind + 0.1 · (2 · impact − 1), within [0, 1];  kind alone where the impact is not known
 *     recency  = 0.5 ^ (age / 15 years);  an unknown age counts as 15 years
 *     impact   = NIH percentile / 100, else RCR / (1 + RCR), else c / (c + 3) for c citations a year
 *
 * The order of kinds follows the usual pyramids of evidence (Oxford CEBM levels); the numbers are ours and are shown
 * with every document. Impact is that of the article (iCite, Europe PMC), never of its journal: it moves a document by
 * a tenth at most, so that fame does not turn a case report into a trial, and a document of unknown impact stands in
 * the middle. A paper younger than two years has not had its citations yet: few of them say nothing against it.
 * Retracted work has no authority at all. Every part grows with what it measures, and Auth lies in [0, 1].
 */
import type { Authority, Impact } from "../../schemas/index.ts";
import { KINDS, type Kind } from "./kinds.ts";

const KIND_SHARE = 0.8;
const HALF_LIFE_YEARS = 15;
const IMPACT_REACH = 0.1;
const USUAL_CITATIONS_A_YEAR = 3;
const TOO_YOUNG_YEARS = 2;

const INTEGRITY: Record<string, number> = { ok: 1, corrected: 1, concern: 0.4, retracted: 0 };

export interface AuthorityFacts {
  kind: string;
  integrity?: string | undefined;
  /** ISO 8601, possibly only a year. */
  published?: string | undefined;
  impact?: Impact | undefined;
}

/** @param now the date that ages are counted from: the newest document's, or today; given, so that ranking is repeatable */
export function authorityOf(facts: AuthorityFacts, now: string | undefined): Authority {
  const { kind, integrity = "ok", published } = facts;
  const weight = KINDS[kind as Kind] ?? KINDS.article;
  const age = ageInYears(published, now);
  const impact = impactOf(facts, age);
  const recency = 0.5 ** ((age ?? HALF_LIFE_YEARS) / HALF_LIFE_YEARS);
  const standing = INTEGRITY[integrity] ?? 1;
  const evidence = Math.min(1, Math.max(0, weight + IMPACT_REACH * (2 * (impact ?? 0.5) - 1)));
  const score = standing * (KIND_SHARE * evidence + (1 - KIND_SHARE) * recency);
  const parts = { [kind]: weight, ...(impact === undefined ? {} : { impact: round(impact) }) };
  return { score: round(score), parts: { ...parts, recency: round(recency), integrity: standing } };
}

/** In [0, 1]; undefined where no source says how much the article is cited. */
function impactOf({ impact = {} }: AuthorityFacts, age: number | undefined): number | undefined {
  const measured = measuredImpact(impact, age);
  if (measured === undefined) return undefined;
  return age !== undefined && age < TOO_YOUNG_YEARS ? Math.max(0.5, measured) : measured;
}

function measuredImpact({ percentile, rcr, citations }: Impact, age: number | undefined): number | undefined {
  if (percentile !== undefined) return percentile / 100;
  if (rcr !== undefined) return rcr / (1 + rcr);
  // Citations of unknown years cannot be compared.
  if (citations === undefined || age === undefined) return undefined;
  const yearly = citations / Math.max(1, age);
  return yearly / (yearly + USUAL_CITATIONS_A_YEAR);
}

/** Undefined where the date is. */
function ageInYears(published: string | undefined, now: string | undefined): number | undefined {
  const from = published ? Date.parse(published) : Number.NaN;
  const to = now ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(from)) return undefined;
  return Number.isNaN(to) ? 0 : Math.max(0, (to - from) / 31_557_600_000);
}

/** Four places are what the numbers are worth, and keep results readable. */
export function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/**
 * Score(d,q) = λ·Rel(d,q) + (1−λ)·Auth(d) (the paper's formula, λ = 0.4), with a guard: authority orders documents that
 * answer the question, it does not lift those that do not. Documents far below the best in relevance lose their
 * authority in proportion, documents that share too little with the query are dropped.
 */
import type { Authority } from "../../../schemas/index.ts";
import { authorityOf, round, type AuthorityFacts } from "../authority.ts";
import type { TermedDocument, TermQuery } from "./ranking.ts";

export const LAMBDA = 0.4;
/** Full authority from this share of the best relevance on. */
const FULL_AUTHORITY = 0.6;
/** Below this share of the best relevance a document is not shown. */
const FLOOR = 0.2;

export interface Rankable extends AuthorityFacts {
  id: string;
  terms: TermedDocument;
}

export interface Ranked {
  id: string;
  score: number;
  relevance: number;
  authority: Authority;
}

export interface RankOptions {
  lambda?: number;
  /** Ages are counted from here. */
  now?: string;
  /** Share of the query that a document must have; default by the query's length. */
  leastCoverage?: number;
}

/** Best first; retracted documents last, with score 0; equal scores by id, so that the order is always the same. */
export function rank(documents: readonly Rankable[], query: TermQuery, options: RankOptions = {}): Ranked[] {
  const { lambda = LAMBDA, now, leastCoverage = query.leastCoverage } = options;
  const judged = documents.map((document) => ({ document, ...query.relevanceOf(document.terms) }));
  const fitting = judged.filter(({ coverage }) => coverage >= leastCoverage);
  const best = Math.max(...fitting.map(({ relevance }) => relevance));
  return fitting
    .filter(({ relevance }) => relevance > 0 && relevance >= FLOOR * best)
    .map(({ document, relevance }) => {
      const authority = authorityOf(document, now);
      const trusted = Math.min(1, relevance / (FULL_AUTHORITY * best));
      const score =
        document.integrity === "retracted" ? 0 : lambda * relevance + (1 - lambda) * authority.score * trusted;
      return { id: document.id, score, relevance, authority };
    })
    .toSorted((a, b) => b.score - a.score || b.relevance - a.relevance || (a.id < b.id ? -1 : 1))
    .map((hit) => ({ ...hit, score: round(hit.score), relevance: round(hit.relevance) }));
}

/**
 * Score(d,q) = λ·Rel(d,q) + (1−λ)·Auth(d) (the paper's formula, λ = 0.4), with a guard: authority orders documents that
 * answer the question, it does not lift those that do not. Documents far below the best in relevance lose their
 * authority in proportion, and so do those that hold less of what the query names than others do: guidelines on heart failure
 * that never mention imatinib do not answer "imatinib heart failure". Documents that share too little with the query are
 * dropped, unless they hold a thing that it names.
 */
import type { Authority } from "../../../schemas/index.ts";
import { authorityOf, round, type AuthorityFacts } from "../authority.ts";
import { fuse } from "../relevance/fusion.ts";
import type { TermedDocument, TermQuery } from "./ranking.ts";

export const LAMBDA = 0.4;
/** Full authority from this share of the best relevance on. */
const FULL_AUTHORITY = 0.8;
/** Below this share of the best relevance a document is not shown. */
const FLOOR = 0.2;
/** A document as near as this in meaning is about the question whatever its words; questions about other things stay below .25. */
const SAME_MEANING = 0.3;

export interface Rankable extends AuthorityFacts {
  id: string;
  terms: TermedDocument;
  /** How near it is to the question in meaning, in [0,1]; absent where that is not known. */
  similarity?: number | undefined;
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
  /** Share of the query that a document must have, where it holds nothing that the query names; default by the query's length. */
  leastCoverage?: number;
  /** Whether the question names the document by its number: it is relevant whatever its words. */
  isNamed?: (id: string) => boolean;
}

/** Best first; retracted documents last, with score 0; equal scores by id, so that the order is always the same. */
export function rank(documents: readonly Rankable[], query: TermQuery, options: RankOptions = {}): Ranked[] {
  const { lambda = LAMBDA, now, leastCoverage = query.leastCoverage, isNamed = () => false } = options;
  const byWords = query.judge(documents.map(({ terms }) => terms));
  const relevances = fuse(byWords.map(({ relevance }, i) => ({ relevance, similarity: documents[i]!.similarity })));
  const judged = documents.map((document, i) => {
    const isIt = isNamed(document.id);
    return { document, relevance: isIt ? 1 : relevances[i]!, share: isIt ? 1 : byWords[i]!.namedShare };
  });
  const fitting = judged.filter(
    ({ document: { id, similarity = 0 } }, i) =>
      byWords[i]!.coverage >= leastCoverage || byWords[i]!.holdsNamed || similarity >= SAME_MEANING || isNamed(id),
  );
  const best = Math.max(...fitting.map(({ relevance }) => relevance));
  const mostNamed = Math.max(...fitting.map(({ share }) => share));
  const ranked = fitting
    .filter(({ relevance }) => relevance > 0 && relevance >= FLOOR * best)
    .map(({ document, relevance, share }) => {
      const authority = authorityOf(document, now);
      const trusted = Math.min(1, relevance / (FULL_AUTHORITY * best)) * (share / mostNamed);
      const score =
        document.integrity === "retracted" ? 0 : lambda * relevance + (1 - lambda) * authority.score * trusted;
      return { id: document.id, score, relevance, authority };
    });
  // What the question names by number comes first, however weighty others are.
  const least = Math.min(...ranked.filter(({ id, score }) => score > 0 && isNamed(id)).map(({ score }) => score));
  return ranked
    .map((hit) => (isNamed(hit.id) ? hit : { ...hit, score: Math.min(hit.score, least) }))
    .toSorted((a, b) => b.score - a.score || b.relevance - a.relevance || (a.id < b.id ? -1 : 1))
    .map((hit) => ({ ...hit, score: round(hit.score), relevance: round(hit.relevance) }));
}

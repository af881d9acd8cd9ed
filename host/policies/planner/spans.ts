/** Stretches of a question, and what was read in them. */
import type { Role } from "./predicates.ts";
import type { RelationPhrase } from "./relation-phrases.ts";
import type { Term, Variable } from "./query.ts";

export interface Span {
  start: number;
  end: number;
}

/** A term where it stands. A reference ("it", "that gene") has several candidates, likeliest first. */
export interface TermItem extends Span {
  kind: "term";
  candidates: Term[];
}

export interface PhraseItem extends Span {
  kind: "phrase";
  predicates: RelationPhrase["predicates"];
  left: Role;
  /** Set for a noun that brings its relation: this term takes part, in this role. */
  bound?: { term: Term; role: Role };
}

export type Item = TermItem | PhraseItem;

/** The variable that an item brings in, as against one that it refers back to. */
export function introduces(item: TermItem): Variable | undefined {
  const [first] = item.candidates;
  return first?.kind === "variable" && first.id === `v${item.start}` ? first : undefined;
}

export function clauseOf(position: number, clauses: number[]): number {
  return clauses.findLastIndex((start) => start <= position);
}

export function overlaps(span: Span, taken: readonly Span[]): boolean {
  return taken.some((t) => t.start < span.end && span.start < t.end);
}

/** Where the patterns stand, the longest match first wherever two overlap. */
export function longestMatches<E extends { pattern: string }>(
  question: string,
  entries: readonly E[],
  taken: Span[],
  admits: (span: Span) => boolean = () => true,
) {
  const found = entries.flatMap((entry) =>
    [...question.matchAll(new RegExp(`\\b(?:${entry.pattern})(?![\\w-])`, "gi"))].map((match) => ({
      entry,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const kept: typeof found = [];
  for (const match of found.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (overlaps(match, taken) || !admits(match)) continue;
    kept.push(match);
    taken.push({ start: match.start, end: match.end });
  }
  return kept.toSorted((a, b) => a.start - b.start);
}

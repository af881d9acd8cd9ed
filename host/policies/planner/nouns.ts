/** Kinds in a question ("gene", "side effects"): unknowns, or references to what was named or found before. */
import { KIND_NOUNS } from "./kind-nouns.ts";
import { categoriesOf, type Term, type Variable } from "./query.ts";
import { clauseOf, introduces, longestMatches, type Item, type Span, type TermItem } from "./spans.ts";

export interface NounSpan extends Span {
  noun: (typeof KIND_NOUNS)[number];
}

export function nounSpans(question: string, taken: Span[]): NounSpan[] {
  return longestMatches(question, KIND_NOUNS, taken).map(({ entry, start, end }) => ({ noun: entry, start, end }));
}

export function isKindNoun(text: string): boolean {
  return KIND_NOUNS.some(({ pattern }) => new RegExp(`^(?:${pattern})$`, "i").test(text));
}

/** "the gene FBN1", "FBN1 gene": the noun only says what the name is. */
export function isApposition(question: string, noun: NounSpan, items: Item[]): boolean {
  return items.some((item) => {
    const anchor = item.kind === "term" && item.candidates[0]?.kind === "anchor" ? item.candidates[0] : undefined;
    if (!anchor?.entities.some((e) => noun.noun.categories.includes(e.category as never))) return false;
    const between =
      item.start >= noun.end ? question.slice(noun.end, item.start) : question.slice(item.end, noun.start);
    // "with WT1 being the gene"
    if (item.end <= noun.start && /^\s+(?:being|is|as|was)\s+(?:the|an?)\s+$/i.test(between)) return true;
    return /^[\s"'“”‘’(]+$/.test(between) && !(item.start >= noun.end && noun.noun.relation);
  });
}

export function addNoun(
  question: string,
  span: NounSpan,
  asks: Span[],
  clauses: number[],
  items: Item[],
  terms: Map<string, Term>,
): void {
  const { noun, start, end } = span;
  const before = question.slice(0, start);
  const asked = isAsked(question, start, asks, items);
  const determiner = /\b(that|this|these|those|the same|said|the)\s+$/i.exec(before)?.[1]?.toLowerCase();
  const clause = clauseOf(start, clauses);
  const earlier = items
    .filter((i) => i.kind === "term" && i.end <= start)
    .flatMap((i) => (i as TermItem).candidates)
    .filter(
      (t) =>
        categoriesOf(t).some((c) => noun.categories.includes(c)) &&
        !(t.kind === "variable" && t.categories.length === 0),
    )
    .filter((t) => determiner !== "the" || firstClause(t, items, clauses) < clause);
  if (determiner && !asked && (!noun.relation || determiner !== "the") && earlier.length > 0) {
    items.push({ kind: "term", candidates: earlier.toReversed(), start, end });
    return;
  }
  const named = noun.relation && isPredicateOf(question, start, items);
  if (noun.relation && named) {
    const { predicates, role } = noun.relation;
    items.push({ kind: "phrase", predicates, left: role, bound: { term: named, role }, start, end });
    return;
  }
  const variable: Variable = {
    kind: "variable",
    id: `v${start}`,
    label: question.slice(start, end).toLowerCase(),
    categories: noun.categories,
    asked,
    other: /\b(?:other|another|else|further|additional)\s+(?:\w+\s+){0,2}$/i.test(before),
  };
  terms.set(variable.id, variable);
  items.push({ kind: "term", candidates: [variable], start, end });
  if (noun.relation) {
    const { predicates, role } = noun.relation;
    items.push({ kind: "phrase", predicates, left: role, bound: { term: variable, role }, start, end });
  }
}

/** "which drug was the comparator": the noun says something of the kind before it and brings no unknown of its own. */
function isPredicateOf(question: string, start: number, items: Item[]): Variable | undefined {
  const before = items.filter((i): i is TermItem => i.kind === "term" && i.end <= start);
  const last = before.toSorted((a, b) => b.end - a.end)[0];
  const copula = last && /^\s+(?:is|was|are|were)\s+(?:(?:the|a|an)\s+)?$/i.test(question.slice(last.end, start));
  return copula ? introduces(last) : undefined;
}

function firstClause(term: Term, items: Item[], clauses: number[]): number {
  const item = items.find((i) => i.kind === "term" && i.candidates[0] === term);
  return item ? clauseOf(item.start, clauses) : 0;
}

/** A noun is asked for when a question word stands before it with no relation phrase and no other kind between. */
function isAsked(question: string, start: number, asks: Span[], items: Item[]): boolean {
  const ask = asks.findLast((a) => a.end <= start);
  if (!ask || /^(?:how|when)/i.test(question.slice(ask.start, ask.end))) return false;
  // "what does the guideline say": what is asked for is not the guideline.
  if (/\b(?:do|does|did)\b/i.test(question.slice(ask.end, start))) return false;
  const between = items.filter((i) => i.start >= ask.end && i.end <= start);
  const joined = /\band\s+(?:the |its |their |any )?$/i.test(question.slice(0, start));
  if (joined && between.some((i) => i.kind === "term" && introduces(i)?.asked)) return true;
  return !between.some(
    (i) => (i.kind === "phrase" && !i.bound) || (i.kind === "term" && i.candidates[0]?.kind === "variable"),
  );
}

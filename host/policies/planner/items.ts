/** The parts of a question in the order of its words: names, kinds, relation phrases and references back. */
import type { EntityMatch } from "../../../schemas/index.ts";
import { RELATION_PHRASES } from "./relation-phrases.ts";
import { attachConditions, conditionSpans, type Condition } from "./conditions.ts";
import { addNoun, isApposition, isKindNoun, nounSpans } from "./nouns.ts";
import type { Anchor, Term, Unread, Variable } from "./query.ts";
import { addHow, addUntyped, askPositions } from "./question-words.ts";
import { clauseOf, longestMatches, overlaps, type Item, type PhraseItem, type Span, type TermItem } from "./spans.ts";
import { unreadRuns } from "./unread.ts";

export interface Reading {
  items: Item[];
  terms: Map<string, Term>;
  /** Where each new question within the question begins; the first is 0. */
  clauses: number[];
  conditions: Condition[];
  unread: Unread[];
}

const REFERENCE = /\b(?:its?|they|them|their|each(?! of the\b)(?: of them| of these)?)\b/gi;

/** Names of a question: every entity that a span of it may mean. */
function mentionsOf(entities: readonly EntityMatch[]): Map<string, Anchor & Span> {
  const anchors = new Map<string, Anchor & Span>();
  for (const entity of entities) {
    // An ontology also holds its own headings: "mode of inheritance" asks for one, it does not name one.
    if (!entity.mention || isKindNoun(entity.mention.text)) continue;
    const { start, end, text } = entity.mention;
    const key = `${start}-${end}`;
    const anchor = anchors.get(key) ?? { kind: "anchor", id: `e${key}`, text, entities: [], start, end };
    anchor.entities.push(entity);
    anchors.set(key, anchor);
  }
  return anchors;
}

export function readItems(question: string, entities: readonly EntityMatch[]): Reading {
  const taken: Span[] = [];
  const items: Item[] = [];
  const terms = new Map<string, Term>();
  const asks = askPositions(question);
  const clauses = [0, ...asks.slice(1).map((a) => a.start)];

  for (const { start, end, ...anchor } of mentionsOf(entities).values()) {
    terms.set(anchor.id, anchor);
    items.push({ kind: "term", candidates: [anchor], start, end });
    taken.push({ start, end });
  }
  const conditions = conditionSpans(question, taken);
  for (const span of phraseSpans(question, taken)) items.push(span);
  const nouns = nounSpans(question, taken).filter((n) => !isApposition(question, n, items));
  addHow(question, asks, items, terms, taken);
  for (const noun of nouns) addNoun(question, noun, asks, clauses, items, terms);
  addUntyped(question, asks, items, terms);
  addReferences(question, clauses, items, taken);
  items.sort((a, b) => a.start - b.start || (a.kind === "term" ? -1 : 1));
  if (![...terms.values()].some((t) => t.kind === "variable" && t.asked)) {
    const first = items.find((i) => i.kind === "term" && i.candidates[0]?.kind === "variable");
    if (first?.kind === "term") (first.candidates[0] as Variable).asked = true;
  }
  const places = new Map(
    items.flatMap((i) => (i.kind === "term" ? [[i.candidates[0]!.id, i.start] as const] : [])).toReversed(),
  );
  const inOrder = new Map([...terms].toSorted(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0)));
  return {
    items,
    terms: inOrder,
    clauses,
    conditions: attachConditions(conditions, items),
    unread: unreadRuns(
      question,
      taken,
      items.filter((i) => i.kind === "term"),
    ),
  };
}

function phraseSpans(question: string, taken: Span[]): PhraseItem[] {
  // "the target", "a study": after an article the word is a noun, whatever verb it may be.
  const isVerb = ({ start, end }: Span) =>
    !(
      /\b(?:the|an?|its|their|which|what|drug|molecular|clinical)\s+$/i.test(question.slice(0, start)) &&
      isKindNoun(question.slice(start, end))
    );
  return longestMatches(question, RELATION_PHRASES, taken, isVerb).map(({ entry, start, end }) => ({
    kind: "phrase",
    predicates: entry.predicates,
    left: entry.left,
    start,
    end,
  }));
}

function addReferences(question: string, clauses: number[], items: Item[], taken: Span[]): void {
  for (const match of question.matchAll(REFERENCE)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (overlaps(span, taken)) continue;
    const clause = clauseOf(span.start, clauses);
    const known = items
      .filter((i): i is TermItem => i.kind === "term" && i.end <= span.start)
      .toSorted((a, b) => a.start - b.start);
    const earlier = known.filter((i) => clauseOf(i.start, clauses) < clause);
    // "it" is rather the thing spoken of than the unknown "what" of the question before.
    const single = /^its?$/i.test(match[0]);
    const asked = earlier
      .flatMap((i) => i.candidates)
      .filter((t) => t.kind === "variable" && t.asked && !(single && t.categories.length === 0));
    const rest = known.flatMap((i) => i.candidates).filter((t) => !asked.includes(t));
    const candidates = [...new Set([...asked.toReversed(), ...rest.toReversed()])];
    if (candidates.length > 0) items.push({ kind: "term", candidates, ...span });
  }
}

/** The parts of a question in the order of its words: names, kinds, relation phrases and references back. */
import type { EntityMatch } from "../../../schemas/index.ts";
import {
  KIND_NOUNS,
  MECHANISM,
  PLAIN_WORDS,
  RELATION_PHRASES,
  SOFT_WORDS,
  type RelationPhrase,
  type Role,
} from "./lexicon.ts";
import { categoriesOf, type Anchor, type Term, type Unread, type Variable } from "./query.ts";

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

export interface Reading {
  items: Item[];
  terms: Map<string, Term>;
  /** Where each new question within the question begins; the first is 0. */
  clauses: number[];
  unread: Unread[];
}

const ASKS = /\b(?:which|what|whose|who|how|when|name|list|identify|give|find)\b/gi;
const REFERENCE = /\b(?:its?|they|them|their|each(?! of the\b)(?: of them| of these)?)\b/gi;
const RELATIVE = /(?:^|[,;.?!]|\band|\bor|\bbut|\balso)\s*(?:by |in |for |to |of |with |from )?$/i;

/** Names of a question: every entity that a span of it may mean. */
function mentionsOf(entities: readonly EntityMatch[]): Map<string, Anchor & Span> {
  const anchors = new Map<string, Anchor & Span>();
  for (const entity of entities) {
    if (!entity.mention) continue;
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
    unread: unreadRuns(
      question,
      taken,
      items.filter((i) => i.kind === "term"),
    ),
  };
}

function askPositions(question: string): Span[] {
  return [...question.matchAll(ASKS)]
    .map((m) => ({ start: m.index, end: m.index + m[0].length }))
    .filter(({ start }) => start === 0 || isQuestionWord(question, start));
}

/** "patients who", "the drug which": a relative pronoun asks nothing. */
function isQuestionWord(question: string, start: number): boolean {
  return (
    RELATIVE.test(question.slice(0, start)) ||
    /\b(?:tell me|in|by|from|of|with|for|to)\s+$/i.test(question.slice(0, start))
  );
}

/** Where the patterns stand, the longest match first wherever two overlap. */
function longestMatches<E extends { pattern: string }>(question: string, entries: readonly E[], taken: Span[]) {
  const found = entries.flatMap((entry) =>
    [...question.matchAll(new RegExp(`\\b(?:${entry.pattern})(?![\\w-])`, "gi"))].map((match) => ({
      entry,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const kept: typeof found = [];
  for (const match of found.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (overlaps(match, taken)) continue;
    kept.push(match);
    taken.push({ start: match.start, end: match.end });
  }
  return kept.toSorted((a, b) => a.start - b.start);
}

function phraseSpans(question: string, taken: Span[]): PhraseItem[] {
  return longestMatches(question, RELATION_PHRASES, taken).map(({ entry, start, end }) => ({
    kind: "phrase",
    predicates: entry.predicates,
    left: entry.left,
    start,
    end,
  }));
}

interface NounSpan extends Span {
  noun: (typeof KIND_NOUNS)[number];
}

function nounSpans(question: string, taken: Span[]): NounSpan[] {
  return longestMatches(question, KIND_NOUNS, taken).map(({ entry, start, end }) => ({ noun: entry, start, end }));
}

/** "the gene FBN1", "FBN1 gene": the noun only says what the name is. */
function isApposition(question: string, noun: NounSpan, items: Item[]): boolean {
  return items.some((item) => {
    const anchor = item.kind === "term" && item.candidates[0]?.kind === "anchor" ? item.candidates[0] : undefined;
    if (!anchor?.entities.some((e) => noun.noun.categories.includes(e.category as never))) return false;
    const between =
      item.start >= noun.end ? question.slice(noun.end, item.start) : question.slice(item.end, noun.start);
    return /^[\s"'“”‘’(]+$/.test(between) && !(item.start >= noun.end && noun.noun.relation);
  });
}

function addNoun(
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

/** The variable that an item brings in, as against one that it refers back to. */
function introduces(item: TermItem): Variable | undefined {
  const [first] = item.candidates;
  return first?.kind === "variable" && first.id === `v${item.start}` ? first : undefined;
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

/** "how does it work", "how is it treated", "how is it inherited": the unknown has no noun. */
function addHow(question: string, asks: Span[], items: Item[], terms: Map<string, Term>, taken: Span[]): void {
  const readings = [
    {
      pattern: /^how\b[^,;?]*?\b(works?|acts?|functions?)\b/i,
      label: "mechanism",
      categories: ["Protein", "BiologicalProcess"],
      predicates: MECHANISM,
      role: "object",
    },
    {
      pattern: /^how\b[^,;?]*?\b(treated|managed)\b/i,
      label: "treatment",
      categories: ["Drug", "DrugClass"],
      predicates: ["treats"],
      role: "subject",
    },
    {
      pattern: /^how\b[^,;?]*?\b(inherited|transmitted|passed on)\b/i,
      label: "inheritance",
      categories: ["InheritanceMode"],
      predicates: ["has_mode_of_inheritance"],
      role: "object",
    },
    {
      pattern: /^(?:when|how (?:early|late))\b[^,;?]*?\b(begins?|starts?|appears?|manifests?)\b/i,
      label: "onset",
      categories: ["ClinicalModifier"],
      predicates: ["has_onset"],
      role: "object",
    },
  ] as const;
  for (const ask of asks) {
    for (const { pattern, label, categories, predicates, role } of readings) {
      const match = pattern.exec(question.slice(ask.start));
      if (!match) continue;
      const verb = { start: ask.start + match[0].length - match[1]!.length, end: ask.start + match[0].length };
      // The verb may have been read as a phrase already: here it only names what is asked.
      const known = items.findIndex((i) => i.kind === "phrase" && i.start < verb.end && verb.start < i.end);
      if (known >= 0) items.splice(known, 1);
      const variable: Variable = {
        kind: "variable",
        id: `v${ask.start}`,
        label,
        categories,
        asked: true,
        other: false,
      };
      terms.set(variable.id, variable);
      items.push({ kind: "term", candidates: [variable], ...ask });
      items.push({ kind: "phrase", predicates, left: role, bound: { term: variable, role }, ...verb });
      taken.push(verb, ask);
    }
  }
}

/** "What causes X?", "Who makes Y?": the question word is itself the unknown. */
function addUntyped(question: string, asks: Span[], items: Item[], terms: Map<string, Term>): void {
  for (const [index, ask] of asks.entries()) {
    const word = question.slice(ask.start, ask.end).toLowerCase();
    if (!["what", "which", "who", "whose"].includes(word)) continue;
    const until = asks[index + 1]?.start ?? question.length;
    const within = items.filter((i) => i.start >= ask.end && i.start < until).toSorted((a, b) => a.start - b.start);
    const phrase = within.find((i) => i.kind === "phrase");
    const hasAsked = within.some((i) => i.kind === "term" && introduces(i)?.asked);
    if (hasAsked || !phrase) continue;
    const categories = word === "who" ? (["Organization"] as const) : [];
    const label = word === "who" ? "company" : "answer";
    const variable: Variable = {
      kind: "variable",
      id: `v${ask.start}`,
      label,
      categories,
      asked: true,
      other: /^\s*else\b/i.test(question.slice(ask.end)),
    };
    terms.set(variable.id, variable);
    items.push({ kind: "term", candidates: [variable], ...ask });
  }
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

export function clauseOf(position: number, clauses: number[]): number {
  return clauses.findLastIndex((start) => start <= position);
}

function overlaps(span: Span, taken: readonly Span[]): boolean {
  return taken.some((t) => t.start < span.end && span.start < t.end);
}

/** Words left over, in runs. A run that stands for itself ("and purple toenails") is a condition that was not understood; one before a known kind ("first-line drug") merely colours it. */
function unreadRuns(question: string, taken: readonly Span[], terms: readonly Span[]): Unread[] {
  const runs: (Span & Unread)[] = [];
  for (const match of question.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const word = match[0].toLowerCase().replace(/['’]s$/, "");
    if (overlaps(span, taken) || PLAIN_WORDS.has(word)) continue;
    const last = runs.at(-1);
    if (last && /^[\s-]+$/.test(question.slice(last.end, span.start))) {
      last.end = span.end;
      last.text = question.slice(last.start, span.end);
    } else runs.push({ ...span, text: match[0], condition: true });
  }
  for (const run of runs) {
    // A number after a name is part of it: "Alport syndrome 1" is not Alport syndrome.
    const name =
      /^\d+\p{L}?$/u.test(run.text) &&
      taken.find((t) => t.end < run.start && /^[\s-]+$/.test(question.slice(t.end, run.start)));
    if (name) Object.assign(run, { start: name.start, text: question.slice(name.start, run.end) });
    const next = terms.some((t) => t.start >= run.end && /^[\s-]*$/.test(question.slice(run.end, t.start)));
    run.condition = !next && !run.text.split(/\s+/).every((w) => SOFT_WORDS.has(w.toLowerCase()));
  }
  return runs.map(({ text, start, condition }) => ({ text, start, condition }));
}

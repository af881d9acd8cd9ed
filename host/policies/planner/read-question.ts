/** From the parts of a question to a query: each phrase takes the nearest two terms that its predicates can relate. */
import { CATEGORIES, type EntityMatch, type PredicateName } from "../../../schemas/index.ts";
import { readItems, type Reading } from "./items.ts";
import { clauseOf, type PhraseItem, type TermItem } from "./spans.ts";
import { impliedPredicates } from "./predicates.ts";
import { categoriesOf, fitting, opposite, type Constraint, type Query, type Term, type Variable } from "./query.ts";

/** @param entities what the explorer found mentioned in the question, with spans */
export function readQuestion(question: string, entities: readonly EntityMatch[]): Query {
  const reading = readItems(question, entities);
  const places = reading.items.filter((i): i is TermItem => i.kind === "term");
  const groups = coordinated(question, places);
  const constraints: Constraint[] = [];
  for (const phrase of reading.items.filter((i): i is PhraseItem => i.kind === "phrase")) {
    const best = bestPair(phrase, places, groups, constraints, reading);
    if (best)
      addConstraint(best.viaProduct ? throughProduct(best, constraints, reading) : best, places, groups, constraints);
  }
  attachLoose(places, groups, constraints, reading);
  return { terms: reading.terms, constraints, conditions: reading.conditions, unread: reading.unread };
}

interface Pair {
  subject: Term;
  object: Term;
  predicates: PredicateName[];
  cost: number;
  /** A gene is named where only its product can be meant: "drugs that inhibit PCSK9". */
  viaProduct?: boolean;
}

/** Stands in for the product of a gene while phrases are matched. */
const PRODUCT: Term = {
  kind: "variable",
  id: "",
  label: "protein",
  categories: ["Protein"],
  asked: false,
  other: false,
};

function bestPair(
  phrase: PhraseItem,
  places: TermItem[],
  groups: Map<Term, number>,
  known: Constraint[],
  reading: Reading,
): Pair | undefined {
  let best: Pair | undefined;
  for (const [i, x] of places.entries()) {
    for (const y of places.slice(i + 1)) {
      for (const [xi, first] of x.candidates.entries()) {
        for (const [yi, second] of y.candidates.entries()) {
          if (first === second || sameGroup(first, second, groups)) continue;
          const near = distance(phrase, x, places, reading) + distance(phrase, y, places, reading) + 1.5 * (xi + yi);
          for (const pair of orientations(phrase, x, first, y, second)) {
            const cost = near + pair.cost + prejudice(pair, known) + spent(x, first, known) + spent(y, second, known);
            if (!best || cost < best.cost) best = { ...pair, cost };
          }
        }
      }
    }
  }
  return best;
}

/** Both ways round, as far as the predicates admit them; the one that the grammar suggests costs nothing. */
function* orientations(phrase: PhraseItem, x: TermItem, first: Term, y: TermItem, second: Term): Generator<Pair> {
  if (phrase.bound && phrase.bound.term !== first && phrase.bound.term !== second) return;
  for (const [subject, object] of [
    [first, second],
    [second, first],
  ] as const) {
    const grammar = roleOf(phrase, subject, x, first, y) === "subject" ? 0 : 3;
    const predicates = fitting(subject, phrase.predicates, object);
    if (predicates.length > 0) yield { subject, object, predicates, cost: grammar };
    else if (phrase.predicates !== "any" && isGene(object)) {
      const ofProduct = fitting(subject, phrase.predicates, PRODUCT);
      if (ofProduct.length > 0) yield { subject, object, predicates: ofProduct, cost: grammar + 0.5, viaProduct: true };
    }
  }
}

function isGene(term: Term): boolean {
  return categoriesOf(term).length === 1 && categoriesOf(term)[0] === "Gene";
}

/** What the grammar says of `term`: the left term has the phrase's left role; of two on one side, the nearer one has it. */
function roleOf(phrase: PhraseItem, term: Term, x: TermItem, first: Term, y: TermItem) {
  if (phrase.bound) return term === phrase.bound.term ? phrase.bound.role : opposite(phrase.bound.role);
  const isFirst = term === first;
  const bothLeft = y.end <= phrase.start;
  const bothRight = x.start >= phrase.end;
  const takesLeftRole = bothLeft || bothRight ? !isFirst : isFirst;
  return takesLeftRole ? phrase.left : opposite(phrase.left);
}

/** A pair already related, or two names where something is asked for, is less likely meant. */
function prejudice(pair: Pair, known: Constraint[]): number {
  const related = known.some(
    (c) =>
      (c.subject === pair.subject.id &&
        c.object === pair.object.id &&
        !c.predicates.some((p) => pair.predicates.includes(p))) ||
      (c.subject === pair.object.id && c.object === pair.subject.id),
  );
  return (related ? 4 : 0) + (pair.subject.kind === "anchor" && pair.object.kind === "anchor" ? 2 : 0);
}

/** "the product that contains ritonavir treats …": a name that belongs to an earlier phrase is rarely what the next one speaks of. */
function spent(item: TermItem, term: Term, known: Constraint[]): number {
  const named = item.candidates.length === 1 && term.kind === "anchor";
  return named && known.some((c) => c.subject === term.id || c.object === term.id) ? 3 : 0;
}

/** Terms that stand between the phrase and the term, plus a toll for every question word crossed. */
function distance(phrase: PhraseItem, item: TermItem, places: TermItem[], { clauses }: Reading): number {
  if (phrase.bound && item.candidates[0] === phrase.bound.term) return 0;
  const [from, to] = item.end <= phrase.start ? [item.end, phrase.start] : [phrase.end, item.start];
  const between = places.filter((p) => p.start >= from && p.end <= to).length;
  const crossed = Math.abs(clauseOf(phrase.start, clauses) - clauseOf(item.start, clauses));
  return between + 1 + 2 * crossed;
}

/** "A, B and C" share their relations: names that only commas and "and" part, of a common category. */
function coordinated(question: string, places: TermItem[]): Map<Term, number> {
  const groups = new Map<Term, number>();
  for (const [i, item] of places.entries()) {
    const term = item.candidates[0]!;
    const previous = places[i - 1];
    const before = previous?.candidates[0];
    const joined =
      previous !== undefined &&
      term.kind === "anchor" &&
      before?.kind === "anchor" &&
      /^[\s,]*(?:and|or|as well as|plus|together with|with|also)?[\s,]*(?:also |the |a |an )?$/i.test(
        question.slice(previous.end, item.start),
      ) &&
      categoriesOf(term).some((c) => categoriesOf(before).includes(c));
    groups.set(term, joined ? groups.get(before)! : i);
  }
  return groups;
}

function sameGroup(a: Term, b: Term, groups: Map<Term, number>): boolean {
  return a.kind === "anchor" && b.kind === "anchor" && groups.get(a) === groups.get(b);
}

/** The constraint, and the same for every name coordinated with either end. */
function addConstraint(pair: Pair, places: TermItem[], groups: Map<Term, number>, constraints: Constraint[]): void {
  const mates = (term: Term) =>
    term.kind === "anchor" ? places.map((p) => p.candidates[0]!).filter((t) => sameGroup(t, term, groups)) : [term];
  for (const subject of mates(pair.subject)) {
    for (const object of mates(pair.object)) {
      const predicates = fitting(subject, pair.predicates, object);
      if (predicates.length > 0) constrain({ subject: subject.id, predicates, object: object.id }, constraints);
    }
  }
}

/** Two phrases for one pair ("the target inhibited by X") say one thing: what both admit. */
function constrain(constraint: Constraint, constraints: Constraint[]): void {
  const known = constraints.find((c) => c.subject === constraint.subject && c.object === constraint.object);
  const both = known?.predicates.filter((p) => constraint.predicates.includes(p)) ?? [];
  if (known && both.length > 0) known.predicates = both;
  else constraints.push(constraint);
}

/** Puts the gene's product between: gene – encodes – protein – inhibited by – drug. */
function throughProduct(pair: Pair, constraints: Constraint[], reading: Reading): Pair {
  const gene = pair.object;
  const product: Term = { ...PRODUCT, id: `p${gene.id}` };
  if (!reading.terms.has(product.id)) {
    reading.terms.set(product.id, product);
    constraints.push({ subject: gene.id, predicates: ["has_gene_product"], object: product.id });
  }
  return { ...pair, object: product };
}

/** Ties what no phrase tied: to the nearest term that it can stand beside ("heart failure drug"), until all hangs together. */
function attachLoose(places: TermItem[], groups: Map<Term, number>, constraints: Constraint[], reading: Reading): void {
  for (;;) {
    const component = components(reading, constraints);
    let best: Pair | undefined;
    for (const [i, x] of places.entries()) {
      for (const [j, y] of places.entries()) {
        if (i === j) continue;
        const [subject, object] = [x.candidates[0]!, y.candidates[0]!];
        if (component.get(subject.id) === component.get(object.id) || sameGroup(subject, object, groups)) continue;
        const implied = categoriesOf(subject).flatMap((s) =>
          categoriesOf(object).flatMap((o) => impliedPredicates(s, o)),
        );
        const crossed = Math.abs(clauseOf(x.start, reading.clauses) - clauseOf(y.start, reading.clauses));
        const cost = Math.abs(i - j) + 2 * crossed + (subject.kind === "anchor" && object.kind === "anchor" ? 10 : 0);
        if (implied.length > 0 && (!best || cost < best.cost))
          best = { subject, object, predicates: [...new Set(implied)], cost };
      }
    }
    if (best) addConstraint(best, places, groups, constraints);
    else if (!bridge(places, constraints, reading)) return;
  }
}

/**
 * Ties two loose parts through a kind that the question leaves out: an enzyme and a disease meet in the gene, a
 * company and a disease in the drug. @returns false where nothing can be tied
 */
function bridge(places: TermItem[], constraints: Constraint[], reading: Reading): boolean {
  const component = components(reading, constraints);
  const loose = places.map((p) => p.candidates[0]!);
  for (const a of loose) {
    for (const b of loose) {
      if (component.get(a.id) === component.get(b.id) || (a.kind === "anchor" && b.kind === "anchor")) continue;
      for (const category of CATEGORIES) {
        const middle: Variable = {
          kind: "variable",
          id: `b${a.id}-${b.id}`,
          label: category.toLowerCase(),
          categories: [category],
          asked: false,
          other: false,
        };
        const [toA, toB] = [impliedBetween(middle, a), impliedBetween(middle, b)];
        if (!toA || !toB) continue;
        reading.terms.set(middle.id, middle);
        constraints.push(toA, toB);
        return true;
      }
    }
  }
  return false;
}

function impliedBetween(a: Term, b: Term): Constraint | undefined {
  for (const [subject, object] of [
    [a, b],
    [b, a],
  ] as const) {
    const predicates = categoriesOf(subject).flatMap((s) =>
      categoriesOf(object).flatMap((o) => impliedPredicates(s, o)),
    );
    if (predicates.length > 0) return { subject: subject.id, predicates: [...new Set(predicates)], object: object.id };
  }
  return undefined;
}

/** Which terms hang together: term id → number of its component. */
export function components(query: Pick<Query, "terms">, constraints: Constraint[]): Map<string, number> {
  const component = new Map([...query.terms.keys()].map((id, i) => [id, i]));
  for (const { subject, object } of constraints) {
    const [from, to] = [component.get(subject)!, component.get(object)!];
    for (const [id, c] of component) if (c === from) component.set(id, to);
  }
  return component;
}

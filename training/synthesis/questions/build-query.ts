/** From a chain to a query with exactly one answer: the far end is named or described, then clues are added until nothing else fits. */
import type { FactGraph, Step } from "../chains/fact-graph.ts";
import { factBetween } from "../chains/valid-chains.ts";
import type { Random } from "../chains/random.ts";
import { canBeSaid, isYear, nounsFor, verbPhrases } from "./phrases.ts";
import { without, yearOf, type Conjunct, type Named, type Property, type Query } from "./query.ts";
import type { World } from "./world.ts";

/** Clues beside the chain, at most. */
const MAX_EXTRA = 3;
const MAX_TRIED = 14;
/** Answers are counted up to here while clues are weighed against each other. */
const COUNTED = 300;
/** What a variable may stand for while clues are chosen; a question that leaves more open is hopeless, and slow to weigh. */
const BREADTH = 1500;
/** A superset that holds more kinds than this says nothing. */
const MAX_KINDS = 400;
/** Years that a range may reach beyond the fact, on either side. */
const YEAR_SLACK = 3;
/** Kinds that cannot be named in a clue. */
const NEVER_NAMED: ReadonlySet<string> = new Set(["AnatomicalEntity"]);

export type FarEnd = "named" | "superset" | "described";

export interface BuildFailure {
  reason: "not_unique" | "not_minimal" | "shortcut" | "no_evidence";
  detail: string;
}

/**
 * @param nodes the chain, answer first
 * @param maxExtra clues beside the chain, at most
 * @returns a query whose only answer is `nodes[0]` and of which no clue can be left out, or why there is none
 */
export function buildQuery(
  world: World,
  nodes: readonly number[],
  farEnd: FarEnd,
  random: Random,
  maxExtra = MAX_EXTRA,
): Query | BuildFailure {
  const base = baseQuery(world, nodes, farEnd, random);
  if ("reason" in base) return base;
  const mustName = farEnd === "described";
  const extras = clueCandidates(world, nodes, base.query.variables, random);
  let { query } = base;
  let left = world.evaluator.answers(query, COUNTED, BREADTH).length;
  for (let added = 0; ; added++) {
    if (left <= 1 && !(mustName && added === 0)) break;
    if (added === maxExtra) return { reason: "not_unique", detail: `${left} answers after ${added} more clues` };
    const best = bestClue(world, query, extras, left, mustName && added === 0);
    if (!best) return { reason: "not_unique", detail: `${left} answers, and no clue that parts them` };
    query = { ...query, conjuncts: [...query.conjuncts, best.clue] };
    left = best.left;
  }
  return minimal(world, query, nodes);
}

function baseQuery(
  world: World,
  nodes: readonly number[],
  farEnd: FarEnd,
  random: Random,
): { query: Query } | BuildFailure {
  const { graph } = world;
  const last = nodes.length - 1;
  const conjuncts: Conjunct[] = [];
  for (let i = 0; i < last; i++) {
    const step = graph.step[factBetween(graph, nodes[i]!, nodes[i + 1]!)]!;
    if (i < last - 1 || farEnd === "described") {
      conjuncts.push({ kind: "link", from: i, step, to: i + 1 });
      continue;
    }
    const end = nodes[last]!;
    const entity = farEnd === "superset" ? supersetOf(graph, end, random) : end;
    if (entity === undefined) return { reason: "no_evidence", detail: "the far end is a kind of nothing" };
    if (!isNameable(world, entity))
      return { reason: "not_unique", detail: "the name of the far end means several things" };
    if (world.isNamedBeside(entity, nodes[0]!)) {
      return { reason: "shortcut", detail: `a document names ${graph.names[entity]} and the answer` };
    }
    conjuncts.push({ kind: "named", from: i, step, entity, witness: end });
  }
  return { query: { variables: farEnd === "described" ? nodes.length : last, conjuncts } };
}

function supersetOf(graph: FactGraph, entity: number, random: Random): number | undefined {
  const parents = graph.parentsOf(entity).filter((p) => graph.kindsOf(p).length <= MAX_KINDS);
  return parents.length > 0 ? random.pick(parents) : undefined;
}

function isNameable(world: World, entity: number): boolean {
  return !NEVER_NAMED.has(world.graph.categories[entity]!) && world.isUnambiguous(entity);
}

/** Clues that the variables' entities offer, those far from the answer first. */
function clueCandidates(world: World, nodes: readonly number[], variables: number, random: Random): Conjunct[] {
  const candidates: Conjunct[] = [];
  for (let v = variables - 1; v >= 0; v--) {
    const own: Conjunct[] = [];
    own.push(...propertiesOf(world.graph, nodes[v]!, v, random));
    if (v > 0) own.push(...namesAround(world, nodes, v, random));
    if (v === 0) own.push({ kind: "category", from: 0, category: world.graph.categories[nodes[0]!]! });
    candidates.push(...random.shuffled(own).slice(0, MAX_TRIED / 2));
  }
  return candidates.slice(0, MAX_TRIED);
}

function propertiesOf(graph: FactGraph, entity: number, variable: number, random: Random): Property[] {
  return Object.entries(graph.attributes(entity) ?? {}).flatMap(([attribute, value]): Property[] => {
    if (!canBeSaid(attribute)) return [];
    if (!isYear(attribute)) return [{ kind: "property", from: variable, attribute, value: String(value) }];
    const year = yearOf(value);
    if (year === undefined) return [];
    const years = [year - 1 - random.below(YEAR_SLACK), year + 1 + random.below(YEAR_SLACK)] as const;
    return [{ kind: "property", from: variable, attribute, years }];
  });
}

/** Relations of the entity to what is not on the chain, is unambiguous, and stands in no document with the answer. */
function namesAround(world: World, nodes: readonly number[], variable: number, random: Random): Named[] {
  const { graph } = world;
  const entity = nodes[variable]!;
  const answer = nodes[0]!;
  const positions = Array.from({ length: graph.degree(entity) }, (_, i) => graph.first[entity]! + i);
  const found: Named[] = [];
  for (const k of random.shuffled(positions)) {
    if (found.length === MAX_TRIED / 2) break;
    const [other, step] = [graph.to[k]!, graph.step[k]!];
    if (graph.relation[k]! < 0 || nodes.includes(other) || !canSay(graph, step, other)) continue;
    const parent = random.next() < 0.3 ? supersetOf(graph, other, random) : undefined;
    const named = parent !== undefined && canSay(graph, step, parent) ? parent : other;
    if (!isNameable(world, named) || nodes.includes(named)) continue;
    if (graph.adjacent(named, answer) || world.isNamedBeside(named, answer)) continue;
    found.push({ kind: "named", from: variable, step, entity: named, witness: other });
  }
  return found;
}

function canSay(graph: FactGraph, step: Step, entity: number): boolean {
  const predicate = graph.predicates[step >> 1]!;
  // "includes X" of an ontology class is no clue of a person's question.
  if (predicate === "subclass_of" && (step & 1) === 1) return false;
  return verbPhrases(predicate, true) !== undefined && nounsFor(graph.categories[entity]!, false) !== undefined;
}

/** The clue that leaves the fewest answers, the earlier of equals. */
function bestClue(world: World, query: Query, candidates: readonly Conjunct[], left: number, mustName: boolean) {
  let best: { clue: Conjunct; left: number } | undefined;
  for (const clue of candidates) {
    if (mustName && !(clue.kind === "named" && clue.from === query.variables - 1)) continue;
    if (query.conjuncts.includes(clue) || query.conjuncts.some((c) => saysTheSame(c, clue))) continue;
    const remaining = world.evaluator.answers(
      { ...query, conjuncts: [...query.conjuncts, clue] },
      best?.left ?? left,
    ).length;
    if (remaining < (best?.left ?? left) || (mustName && !best)) best = { clue, left: remaining };
    if (best?.left === 1) break;
  }
  return best;
}

function saysTheSame(a: Conjunct, b: Conjunct): boolean {
  if (a.kind === "named" && b.kind === "named") return a.entity === b.entity;
  return a.kind === "property" && b.kind === "property" && a.from === b.from && a.attribute === b.attribute;
}

/** Leaves out what is not needed; every step of the chain must be. */
function minimal(world: World, query: Query, nodes: readonly number[]): Query | BuildFailure {
  const { evaluator } = world;
  const steps = nodes.length - 1;
  if (evaluator.answers(query, 2).join() !== String(nodes[0]))
    return { reason: "not_unique", detail: "another answer" };
  let kept = query;
  // From the last clue on: what was needed stays needed when others go.
  for (let i = query.conjuncts.length - 1; i >= 0; i--) {
    const less = without(kept, i);
    if (evaluator.answers(less, 2).length > 1) continue;
    if (i < steps)
      return { reason: "not_minimal", detail: `the answer is known ${steps - i} hops before the end of the chain` };
    kept = less;
  }
  return kept.conjuncts.some(({ kind }) => kind === "named")
    ? kept
    : { reason: "not_minimal", detail: "nothing that is named is needed" };
}

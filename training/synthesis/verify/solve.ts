/**
 * Answers of the clues of a proof. What each variable can be is narrowed until every value has a partner in every
 * clue (arc consistency); then each answer is kept for which all variables find values that differ from each other
 * and from everything the question names.
 */
import type { Clue } from "../../../schemas/index.ts";
import type { Facts } from "./facts.ts";

type Values = Set<number>;

/** A relation clue between two variables. */
interface Edge {
  subject: string;
  predicate: string;
  object: string;
}

export function isVariable(term: string): boolean {
  return term.startsWith("?");
}

function variablesIn(clues: readonly Clue[]): string[] {
  return [...new Set(["?0", ...clues.flatMap(({ subject, object }) => [subject, object].filter(isVariable))])];
}

/** @returns rows of the entities that can be `?0`; a clue that names what is not in the knowledge has no answers */
export function answersOf(facts: Facts, clues: readonly Clue[]): Set<number> {
  const named = new Set<number>();
  for (const term of clues.filter((c) => c.kind === "relation").flatMap((c) => [c.subject, c.object])) {
    if (isVariable(term)) continue;
    const row = facts.row(term);
    if (row === undefined) return new Set();
    named.add(row);
  }
  const edges = clues.filter((c) => c.kind === "relation" && isVariable(c.subject) && isVariable(c.object));
  const domains = new Map<string, Values>();
  for (const clue of clues) {
    if (edges.includes(clue)) continue;
    const [variable, values] = valuesOf(facts, clue, domains);
    domains.set(variable, new Set([...values].filter((v) => !named.has(v))));
  }
  if (!makeConsistent(facts, edges, domains, named)) return new Set();
  const rest = variablesIn(clues).filter((v) => v !== "?0");
  const values = domains.get("?0") ?? new Set(facts.all.filter((row) => !named.has(row)));
  const found = new Set<number>();
  for (const value of values) {
    const bound = new Map([["?0", value]]);
    if (isSatisfiable(facts, edges, domains, rest, bound)) found.add(value);
  }
  return found;
}

/** What a clue about one variable leaves of it. */
function valuesOf(facts: Facts, clue: Clue, domains: ReadonlyMap<string, Values>): [string, Iterable<number>] {
  const { kind, subject, predicate, object } = clue;
  if (kind === "relation") {
    const [variable, values] = isVariable(subject)
      ? ([subject, [...facts.kindsOf(facts.row(object)!)].flatMap((o) => [...facts.subjectsOf(o, predicate)])] as const)
      : ([object, [...facts.kindsOf(facts.row(subject)!)].flatMap((s) => [...facts.objectsOf(s, predicate)])] as const);
    const known = domains.get(variable);
    return [variable, known ? values.filter((v) => known.has(v)) : values];
  }
  const known = domains.get(subject) ?? facts.all;
  return [subject, [...known].filter((row) => holds(facts, row, clue))];
}

/** Whether a clue of an attribute, a range of years or a category holds of an entity. */
export function holds(facts: Facts, row: number, { kind, predicate, object }: Clue): boolean {
  const { category, attributes } = facts.entity(row);
  if (kind === "category") return category === object;
  const value = attributes?.[predicate];
  if (value === undefined) return false;
  if (kind === "attribute") return String(value) === object;
  const year = /(?<!\w)(?:1[5-9]|20)\d{2}(?!\w)/.exec(`${value}`)?.[0];
  const [from, to] = object.split("..").map(Number);
  return year !== undefined && Number(year) >= from! && Number(year) <= to!;
}

/** @returns false where some variable has no value left */
function makeConsistent(
  facts: Facts,
  edges: readonly Edge[],
  domains: Map<string, Values>,
  named: ReadonlySet<number>,
): boolean {
  for (let changed = true; changed;) {
    changed = false;
    for (const edge of edges) {
      for (const side of ["subject", "object"] as const) {
        const [variable, other] = side === "subject" ? [edge.subject, edge.object] : [edge.object, edge.subject];
        const before = domains.get(variable);
        const partners = domains.get(other);
        const after = before
          ? new Set([...before].filter((v) => meets(partnersOf(facts, edge, side, v), partners)))
          : reachable(facts, edge, side, partners, named);
        if (before?.size === after.size) continue;
        changed = true;
        domains.set(variable, after);
        if (after.size === 0) return false;
      }
    }
  }
  return [...domains.values()].every(({ size }) => size > 0);
}

function partnersOf(facts: Facts, { predicate }: Edge, side: "subject" | "object", value: number): ReadonlySet<number> {
  return side === "subject" ? facts.objectsOf(value, predicate) : facts.subjectsOf(value, predicate);
}

function meets(values: ReadonlySet<number>, others: Values | undefined): boolean {
  if (!others) return values.size > 0;
  return !values.isDisjointFrom(others);
}

function reachable(
  facts: Facts,
  edge: Edge,
  side: "subject" | "object",
  partners: Values | undefined,
  named: ReadonlySet<number>,
): Values {
  const own = side === "subject" ? facts.subjects(edge.predicate) : facts.objects(edge.predicate);
  if (!partners) return new Set([...own].filter((v) => !named.has(v)));
  const found: Values = new Set();
  const across = side === "subject" ? "object" : "subject";
  for (const partner of partners) {
    for (const v of partnersOf(facts, edge, across, partner)) if (!named.has(v)) found.add(v);
  }
  return found;
}

/** Values for the rest of the variables, all different; the variable with the fewest choices is bound next. */
function isSatisfiable(
  facts: Facts,
  edges: readonly Edge[],
  domains: ReadonlyMap<string, Values>,
  rest: readonly string[],
  bound: Map<string, number>,
): boolean {
  if (rest.length === 0) return true;
  let next: { variable: string; choices: number[] } | undefined;
  for (const variable of rest) {
    const choices = choicesFor(facts, edges, domains, variable, bound);
    // Nothing at all is said of it: anything will do.
    if (!choices) continue;
    if (!next || choices.length < next.choices.length) next = { variable, choices };
    if (choices.length === 0) return false;
  }
  if (!next) return true;
  const left = rest.filter((v) => v !== next.variable);
  for (const choice of next.choices) {
    bound.set(next.variable, choice);
    if (isSatisfiable(facts, edges, domains, left, bound)) return true;
  }
  bound.delete(next.variable);
  return false;
}

function choicesFor(
  facts: Facts,
  edges: readonly Edge[],
  domains: ReadonlyMap<string, Values>,
  variable: string,
  bound: ReadonlyMap<string, number>,
): number[] | undefined {
  let choices: number[] | undefined;
  const domain = domains.get(variable);
  for (const edge of edges) {
    const side = edge.subject === variable ? "object" : edge.object === variable ? "subject" : undefined;
    const partner = side && bound.get(edge[side]);
    if (side === undefined || partner === undefined) continue;
    const fits = partnersOf(facts, edge, side, partner);
    choices = choices ? choices.filter((v) => fits.has(v)) : [...fits].filter((v) => !domain || domain.has(v));
  }
  if (!choices && !domain) return undefined;
  const taken = new Set(bound.values());
  return (choices ?? [...domain!]).filter((v) => !taken.has(v));
}

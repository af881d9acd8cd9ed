/** Solves a query hop by hop: from what is named to what is asked, one relation a step, intersecting where several meet. */
import type { Category, EntityMatch, RelationHit } from "../../../schemas/index.ts";
import { verbalise } from "../../../schemas/index.ts";
import type { ProposedCall } from "../../policy.ts";
import type { ReturnedCall } from "../../state.ts";
import { failures, findPaths, getNeighbors, readEvidence, readNeighbors, readPaths, relationBetween } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import { anchorsOf, fitting, type Anchor, type Constraint, type Query, type Term, type Variable } from "./query.ts";

/** What a term stands for. Entities of one category and name (the same disease in two databases) are one value. */
export interface Value {
  key: string;
  name: string;
  category: string;
  ids: Set<string>;
}

/** A relation found for a constraint, between two values. */
export interface Link {
  constraint: Constraint;
  subject: string;
  object: string;
  relation: RelationHit;
}

/** Where the chain broke off. */
export interface Gap {
  term: Variable | undefined;
  message: string;
  /** Calls that failed: then the gap is no fact about the world. */
  failures: string[];
}

export interface Solution {
  values: Map<string, Value[]>;
  links: Link[];
  gap?: Gap;
  /** Lists that were not followed to their ends. */
  notes: string[];
}

const PAGE = 40;
const MAX_PAGES = 6;
const MAX_ENDS = 12;
const MAX_CHECKS = 24;

export function* solve(query: Query): Plan<Solution> {
  const solution: Solution = { values: new Map(), links: [], notes: [] };
  for (const anchor of anchorsOf(query)) solution.values.set(anchor.id, anchorValues(anchor, query));
  for (;;) {
    const next = nextVariable(query, solution);
    if (!next) break;
    solution.gap = yield* bind(next.variable, next.constraints, query, solution);
    if (solution.gap) return solution;
  }
  solution.gap = yield* checkNamed(query, solution);
  prune(query, solution);
  return solution;
}

/** The entities that a name means here: exact matches before misspelt ones, and of kinds that its relations admit. */
function anchorValues(anchor: Anchor, query: Query): Value[] {
  const exact = anchor.entities.filter((e) => e.match === "exact" || e.match === "identifier");
  const meant = exact.length > 0 ? exact : bestScored(anchor.entities);
  const fittingOnes = meant.filter((entity) =>
    query.constraints
      .filter((c) => c.subject === anchor.id || c.object === anchor.id)
      .every((c) => admits(c, anchor.id, entity, query)),
  );
  return group(fittingOnes.length > 0 ? fittingOnes : meant);
}

function bestScored(entities: EntityMatch[]): EntityMatch[] {
  const best = Math.max(...entities.map((e) => e.score));
  return entities.filter((e) => e.score >= best - 0.02);
}

function admits(constraint: Constraint, id: string, entity: EntityMatch, query: Query): boolean {
  const alone: Term = { kind: "anchor", id, text: entity.name, entities: [entity] };
  const other = query.terms.get(constraint.subject === id ? constraint.object : constraint.subject)!;
  return constraint.subject === id
    ? fitting(alone, constraint.predicates, other).length > 0
    : fitting(other, constraint.predicates, alone).length > 0;
}

interface Named {
  id: string;
  name: string;
  category?: string;
}

function group(entities: readonly Named[]): Value[] {
  const values = new Map<string, Value>();
  for (const { id, name, category = "" } of entities) {
    const key = `${category}|${name.toLowerCase()}`;
    const value = values.get(key) ?? { key, name, category, ids: new Set<string>() };
    value.ids.add(id);
    values.set(key, value);
  }
  return [...values.values()];
}

/** The unknown that is tied to most of what is known already. */
function nextVariable(
  query: Query,
  { values }: Solution,
): { variable: Variable; constraints: Constraint[] } | undefined {
  let best: { variable: Variable; constraints: Constraint[] } | undefined;
  for (const term of query.terms.values()) {
    if (term.kind !== "variable" || values.has(term.id)) continue;
    const constraints = query.constraints.filter((c) => otherEnd(c, term.id) && values.has(otherEnd(c, term.id)!));
    if (constraints.length > (best?.constraints.length ?? 0)) best = { variable: term, constraints };
  }
  return best;
}

function otherEnd(constraint: Constraint, id: string): string | undefined {
  if (constraint.subject === id) return constraint.object;
  return constraint.object === id ? constraint.subject : undefined;
}

interface Reached {
  constraint: Constraint;
  links: Link[];
  complete: boolean;
}

function* bind(variable: Variable, constraints: Constraint[], query: Query, solution: Solution): Plan<Gap | undefined> {
  const failed: string[] = [];
  const reached: Reached[] = [];
  for (const constraint of rarestFirst(constraints, variable, query)) {
    const result = yield* follow(variable, constraint, query, solution, failed);
    reached.push(result);
    if (result.links.length === 0 && result.complete) break;
  }
  if (reached.length > 1 && reached.every((r) => !r.complete)) yield* meet(variable, reached, solution, failed);
  else yield* checkEach(variable, reached, solution, failed);
  const keys = reached
    .map((r) => new Map(r.links.map((l) => [endKey(l, variable.id), l] as const)))
    .reduce((a, b) => new Map([...a].filter(([key]) => b.has(key))));
  const links = reached.flatMap((r) => r.links);
  const named = excluded(variable, query, solution);
  const entities = links
    .map((l) => endOf(l, variable.id))
    .filter((e) => keys.has(keyOf(e)) && !named.has(keyOf(e)) && !named.has(e.id));
  if (entities.length === 0) {
    const message = missing(
      variable,
      reached.length < constraints.length ? reached.at(-1)! : undefined,
      constraints,
      query,
      solution,
    );
    return { term: variable, message, failures: failed };
  }
  solution.values.set(variable.id, group(entities));
  solution.links.push(...links.filter((l) => keys.has(endKey(l, variable.id))));
  for (const r of reached) {
    if (!r.complete) solution.notes.push(`only the first ${r.links.length} ${variable.label} were looked at`);
  }
  return undefined;
}

/** A short list first: it says early where nothing is to be had, and keeps the checks of the long ones few. */
function rarestFirst(constraints: Constraint[], variable: Variable, query: Query): Constraint[] {
  const degree = (c: Constraint) => {
    const end = query.terms.get(otherEnd(c, variable.id)!)!;
    return end.kind === "anchor" ? Math.max(...end.entities.map((e) => e.degree ?? 0)) : 0;
  };
  return constraints.toSorted((a, b) => degree(a) - degree(b));
}

/** A list too long to read is asked only about those that the other lists leave. */
function* checkEach(variable: Variable, reached: Reached[], solution: Solution, failed: string[]): Plan<void> {
  const complete = reached.filter((r) => r.complete);
  if (complete.length === 0) return;
  const common = complete
    .map((r) => new Set(r.links.map((l) => endKey(l, variable.id))))
    .reduce((a, b) => a.intersection(b));
  for (const long of reached.filter((r) => !r.complete)) {
    const known = new Set(long.links.map((l) => endKey(l, variable.id)));
    const open = group(complete[0]!.links.map((l) => endOf(l, variable.id))).filter(
      (v) => common.has(v.key) && !known.has(v.key),
    );
    const ends = solution.values.get(otherEnd(long.constraint, variable.id)!)!;
    const pairs = open
      .slice(0, MAX_CHECKS)
      .flatMap((v) => [...v.ids])
      .flatMap((id) =>
        ends
          .flatMap((e) => [...e.ids])
          .map((end) => (long.constraint.subject === variable.id ? ([id, end] as const) : ([end, id] as const))),
      );
    if (pairs.length > 0) {
      const thought = `${list(ends.map((e) => e.name))}: too many to read. I check the ${open.length} that are left one by one.`;
      const returned = yield { thought, calls: pairs.map(([subject, object]) => relationBetween(subject, object)) };
      failed.push(...failures(returned));
      const found = returned.flatMap((r) => readEvidence(r)?.relations ?? []);
      const predicates: readonly string[] = long.constraint.predicates;
      long.links.push(
        ...found.filter((r) => !r.negated && predicates.includes(r.predicate)).map((r) => toLink(long.constraint, r)),
      );
    }
    long.complete = open.length <= MAX_CHECKS;
  }
}

/** One hop: the neighbours of everything that the other end may be. */
function* follow(
  variable: Variable,
  constraint: Constraint,
  query: Query,
  solution: Solution,
  failed: string[],
): Plan<Reached> {
  const isSubject = constraint.subject === variable.id;
  const end = isSubject ? constraint.object : constraint.subject;
  const values = solution.values.get(end)!;
  const ids = values.flatMap((v) => [...v.ids]).slice(0, MAX_ENDS);
  const ask = (id: string, cursor?: string): ProposedCall =>
    getNeighbors({
      id,
      predicates: constraint.predicates,
      ...(variable.categories.length > 0 ? { categories: variable.categories } : {}),
      direction: isSubject ? "in" : "out",
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    });
  const links = new Map<string, Link>();
  let open = ids.map((id) => ask(id));
  let cut = ids.length < values.flatMap((v) => [...v.ids]).length;
  let thought = hopThought(variable, constraint, query, values);
  for (let page = 0; page < MAX_PAGES && open.length > 0; page++) {
    const returned: ReturnedCall[] = yield { thought, calls: open };
    failed.push(...failures(returned));
    open = [];
    for (const r of returned) {
      const result = readNeighbors(r);
      if (!result) continue;
      for (const relation of result.relations) {
        if (!relation.negated) links.set(relation.id, toLink(constraint, relation));
      }
      // A hub is not read to its end: what the other lists leave is checked against it (checkEach).
      if (result.total > PAGE * MAX_PAGES) cut = true;
      else if (result.nextCursor) open.push(ask(r.call.arguments["id"] as string, result.nextCursor));
    }
    thought = `There are more; the next page.`;
  }
  return {
    constraint,
    links: [...links.values()],
    complete: open.length === 0 && !cut,
  };
}

/** Two long lists need not be read to find where they meet: paths of length two between the ends are the meeting points. */
function* meet(variable: Variable, reached: Reached[], solution: Solution, failed: string[]): Plan<void> {
  const [a, b] = reached as [Reached, Reached];
  const idsOf = (r: Reached) => solution.values.get(otherEnd(r.constraint, variable.id)!)!.flatMap((v) => [...v.ids]);
  const predicates = [...a.constraint.predicates, ...b.constraint.predicates];
  const calls = idsOf(a)
    .slice(0, 3)
    .flatMap((from) =>
      idsOf(b)
        .slice(0, 3)
        .map((to) => findPaths(from, to, predicates)),
    );
  const returned = yield { thought: `Both lists are long; I look for the ${variable.label} where they meet.`, calls };
  failed.push(...failures(returned));
  for (const relation of returned.flatMap((r) => readPaths(r)?.relations ?? [])) {
    for (const side of [a, b]) {
      const end =
        otherEnd(side.constraint, variable.id) === side.constraint.subject ? relation.subject : relation.object;
      if (idsOf(side).includes(end)) side.links.push(toLink(side.constraint, relation));
    }
  }
}

/** Relations between what is known on both sides: yes-or-no questions, and circles. */
function* checkNamed(query: Query, solution: Solution): Plan<Gap | undefined> {
  for (const constraint of query.constraints) {
    if (solution.links.some((l) => l.constraint === constraint)) continue;
    const [subjects, objects] = [solution.values.get(constraint.subject), solution.values.get(constraint.object)];
    if (!subjects || !objects) continue;
    const [subject, object] = [subjects.map((v) => v.name).join(" or "), objects.map((v) => v.name).join(" or ")];
    const calls = subjects
      .flatMap((v) => [...v.ids])
      .slice(0, MAX_ENDS)
      .map((id) => getNeighbors({ id, predicates: constraint.predicates, direction: "out", limit: 200 }));
    const returned = yield {
      thought: `Is it known that ${verbalise(subject, constraint.predicates[0]!, object)}?`,
      calls,
    };
    const ends = new Set(objects.flatMap((v) => [...v.ids]));
    const found = returned
      .flatMap((r) => readNeighbors(r)?.relations ?? [])
      .filter((r) => ends.has(r.object) && !r.negated);
    if (found.length === 0) {
      const message = `it holds no statement that ${verbalise(subject, constraint.predicates[0]!, object)}`;
      return { term: undefined, message, failures: failures(returned) };
    }
    solution.links.push(...found.map((r) => toLink(constraint, r)));
  }
  return undefined;
}

/** Drops values that one of their relations does not support, until all that is left supports each other. */
function prune(query: Query, solution: Solution): void {
  for (let before = -1; before !== solution.links.length;) {
    before = solution.links.length;
    for (const [id, values] of solution.values) {
      const own = query.constraints.filter((c) => otherEnd(c, id) && solution.values.has(otherEnd(c, id)!));
      const kept = values.filter((v) =>
        own.every((c) => solution.links.some((l) => l.constraint === c && endKey(l, id) === v.key)),
      );
      solution.values.set(id, kept);
    }
    solution.links = solution.links.filter((l) =>
      [l.constraint.subject, l.constraint.object].every((id) =>
        solution.values.get(id)?.some((v) => v.key === endKey(l, id)),
      ),
    );
  }
}

function toLink(constraint: Constraint, relation: RelationHit): Link {
  return {
    constraint,
    relation,
    subject: keyOf({ id: relation.subject, name: relation.subjectName, category: relation.subjectCategory }),
    object: keyOf({ id: relation.object, name: relation.objectName, category: relation.objectCategory }),
  };
}

export function endKey(link: Link, id: string): string {
  return link.constraint.subject === id ? link.subject : link.object;
}

function endOf(link: Link, id: string): Named {
  const { relation } = link;
  return link.constraint.subject === id
    ? { id: relation.subject, name: relation.subjectName, category: relation.subjectCategory }
    : { id: relation.object, name: relation.objectName, category: relation.objectCategory };
}

function keyOf({ name, category = "" }: Named): string {
  return `${category}|${name.toLowerCase()}`;
}

/** What cannot be the answer: the things that the question names and, for "other", what was found before. */
function excluded(variable: Variable, query: Query, solution: Solution): Set<string> {
  const out = new Set<string>();
  for (const [id, values] of solution.values) {
    const term = query.terms.get(id)!;
    if (term.kind !== "anchor" && !variable.other) continue;
    for (const value of values) {
      out.add(value.key);
      for (const i of value.ids) out.add(i);
    }
  }
  return out;
}

function hopThought(variable: Variable, constraint: Constraint, query: Query, values: Value[]): string {
  const known = list(values.map((v) => v.name));
  const unknown = `which ${variable.label.replace(/^answer$/, kindOf(variable.categories))}`;
  const [subject, object] = constraint.subject === variable.id ? [unknown, known] : [known, unknown];
  return `${query.terms.get(variable.id) === variable && variable.asked ? "Asked" : "On the way"}: ${verbalise(subject, constraint.predicates[0]!, object)}?`;
}

function kindOf(categories: readonly Category[]): string {
  return categories.length > 0 ? categories.join(" or ").toLowerCase() : "thing";
}

function missing(
  variable: Variable,
  broken: Reached | undefined,
  constraints: Constraint[],
  query: Query,
  solution: Solution,
): string {
  const describe = (c: Constraint) => {
    const end = otherEnd(c, variable.id)!;
    const known = list((solution.values.get(end) ?? []).map((v) => v.name)) || (query.terms.get(end) as Anchor).text;
    const unknown = `a ${variable.label === "answer" ? "thing" : variable.label}`;
    return c.subject === variable.id
      ? verbalise(unknown, c.predicates[0]!, known)
      : verbalise(known, c.predicates[0]!, unknown);
  };
  if (broken || constraints.length === 1)
    return `it holds no statement that ${describe(broken?.constraint ?? constraints[0]!)}`;
  return `nothing in it satisfies all of: ${constraints.map(describe).join("; ")}`;
}

/** "a", "a and b", "a, b and c"; long lists are cut with their count. */
export function list(names: readonly string[], limit = 6): string {
  const unique = [...new Set(names)];
  const shown = unique.length > limit ? [...unique.slice(0, limit), `${unique.length - limit} more`] : unique;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)!}`;
}

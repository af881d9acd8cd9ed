/** One hop of a chain, in the ways that long and short lists of neighbours ask for. */
import { verbalise, type Category, type RelationHit } from "../../../schemas/index.ts";
import type { ProposedCall } from "../../policy.ts";
import type { ReturnedCall } from "../../state.ts";
import {
  failures,
  findRoutes,
  ROUTES,
  getNeighbors,
  readEvidence,
  readNeighbors,
  readPaths,
  relationBetween,
} from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import { endKey, endOf, group, otherEnd, toLink, type Link, type Solution, type Value } from "./links.ts";
import type { Constraint, Variable } from "./query.ts";
import { list } from "./text.ts";

const PAGE = 40;
const MAX_PAGES = 6;
export const MAX_ENDS = 30;
/** Calls of one look for meeting points, and paths that each may return. */
const MAX_ROUTES = 24;
const MAX_CHECKS = 24;

export interface Reached {
  constraint: Constraint;
  links: Link[];
  complete: boolean;
}

/** One hop: the neighbours of everything that the other end may be. */
export function* follow(
  variable: Variable,
  constraint: Constraint,
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
  let thought = hopThought(variable, constraint, values);
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

/**
 * Where two constraints meet, asked of the graph as routes end – unknown – end; lists of any length need not be read
 * for it. `upward` goes on from the unknown's second relation: to a finding whose kind it shows.
 * @returns the second constraint's links; those of the first are added to `base`
 */
export function* meet(
  variable: Variable,
  base: Reached,
  constraint: Constraint,
  upward: readonly string[],
  solution: Solution,
  failed: string[],
): Plan<Reached> {
  const [from, to] = [idsAt(base.constraint, variable, solution), idsAt(constraint, variable, solution)];
  const routes = base.constraint.predicates.flatMap((p) => constraint.predicates.map((q) => [p, q, ...upward]));
  const calls = routes
    .flatMap((route) => from.flatMap((a) => to.map((b) => findRoutes(a, b, route))))
    .slice(0, MAX_ROUTES);
  const names = list(solution.values.get(otherEnd(constraint, variable.id)!)!.map((v) => v.name));
  const thought =
    upward.length === 0
      ? `Which ${variable.label} does that share with ${names}?`
      : `None by that very name; with a kind of ${names}${upward.length > 1 ? ", or a kind of its kinds" : ""}?`;
  const returned = yield { thought, calls };
  failed.push(...failures(returned));
  const links: Link[] = [];
  let complete = calls.length === routes.length * from.length * to.length;
  for (const result of returned.map((r) => readPaths(r)).filter((r) => r !== undefined)) {
    complete &&= result.paths.length < ROUTES && !result.truncated;
    const relations = new Map(result.relations.map((r) => [r.id, r]));
    for (const { nodes, relations: ids } of result.paths) {
      const [first, second, ...rest] = ids.map((id) => relations.get(id));
      if (
        !first ||
        !second ||
        !holds(first, base.constraint, variable, nodes[1]!) ||
        !holds(second, constraint, variable, nodes[1]!)
      )
        continue;
      if (!rest.every((r, n) => r && !r.negated && r.subject === nodes[n + 2])) continue;
      base.links.push(toLink(base.constraint, first));
      links.push(toLink(constraint, second));
    }
  }
  base.complete ||= complete;
  return { constraint, links, complete };
}

/** Does the relation say of the candidate what the constraint says of the unknown? Routes are found in either direction. */
function holds(relation: RelationHit, constraint: Constraint, variable: Variable, candidate: string): boolean {
  return !relation.negated && (constraint.subject === variable.id ? relation.subject : relation.object) === candidate;
}

export function idsAt(constraint: Constraint, variable: Variable, solution: Solution): string[] {
  return (solution.values.get(otherEnd(constraint, variable.id)!) ?? []).flatMap((v) => [...v.ids]);
}

/** A list too long to read is asked only about those that the other lists leave. */
export function* checkEach(variable: Variable, reached: Reached[], solution: Solution, failed: string[]): Plan<void> {
  // Where every list is too long, what two of them were found to share is checked against the rest.
  const whole = reached.filter((r) => r.complete);
  const complete = whole.length > 0 ? whole : reached.filter((r) => r.links.length > 0);
  if (complete.length === 0) return;
  const common = complete
    .map((r) => new Set(r.links.map((l) => endKey(l, variable.id))))
    .reduce((a, b) => a.intersection(b));
  for (const long of reached.filter((r) => !complete.includes(r))) {
    const known = new Set(long.links.map((l) => endKey(l, variable.id)));
    const open = group(complete[0]!.links.map((l) => endOf(l, variable.id))).filter(
      (v) => common.has(v.key) && !known.has(v.key),
    );
    const ends = solution.values.get(otherEnd(long.constraint, variable.id)!)!;
    const endIds = new Set(ends.flatMap((e) => [...e.ids]));
    const isSubject = long.constraint.subject === variable.id;
    const candidates = open.slice(0, MAX_CHECKS).flatMap((v) => [...v.ids]);
    // Few ends: ask for the very relation. Many: read what the candidate has.
    const calls = candidates.flatMap((id) =>
      endIds.size <= 2
        ? [...endIds].map((end) => (isSubject ? relationBetween(id, end) : relationBetween(end, id)))
        : [
            getNeighbors({
              id,
              predicates: long.constraint.predicates,
              direction: isSubject ? "out" : "in",
              limit: 200,
            }),
          ],
    );
    if (calls.length > 0) {
      const thought = `${list(ends.map((e) => e.name))}: too many to read. I check the ${open.length} that are left one by one.`;
      const returned = yield { thought, calls };
      failed.push(...failures(returned));
      const found = returned.flatMap((r) => readEvidence(r)?.relations ?? []);
      const predicates: readonly string[] = long.constraint.predicates;
      const holds = found.filter(
        (r) => !r.negated && predicates.includes(r.predicate) && endIds.has(isSubject ? r.object : r.subject),
      );
      long.links.push(...holds.map((r) => toLink(long.constraint, r)));
    }
    long.complete = whole.length > 0 && open.length <= MAX_CHECKS;
  }
}

function hopThought(variable: Variable, constraint: Constraint, values: Value[]): string {
  const known = list(values.map((v) => v.name));
  const where = variable.asked ? "Asked" : "On the way";
  if (variable.label.startsWith("mechanism"))
    return `${where}: how ${values.length > 1 ? "do" : "does"} ${known} work?`;
  const unknown = `which ${variable.label.replace(/^answer$/, kindOf(variable.categories))}`;
  const [subject, object] = constraint.subject === variable.id ? [unknown, known] : [known, unknown];
  return `${where}: ${verbalise(subject, constraint.predicates[0]!, object)}?`;
}

function kindOf(categories: readonly Category[]): string {
  return categories.length > 0 ? categories.join(" or ").toLowerCase() : "thing";
}

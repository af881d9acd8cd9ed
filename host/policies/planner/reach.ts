/** One hop of a chain, in the ways that long and short lists of neighbours ask for. */
import { verbalise, type Category } from "../../../schemas/index.ts";
import type { ProposedCall } from "../../policy.ts";
import type { ReturnedCall } from "../../state.ts";
import { failures, findPaths, getNeighbors, readEvidence, readNeighbors, readPaths, relationBetween } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import { endKey, endOf, group, otherEnd, toLink, type Link, type Solution, type Value } from "./links.ts";
import type { Constraint, Query, Variable } from "./query.ts";
import { list } from "./text.ts";

const PAGE = 40;
const MAX_PAGES = 6;
export const MAX_ENDS = 30;
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
export function* meet(variable: Variable, reached: Reached[], solution: Solution, failed: string[]): Plan<void> {
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

/** A list too long to read is asked only about those that the other lists leave. */
export function* checkEach(variable: Variable, reached: Reached[], solution: Solution, failed: string[]): Plan<void> {
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
    long.complete = open.length <= MAX_CHECKS;
  }
}

/** "cardiomyopathy" also means its kinds: takes them in where the name alone leads nowhere. @returns whether there are any */
export function* widen(constraints: Constraint[], query: Query, solution: Solution, failed: string[]): Plan<boolean> {
  const anchors = [...new Set(constraints.flatMap((c) => [c.subject, c.object]))].filter(
    (id) => query.terms.get(id)?.kind === "anchor",
  );
  const known = new Set(anchors.flatMap((id) => solution.values.get(id)!.flatMap((v) => [...v.ids])));
  let level = anchors.flatMap((id) =>
    solution.values.get(id)!.flatMap((v) => [...v.ids].map((entity) => ({ id, entity }))),
  );
  let widened = false;
  for (let depth = 0; depth < 2 && level.length > 0 && level.length <= MAX_ENDS; depth++) {
    const returned = yield {
      thought: depth === 0 ? "Nothing under that very name; do its kinds fit?" : "And the kinds of those?",
      calls: level.map(({ entity }) =>
        getNeighbors({ id: entity, predicates: ["subclass_of"], direction: "in", limit: PAGE }),
      ),
    };
    failed.push(...failures(returned));
    const next: typeof level = [];
    for (const [n, { id }] of level.entries()) {
      for (const r of readNeighbors(returned[n])?.relations ?? []) {
        if (known.has(r.subject)) continue;
        known.add(r.subject);
        const values = solution.values.get(id)!;
        solution.values.set(id, [
          ...values,
          ...group([{ id: r.subject, name: r.subjectName, category: r.subjectCategory }]),
        ]);
        next.push({ id, entity: r.subject });
        widened = true;
      }
    }
    level = next;
  }
  return widened;
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

/** Solves a query hop by hop: from what is named to what is asked, one relation a step, intersecting where several meet. */
import type { EntityMatch, PredicateName } from "../../../schemas/index.ts";
import { verbalise } from "../../../schemas/index.ts";
import { failures, getNeighbors, readNeighbors } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import {
  endKey,
  endOf,
  group,
  keyOf,
  otherEnd,
  toLink,
  type Gap,
  type Link,
  type Named,
  type Solution,
  type Value,
} from "./links.ts";
import {
  anchorsOf,
  fitting,
  variablesOf,
  type Anchor,
  type Constraint,
  type Query,
  type Term,
  type Variable,
} from "./query.ts";
import { satisfying, type Condition } from "./conditions.ts";
import { checkKinds, widenEnds, type Widened } from "./kinds.ts";
import { checkEach, follow, idsAt, MAX_ENDS, meet, type Reached } from "./reach.ts";
import { list } from "./text.ts";

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

/** The unknown that is tied to most of what is known already; of several, the one whose ties are rarest. */
function nextVariable(
  query: Query,
  { values }: Solution,
): { variable: Variable; constraints: Constraint[] } | undefined {
  let best: { variable: Variable; constraints: Constraint[]; degree: number } | undefined;
  for (const variable of variablesOf(query)) {
    if (values.has(variable.id)) continue;
    const constraints = query.constraints.filter((c) => values.has(otherEnd(c, variable.id) ?? ""));
    if (constraints.length === 0) continue;
    const degree = Math.min(...constraints.map((c) => degreeOf(query.terms.get(otherEnd(c, variable.id)!)!)));
    const more = constraints.length - (best?.constraints.length ?? 0);
    if (!best || more > 0 || (more === 0 && degree < best.degree)) best = { variable, constraints, degree };
  }
  return best;
}

/** Relations of a name; what was found on the way is taken to have few. */
function degreeOf(term: Term): number {
  return term.kind === "anchor" ? Math.max(...term.entities.map((e) => e.degree ?? 0)) : 0;
}

/** Finds what an unknown may be: by the very words first, then by near words, by kinds of what is named, by what falls under it. */
function* bind(variable: Variable, constraints: Constraint[], query: Query, solution: Solution): Plan<Gap | undefined> {
  const failed: string[] = [];
  const conditions = query.conditions.filter((c) => c.term === variable.id);
  let meeting = yield* intersect(variable, constraints, query, solution, failed);
  let values = yield* satisfying(group(meeting.entities), conditions, failed);
  for (const widen of [withNearWords, checkKinds, widenEnds]) {
    if (values.length > 0) break;
    const widened = yield* widen(variable, constraints, meeting.reached, query, solution, failed);
    if (!widened) continue;
    meeting =
      widened === "reached"
        ? meetingOf(variable, constraints, meeting.reached, query, solution)
        : yield* intersect(variable, constraints, query, solution, failed);
    values = yield* satisfying(group(meeting.entities), conditions, failed);
  }
  if (values.length === 0) {
    return {
      term: variable,
      message: missing(variable, constraints, conditions, meeting, query, solution),
      failures: failed,
    };
  }
  solution.values.set(variable.id, values);
  solution.links.push(...meeting.links);
  for (const r of meeting.reached) {
    if (!r.complete) solution.notes.push(`only the first ${r.links.length} ${variable.label} were looked at`);
  }
  return undefined;
}

/** Who makes a drug may be stored as who developed it, and the other way round. */
const NEAR: Partial<Record<PredicateName, PredicateName>> = {
  developed_by: "manufactured_by",
  manufactured_by: "developed_by",
};

/** Takes near words in, in place: links refer to the constraints. */
// oxlint-disable-next-line require-yield -- one of several ways to widen, all of which are plans
function* withNearWords(_: Variable, constraints: Constraint[]): Plan<Widened> {
  const near = constraints.filter((c) => c.predicates.some((p) => NEAR[p] && !c.predicates.includes(NEAR[p])));
  for (const c of near) c.predicates = [...new Set([...c.predicates, ...c.predicates.flatMap((p) => NEAR[p] ?? [])])];
  return near.length > 0 ? "ends" : false;
}

interface Meeting {
  reached: Reached[];
  /** What every constraint reaches, less what the question itself names. */
  entities: Named[];
  links: Link[];
}

function* intersect(
  variable: Variable,
  constraints: Constraint[],
  query: Query,
  solution: Solution,
  failed: string[],
): Plan<Meeting> {
  const reached: Reached[] = [];
  for (const constraint of rarestFirst(constraints, variable, query)) {
    const base = reached[0];
    // Between few ends the graph is asked for the meeting points themselves.
    const few =
      base !== undefined &&
      idsAt(base.constraint, variable, solution).length * idsAt(constraint, variable, solution).length <= 6;
    // Of three endless lists the third is not read: checkEach asks it about what the first two share.
    const endless = reached.length > 1 && reached.every((r) => !r.complete);
    const result: Reached = endless
      ? { constraint, links: [], complete: false }
      : few
        ? yield* meet(variable, base, constraint, [], solution, failed)
        : yield* follow(variable, constraint, solution, failed);
    reached.push(result);
    if (result.links.length === 0 && result.complete) break;
  }
  yield* checkEach(variable, reached, solution, failed);
  return meetingOf(variable, constraints, reached, query, solution);
}

function meetingOf(
  variable: Variable,
  constraints: Constraint[],
  reached: Reached[],
  query: Query,
  solution: Solution,
): Meeting {
  const keys = reached
    .map((r) => new Set(r.links.map((l) => endKey(l, variable.id))))
    .reduce((a, b) => a.intersection(b));
  const named = excluded(variable, query, solution);
  const all = reached.flatMap((r) => [...new Map(r.links.map((l) => [l.relation.id, l])).values()]);
  const links = all.filter((l) => keys.has(endKey(l, variable.id)));
  const entities =
    reached.length < constraints.length
      ? []
      : links.map((l) => endOf(l, variable.id)).filter((e) => !named.has(keyOf(e)) && !named.has(e.id));
  return { reached, entities, links };
}

/** A short list first: it says early where nothing is to be had, and keeps the checks of the long ones few. */
function rarestFirst(constraints: Constraint[], variable: Variable, query: Query): Constraint[] {
  const degree = (c: Constraint) => degreeOf(query.terms.get(otherEnd(c, variable.id)!)!);
  return constraints.toSorted((a, b) => degree(a) - degree(b));
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

function missing(
  variable: Variable,
  constraints: Constraint[],
  conditions: readonly Condition[],
  { reached, entities }: Meeting,
  query: Query,
  solution: Solution,
): string {
  if (entities.length > 0)
    return `it does not say of any such ${variable.label}: ${list(conditions.map((c) => c.text))}`;
  const describe = (c: Constraint) => {
    const end = otherEnd(c, variable.id)!;
    const term = query.terms.get(end)!;
    const known = term.kind === "anchor" ? term.text : list(solution.values.get(end)!.map((v) => v.name));
    const unknown = `any ${variable.label === "answer" ? "thing" : variable.label}`;
    return c.subject === variable.id
      ? verbalise(unknown, c.predicates[0]!, known)
      : verbalise(known, c.predicates[0]!, unknown);
  };
  const broken = reached.length < constraints.length ? reached.at(-1)!.constraint : undefined;
  if (broken || constraints.length === 1) return `it holds no statement that ${describe(broken ?? constraints[0]!)}`;
  const all = constraints.map(describe).join("; ");
  // What was not read to its end may hold the answer: that is no statement about the knowledge.
  return reached.some((r) => !r.complete)
    ? `I found nothing that satisfies all of: ${all}; the lists are too long to be read to their ends`
    : `nothing in it satisfies all of: ${all}`;
}

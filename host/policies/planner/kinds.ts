/** "cardiomyopathy" also means its kinds, and "Gaucher disease" its types: where a name alone leads nowhere, what falls under it is tried. */
import { failures, findEntities, getNeighbors, readEntities, readNeighbors } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import { endKey, group, type Named, type Solution } from "./links.ts";
import type { Anchor, Constraint, Query, Variable } from "./query.ts";
import { MAX_ENDS, meet, type Reached } from "./reach.ts";
import { list, startsWith } from "./text.ts";

/** `reached`: there are new links among those reached · `ends`: there are new ends to start from · false: nothing new. */
export type Widened = "reached" | "ends" | false;

/** Adds to each named end what falls under it. */
export function* widenEnds(
  _variable: Variable,
  constraints: Constraint[],
  _reached: Reached[],
  query: Query,
  solution: Solution,
  failed: string[],
): Plan<Widened> {
  const anchors = [...new Set(constraints.flatMap((c) => [c.subject, c.object]))]
    .map((id) => query.terms.get(id))
    .filter((t): t is Anchor => t?.kind === "anchor");
  const ends = anchors.flatMap((a) => idsOf(a.id, solution).map((entity) => ({ anchor: a, entity })));
  if (ends.length === 0 || ends.length > MAX_ENDS) return false;
  const returned = yield {
    thought: `Nothing under that very name; what falls under ${list(anchors.map((a) => a.text))}?`,
    calls: [
      ...ends.map(({ entity }) =>
        getNeighbors({ id: entity, predicates: ["subclass_of"], direction: "in", limit: 40 }),
      ),
      ...anchors.map((a) => findEntities(a.text, 20)),
    ],
  };
  failed.push(...failures(returned));
  let widened = false;
  const add = (anchor: Anchor, found: Named) => {
    if (idsOf(anchor.id, solution).includes(found.id)) return;
    solution.values.set(anchor.id, [...solution.values.get(anchor.id)!, ...group([found])]);
    widened = true;
  };
  for (const [n, { anchor }] of ends.entries()) {
    for (const r of readNeighbors(returned[n])?.relations ?? [])
      add(anchor, { id: r.subject, name: r.subjectName, category: r.subjectCategory });
  }
  for (const [n, anchor] of anchors.entries()) {
    const categories = new Set(anchor.entities.map((e) => e.category));
    for (const e of readEntities(returned[ends.length + n])?.entities ?? []) {
      if (categories.has(e.category) && startsWith(e.matchedName, anchor.text)) add(anchor, e);
    }
  }
  return widened && "ends";
}

/** Does what one constraint reaches have a *kind* of what another names? Links found are added to `reached`. */
export function* checkKinds(
  variable: Variable,
  constraints: Constraint[],
  reached: Reached[],
  _query: Query,
  solution: Solution,
  failed: string[],
): Plan<Widened> {
  const base = reached.find((r) => r.links.length > 0);
  if (!base) return false;
  let added = false;
  for (const constraint of constraints.filter((c) => c !== base.constraint && c.subject === variable.id)) {
    const known = reached.find((r) => r.constraint === constraint);
    if (known && meets(known, base, variable)) continue;
    let found: Reached | undefined;
    for (const upward of [["subclass_of"], ["subclass_of", "subclass_of"]]) {
      if (!found || found.links.length === 0) found = yield* meet(variable, base, constraint, upward, solution, failed);
    }
    if (found!.links.length === 0) return false;
    addKinds(constraint, found!, solution);
    if (known) known.links.push(...found!.links);
    else reached.push(found!);
    added = true;
  }
  return added && "reached";
}

function meets(a: Reached, b: Reached, variable: Variable): boolean {
  const keys = new Set(b.links.map((l) => endKey(l, variable.id)));
  return a.links.some((l) => keys.has(endKey(l, variable.id)));
}

/** The kinds that were found are from now on meant by the name. */
function addKinds(constraint: Constraint, found: Reached, solution: Solution): void {
  for (const { relation } of found.links) {
    const values = solution.values.get(constraint.object)!;
    if (values.some((v) => v.ids.has(relation.object))) continue;
    const kind = { id: relation.object, name: relation.objectName, category: relation.objectCategory };
    solution.values.set(constraint.object, [...values, ...group([kind])]);
  }
}

function idsOf(term: string, solution: Solution): string[] {
  return solution.values.get(term)!.flatMap((v) => [...v.ids]);
}

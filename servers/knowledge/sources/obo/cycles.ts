/** A hierarchy that runs in a circle has no top: the step that closes a circle is told and left out. */

export interface Step {
  subject: string;
  predicate: string;
  object: string;
}

/** `subclass_of` steps without those that close a circle, in their order; others pass. @param onCycle told the ids of a circle, the first again at its end */
export function acyclic(steps: readonly Step[], onCycle: (cycle: string[]) => void): Step[] {
  const parents = new Map<string, Step[]>();
  for (const step of steps) {
    if (step.predicate !== "subclass_of") continue;
    const known = parents.get(step.subject);
    if (known) known.push(step);
    else parents.set(step.subject, [step]);
  }
  const closing = new Set<Step>();
  const done = new Set<string>();
  for (const root of parents.keys()) walk(root, parents, done, closing, onCycle);
  return steps.filter((step) => !closing.has(step));
}

/** Depth first, without recursion: ontologies are deep, and wild ones deeper. */
function walk(
  root: string,
  parents: ReadonlyMap<string, Step[]>,
  done: Set<string>,
  closing: Set<Step>,
  onCycle: (cycle: string[]) => void,
): void {
  if (done.has(root)) return;
  const path = [{ id: root, next: 0 }];
  const onPath = new Set([root]);
  while (path.length > 0) {
    const top = path.at(-1)!;
    const step = parents.get(top.id)?.[top.next++];
    if (!step) {
      done.add(top.id);
      onPath.delete(top.id);
      path.pop();
    } else if (onPath.has(step.object)) {
      closing.add(step);
      const ids = path.map(({ id }) => id);
      onCycle([...ids.slice(ids.indexOf(step.object)), step.object]);
    } else if (!done.has(step.object)) {
      path.push({ id: step.object, next: 0 });
      onPath.add(step.object);
    }
  }
}

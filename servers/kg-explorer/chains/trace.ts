/** A table of states, and the way back from one of them to the path that it stands for. */
import type { ChainGraph } from "./graph.ts";
import { OFF } from "./pieces.ts";
import type { States } from "./states.ts";

export interface Table {
  scope: readonly number[];
  states: States;
  /** Nodes that are decided (1): those on the path are counted in the values. */
  gone: Uint8Array;
  /** Tables that the rows point back into. */
  left?: Table | undefined;
  right?: Table | undefined;
}

/** @returns the nodes of the path behind a state whose pieces are all one; from `start`, or from either end where it is -1 */
export function tracePath({ walk }: ChainGraph, start: number, table: Table, row: number): number[] {
  const on = new Set<number>();
  collect(table, row, on);
  const within = (node: number) => walk[node]!.filter((other) => on.has(other));
  const first = start >= 0 ? start : [...on].find((node) => within(node).length === 1)!;
  const path = [first];
  on.delete(first);
  for (const node of path) {
    const [next] = within(node);
    if (next === undefined) break;
    on.delete(next);
    path.push(next);
  }
  return path;
}

/** The nodes on the path in this state and in those that it was made of. */
function collect({ scope, states, left, right }: Table, row: number, on: Set<number>): void {
  scope.forEach((node, i) => {
    if (states.bytes[row * states.stride + i] !== OFF) on.add(node);
  });
  if (left && states.left[row]! >= 0) collect(left, states.left[row]!, on);
  if (right && states.right[row]! >= 0) collect(right, states.right[row]!, on);
}

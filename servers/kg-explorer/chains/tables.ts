/**
 * A longest induced path, exactly, by tables over an elimination order: the work grows with the order's width, not with
 * the number of paths, so narrow graphs of any size are solved. A state says, for the nodes in scope, which are on the path
 * and how the pieces so far hang together (`pieces.ts`); a table keeps for each state the most nodes that are behind it.
 */
import type { Elimination } from "./elimination.ts";
import type { ChainGraph } from "./graph.ts";
import { CLOSED, FRESH, MATE, MAX_SCOPE, OFF, Pieces } from "./pieces.ts";
import { Scope } from "./scope.ts";
import { States } from "./states.ts";
import { tracePath, type Table } from "./trace.ts";

export interface TableLimits {
  /** Only paths of more nodes than this are looked for. */
  floor: number;
  maxStates: number;
  /** Asked now and then: whether to give up. */
  late(): boolean;
}

export class GaveUp extends Error {}

/**
 * @param graph connected
 * @param start where the path begins; -1 for anywhere
 * @returns the nodes of a longest induced path of at least two nodes, or undefined where none has more than `floor`
 * @throws GaveUp where a limit was met
 */
export function longestByTables(
  graph: ChainGraph,
  start: number,
  { order, bags }: Elimination,
  limits: TableLimits,
): number[] | undefined {
  const tables = new Tables(graph, start, limits);
  const place = new Int32Array(graph.size);
  order.forEach((node, i) => (place[node] = i));
  const waiting = order.map((): Table[] => []);
  for (const [i, node] of order.entries()) {
    const table = tables.forget(tables.introduce(tables.joined(waiting[i]!), node), node);
    waiting[i] = [];
    const parent = Math.min(...bags[i]!.map((other) => place[other]!));
    if (parent === Infinity) return tables.path(table);
    waiting[parent]!.push(table);
  }
  return undefined;
}

class Tables {
  readonly #graph: ChainGraph;
  readonly #start: number;
  readonly #limits: TableLimits;
  readonly #pieces: Pieces;
  /** The most nodes that each table at hand has behind it. */
  readonly #most = new Map<Table, number>();
  #decided = 0;
  #states = 0;
  #work = 0;

  constructor(graph: ChainGraph, start: number, limits: TableLimits) {
    this.#graph = graph;
    this.#start = start;
    this.#limits = limits;
    this.#pieces = new Pieces({ start, ends: graph.ends });
  }

  /** All tables as one, small ones first. */
  joined(tables: readonly Table[]): Table {
    const [first, ...rest] = tables.toSorted((a, b) => a.states.size - b.states.size);
    if (first) return rest.reduce((one, other) => this.#join(one, other), first);
    const states = new States(1);
    states.put(new Uint8Array(1), 0, -1, -1);
    return { scope: [], states, gone: new Uint8Array(this.#graph.size) };
  }

  /** Brings `node` and its neighbours into scope: each of the new ones is on the path or off. */
  introduce(table: Table, node: number): Table {
    const { walk, chords } = this.#graph;
    let result = table;
    for (const fresh of [node, ...walk[node]!, ...chords[node]!]) {
      if (!result.scope.includes(fresh) && result.gone[fresh] === 0) result = this.#introduceOne(result, fresh);
    }
    return result;
  }

  /** Joins `node` to its neighbours on the path and takes it out of scope. */
  forget(table: Table, node: number): Table {
    const slot = table.scope.indexOf(node);
    const width = table.scope.length;
    const neighbours = this.#graph.walk[node]!.flatMap((other) => {
      const at = table.scope.indexOf(other);
      return at < 0 ? [] : [at];
    });
    const { bytes } = this.#pieces;
    const fill = this.#begin(table.scope.toSpliced(slot, 1), table, undefined, node);
    for (let row = 0; row < table.states.size; row++) {
      this.#load(table, row);
      const on = bytes[slot] !== OFF;
      if (on ? !this.#settled(table.scope, slot, neighbours) : node === this.#start) continue;
      for (let i = slot; i < width - 1; i++) bytes[i] = bytes[i + 1]!;
      for (let i = 0; i < width - 1; i++) if (bytes[i]! > MATE + slot) bytes[i]!--;
      fill.put(table.states.values[row]! + (on ? 1 : 0), row, -1);
    }
    return this.#finished(fill.table);
  }

  /** The path of the best state of the last table. */
  path(table: Table): number[] | undefined {
    const { values, size } = table.states;
    const row = size > 1 && values[1]! > values[0]! ? 1 : 0;
    const best = size > 0 ? values[row]! : 0;
    if (best < 2 || best <= this.#limits.floor) return undefined;
    return tracePath(this.#graph, this.#start, table, row);
  }

  #settled(scope: readonly number[], slot: number, neighbours: readonly number[]): boolean {
    for (const other of neighbours) {
      if (this.#pieces.bytes[other] !== OFF && !this.#pieces.link(slot, other, scope)) return false;
    }
    return this.#pieces.settle(slot, scope.length);
  }

  #introduceOne(table: Table, node: number): Table {
    const slot = table.scope.length;
    const fill = this.#begin([...table.scope, node], table);
    for (let row = 0; row < table.states.size; row++) {
      const value = table.states.values[row]!;
      if (node !== this.#start) {
        this.#load(table, row);
        this.#pieces.bytes[slot] = OFF;
        fill.put(value, row, -1);
      }
      this.#load(table, row);
      if (this.#pieces.whole) continue;
      this.#pieces.bytes[slot] = FRESH;
      if (fill.scope.sound(this.#pieces)) fill.put(value, row, -1);
    }
    return this.#finished(fill.table);
  }

  #join(one: Table, other: Table): Table {
    const scope = [...one.scope, ...other.scope.filter((node) => !one.scope.includes(node))];
    const fill = this.#begin(scope, one, other);
    const common = other.scope.flatMap((node, i) => (one.scope.includes(node) ? [[one.scope.indexOf(node), i]] : []));
    const ours = masksOf(
      one.states,
      common.map(([slot]) => slot!),
    );
    const theirs = masksOf(
      other.states,
      common.map(([, slot]) => slot!),
    );
    const partners = Map.groupBy(Array(other.states.size).keys(), (row) => theirs.on[row]!);
    const slots = Int32Array.from(other.scope, (node) => scope.indexOf(node));
    const known = one.scope.length;
    const pieces = this.#pieces;
    for (let row = 0; row < one.states.size; row++) {
      const group = partners.get(ours.on[row]!);
      if (!group) continue;
      const closed = ours.closed[row]!;
      const full = closed | ours.ends[row]!;
      for (const partner of group) {
        if (closed & (theirs.closed[partner]! | theirs.ends[partner]!) || theirs.closed[partner]! & full) continue;
        this.#load(one, row);
        for (let i = known; i < scope.length; i++) pieces.bytes[i] = OFF;
        const { bytes, stride, values } = other.states;
        if (!pieces.add(bytes, partner * stride, slots, known, scope, values[partner]! > 0)) continue;
        if (fill.scope.sound(pieces)) fill.put(one.states.values[row]! + values[partner]!, row, partner);
      }
    }
    return this.#finished(fill.table);
  }

  #load(table: Table, row: number): void {
    const { bytes, stride, values } = table.states;
    this.#pieces.load(bytes, row * stride, table.scope.length, values[row]! > 0);
  }

  /** A new table, and what puts the state in hand into it if that can still lead to a path that is long enough. */
  #begin(scope: readonly number[], left: Table, right?: Table, forgotten?: number) {
    if (scope.length > MAX_SCOPE) throw new GaveUp("too many nodes in scope");
    const gone = left.gone.slice();
    if (right) for (let i = 0; i < gone.length; i++) gone[i]! |= right.gone[i]!;
    if (forgotten !== undefined) gone[forgotten] = 1;
    const table: Table = { scope, states: new States(scope.length + 1), gone, left, right };
    const kit = new Scope(this.#graph, scope, gone, this.#start);
    const pieces = this.#pieces;
    if (forgotten !== undefined) this.#decided++;
    // What the other tables can add at most, and the nodes that none has decided yet.
    this.#most.delete(left);
    if (right) this.#most.delete(right);
    const others = this.#most.values().reduce((sum, most) => sum + most, 0);
    const rest = others + this.#graph.size - this.#decided - scope.length;
    const put = (value: number, row: number, partner: number) => {
      if ((++this.#work & 4095) === 0 && this.#limits.late()) throw new GaveUp("out of time");
      let on = 0;
      for (let i = 0; i < scope.length; i++) if (pieces.bytes[i] !== OFF) on++;
      if (value + on + rest <= this.#limits.floor || !kit.open(pieces, this.#start < 0)) return;
      pieces.normalise(scope.length);
      // Nothing in scope is on the path: the whole path behind is not the same as none yet.
      pieces.bytes[scope.length] = on === 0 && value > 0 ? 1 : 0;
      table.states.put(pieces.bytes, value, row, partner);
      if (this.#states + table.states.size > this.#limits.maxStates) throw new GaveUp("too many states");
    };
    return { table, scope: kit, put };
  }

  #finished(table: Table): Table {
    table.states.seal();
    this.#states += table.states.size;
    const { values, size } = table.states;
    let most = 0;
    for (let row = 0; row < size; row++) if (values[row]! > most) most = values[row]!;
    this.#most.set(table, most);
    return table;
  }
}

/** For each state, over the slots given: which are on the path, which of these have all their neighbours, which have one. */
function masksOf({ size, stride, bytes }: States, slots: readonly number[]) {
  const [on, closed, ends] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  for (let row = 0; row < size; row++) {
    for (let bit = 0; bit < slots.length; bit++) {
      const code = bytes[row * stride + slots[bit]!]!;
      if (code === OFF) continue;
      on[row]! |= 1 << bit;
      if (code === CLOSED) closed[row]! |= 1 << bit;
      else if (code !== FRESH) ends[row]! |= 1 << bit;
    }
  }
  return { on, closed, ends };
}

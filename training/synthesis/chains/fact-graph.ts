/**
 * A knowledge graph as integers: what chains are searched in and questions are evaluated over. Entities are numbered
 * 0…n-1 in order of arrival; each has its steps (what can be reached over one relation) in one run of flat arrays.
 */
import type { Entity } from "../../../schemas/index.ts";
import type { GraphStore } from "../../../servers/knowledge/index.ts";

/** A predicate walked from its subject (`out`) is `2 * predicate`, from its object `2 * predicate + 1`. */
export type Step = number;

export function reversed(step: Step): Step {
  return step ^ 1;
}

export function isForward(step: Step): boolean {
  return (step & 1) === 0;
}

/**
 * The graph in memory. A relation is a *fact* where it is not negated and does not rest on retracted documents alone;
 * a fact has *evidence* where a document that is not retracted says it. Anything stored, negated or not, makes two
 * entities *adjacent*.
 */
export class FactGraph {
  /** `ids[i]`, `names[i]`, `categories[i]` belong to entity i. */
  readonly ids: string[] = [];
  readonly names: string[] = [];
  readonly categories: string[] = [];
  readonly predicates: string[] = [];
  /** Steps of entity i over facts: positions `first[i]` … `first[i + 1] - 1` of `to`, `step`, `relation`. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  readonly step: Uint16Array;
  /** Row of the relation in the store, or its complement (`~row`) where no valid evidence says it. */
  readonly relation: Int32Array;
  readonly #all: { first: Int32Array; to: Int32Array };
  readonly #attributes = new Map<number, NonNullable<Entity["attributes"]>>();
  readonly #rows: number[] = [];
  readonly #ofStep = new Map<Step, Int32Array>();
  readonly #below = new Map<number, readonly number[]>();
  #parents: Map<number, number[]> | undefined;

  /** @param retracted documents that are no evidence */
  constructor(graph: GraphStore, retracted: ReadonlySet<string>) {
    const indexOf = this.#readEntities(graph);
    const predicateOf = this.#readPredicates(graph);
    const support = supportOf(graph, retracted);
    const facts = new EdgeList();
    const all = new EdgeList();
    const asserted = new Set<string>();
    const denied = new Set<string>();
    const edges = [...graph.edges()];
    for (const e of edges) {
      if (e.negated) denied.add(`${e.subject} ${e.predicate} ${e.object}`);
    }
    for (const { relation, subject, predicate, object, negated } of edges) {
      const [s, o] = [indexOf.get(subject)!, indexOf.get(object)!];
      if (s === o) continue;
      all.push(s, o, 0, 0);
      const state = support.get(relation);
      if (negated || state === false) continue;
      const key = `${subject} ${predicate} ${object}`;
      const usable = state === true && !denied.has(key);
      // The same triple in two contexts is one fact; the first with evidence stands for it.
      if (asserted.has(key) && !usable) continue;
      asserted.add(key);
      facts.push(s, o, 2 * predicateOf.get(predicate)!, usable ? relation : ~relation);
    }
    ({ first: this.first, to: this.to, step: this.step, relation: this.relation } = facts.compressed(this.size));
    this.#all = all.compressed(this.size);
  }

  get size(): number {
    return this.ids.length;
  }

  /** The row of entity i in the store. */
  rowOf(entity: number): number {
    return this.#rows[entity]!;
  }

  attributes(entity: number): NonNullable<Entity["attributes"]> | undefined {
    return this.#attributes.get(entity);
  }

  /** How many facts the entity takes part in. */
  degree(entity: number): number {
    return this.first[entity + 1]! - this.first[entity]!;
  }

  /** Whether anything stored relates the two, in either direction. */
  adjacent(a: number, b: number): boolean {
    const { first, to } = this.#all;
    const [from, other] = first[a + 1]! - first[a]! <= first[b + 1]! - first[b]! ? [a, b] : [b, a];
    for (let k = first[from]!; k < first[from + 1]!; k++) if (to[k] === other) return true;
    return false;
  }

  /** Entities that can make this step, ascending. */
  having(step: Step): Int32Array {
    let found = this.#ofStep.get(step);
    if (!found) {
      const list: number[] = [];
      for (let i = 0; i < this.size; i++) {
        for (let k = this.first[i]!; k < this.first[i + 1]!; k++) {
          if (this.step[k] === step) {
            list.push(i);
            break;
          }
        }
      }
      this.#ofStep.set(step, (found = Int32Array.from(list)));
    }
    return found;
  }

  /** The entity and all that falls under it by `subclass_of`; a named thing includes its kinds. */
  kindsOf(entity: number): readonly number[] {
    let found = this.#below.get(entity);
    if (!found) {
      const down = reversed(2 * this.predicates.indexOf("subclass_of"));
      const seen = new Set([entity]);
      for (const e of seen) {
        for (let k = this.first[e]!; k < this.first[e + 1]!; k++) if (this.step[k] === down) seen.add(this.to[k]!);
      }
      this.#below.set(entity, (found = [...seen]));
    }
    return found;
  }

  /** What the entity is directly a kind of. */
  parentsOf(entity: number): readonly number[] {
    if (!this.#parents) {
      this.#parents = new Map();
      const up = 2 * this.predicates.indexOf("subclass_of");
      for (const e of up < 0 ? [] : this.having(up)) {
        const parents: number[] = [];
        for (let k = this.first[e]!; k < this.first[e + 1]!; k++) if (this.step[k] === up) parents.push(this.to[k]!);
        this.#parents.set(e, parents);
      }
    }
    return this.#parents.get(entity) ?? [];
  }

  #readEntities(graph: GraphStore): Map<number, number> {
    const indexOf = new Map<number, number>();
    for (const { row, entity } of graph.entities()) {
      indexOf.set(row, this.ids.length);
      if (entity.attributes) this.#attributes.set(this.ids.length, entity.attributes);
      this.#rows.push(row);
      this.ids.push(entity.id);
      this.names.push(entity.name);
      this.categories.push(entity.category);
    }
    return indexOf;
  }

  #readPredicates(graph: GraphStore): Map<number, number> {
    const rows = graph.predicates().toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.predicates.push(...rows.map((p) => p.name));
    return new Map(rows.map((p, i) => [p.row, i]));
  }
}

/** Relation row → whether a document that is not retracted says it; absent where nothing is cited at all. */
function supportOf(graph: GraphStore, retracted: ReadonlySet<string>): Map<number, boolean> {
  const support = new Map<number, boolean>();
  for (const { relation, document } of graph.citations()) {
    if (support.get(relation) !== true) support.set(relation, !retracted.has(document));
  }
  return support;
}

/** Edges as they come, then by entity and in both directions. */
class EdgeList {
  readonly #edges: number[] = [];

  push(subject: number, object: number, step: Step, relation: number): void {
    this.#edges.push(subject, object, step, relation);
  }

  compressed(size: number) {
    const edges = this.#edges;
    const first = new Int32Array(size + 1);
    for (let i = 0; i < edges.length; i += 4) {
      first[edges[i]! + 1]!++;
      first[edges[i + 1]! + 1]!++;
    }
    for (let i = 0; i < size; i++) first[i + 1]! += first[i]!;
    const next = first.slice();
    const to = new Int32Array(edges.length / 2);
    const step = new Uint16Array(edges.length / 2);
    const relation = new Int32Array(edges.length / 2);
    for (let i = 0; i < edges.length; i += 4) {
      const [s, o] = [edges[i]!, edges[i + 1]!];
      const out = next[s]!++;
      to[out] = o;
      step[out] = edges[i + 2]!;
      relation[out] = edges[i + 3]!;
      const back = next[o]!++;
      to[back] = s;
      step[back] = edges[i + 2]! ^ 1;
      relation[back] = edges[i + 3]!;
    }
    return { first, to, step, relation };
  }
}

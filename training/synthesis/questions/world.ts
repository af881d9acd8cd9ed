/** A knowledge folder as the generator needs it: facts as integers, documents as words, names, what is named where. */
import type { Entity } from "../../../schemas/index.ts";
import { normaliseName, type Knowledge } from "../../../servers/knowledge/index.ts";
import { FactGraph } from "../chains/fact-graph.ts";
import { DocumentIndex } from "./document-index.ts";
import { Evaluator } from "./evaluate.ts";

export class World {
  readonly knowledge: Knowledge;
  readonly graph: FactGraph;
  readonly documents: DocumentIndex;
  readonly evaluator: Evaluator;
  /** Folded preferred name → how many entities have it. */
  readonly #bearers = new Map<string, number>();
  readonly #documentsOf = new Map<number, readonly number[]>();
  readonly #entities = new Map<number, Entity>();

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
    this.documents = new DocumentIndex(knowledge.documents);
    this.graph = new FactGraph(knowledge.graph, this.documents.retracted);
    this.evaluator = new Evaluator(this.graph);
    for (const name of this.graph.names) {
      const norm = normaliseName(name);
      this.#bearers.set(norm, (this.#bearers.get(norm) ?? 0) + 1);
    }
  }

  entity(index: number): Entity {
    let found = this.#entities.get(index);
    if (!found) this.#entities.set(index, (found = this.knowledge.graph.entityAt(this.graph.rowOf(index))));
    return found;
  }

  /** Whether the preferred name means this entity and no other, and is more than a sign. */
  isUnambiguous(index: number): boolean {
    const norm = normaliseName(this.graph.names[index]!);
    return norm.length > 1 && this.#bearers.get(norm) === 1;
  }

  /** All names of an entity. */
  namesOf(index: number): string[] {
    const { name, synonyms = [] } = this.entity(index);
    return [name, ...synonyms];
  }

  /** Documents that name the entity by any of its names, ascending. */
  documentsNaming(index: number): readonly number[] {
    let found = this.#documentsOf.get(index);
    if (!found) {
      const all = new Set(this.namesOf(index).flatMap((name) => this.documents.naming(name)));
      this.#documentsOf.set(index, (found = [...all].toSorted((a, b) => a - b)));
    }
    return found;
  }

  /** Whether some document names both. */
  isNamedBeside(one: number, other: number): boolean {
    const [a, b] = [this.documentsNaming(one), this.documentsNaming(other)];
    let j = 0;
    for (const d of a) {
      while (j < b.length && b[j]! < d) j++;
      if (b[j] === d) return true;
    }
    return false;
  }
}

/** What the knowledge says, as the verifier reads it: facts by predicate, kinds, and what is related at all. Entities are rows of the store. */
import type { Entity } from "../../../schemas/index.ts";
import type { Knowledge } from "../../../servers/knowledge/index.ts";

/** Facts of one predicate, from both sides. */
interface Sides {
  objects: Map<number, Set<number>>;
  subjects: Map<number, Set<number>>;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * A relation is a fact unless it is negated or every document that says it was retracted (a relation that cites
 * nothing at all, as those of an ontology, is one).
 */
export class Facts {
  readonly #knowledge: Knowledge;
  readonly #byPredicate = new Map<string, Sides>();
  /** Everything stored between two entities, negated or not. */
  readonly #related = new Map<number, Set<number>>();
  readonly #denied = new Set<string>();
  readonly #kinds = new Map<number, ReadonlySet<number>>();
  readonly #entities = new Map<number, Entity>();
  readonly #rows = new Map<string, number>();
  /** Rows of all entities. */
  readonly all: readonly number[];

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
    const { graph, documents } = knowledge;
    const names = new Map(graph.predicates().map(({ row, name }) => [row, name]));
    const standing = new Map<string, boolean>();
    const stands = (document: string) => {
      let known = standing.get(document);
      if (known === undefined) standing.set(document, (known = documents.integrity(document) !== "retracted"));
      return known;
    };
    const withdrawn = new Set<number>();
    const supported = new Set<number>();
    for (const { relation, document } of graph.citations()) {
      (stands(document) ? supported : withdrawn).add(relation);
    }
    for (const { relation, subject, predicate, object, negated } of graph.edges()) {
      into(this.#related, subject, object);
      into(this.#related, object, subject);
      const name = names.get(predicate)!;
      if (negated) this.#denied.add(`${subject} ${name} ${object}`);
      else if ((!withdrawn.has(relation) || supported.has(relation)) && subject !== object) {
        const sides = this.#sides(name);
        into(sides.objects, subject, object);
        into(sides.subjects, object, subject);
      }
    }
    for (const { row, id } of graph.select("SELECT row, id FROM entities")) this.#rows.set(String(id), Number(row));
    this.all = [...this.#rows.values()];
  }

  row(id: string): number | undefined {
    return this.#rows.get(id);
  }

  entity(row: number): Entity {
    let found = this.#entities.get(row);
    if (!found) this.#entities.set(row, (found = this.#knowledge.graph.entityAt(row)));
    return found;
  }

  objectsOf(subject: number, predicate: string): ReadonlySet<number> {
    return this.#byPredicate.get(predicate)?.objects.get(subject) ?? NONE;
  }

  subjectsOf(object: number, predicate: string): ReadonlySet<number> {
    return this.#byPredicate.get(predicate)?.subjects.get(object) ?? NONE;
  }

  /** Entities that are the subject of some fact of this predicate. */
  subjects(predicate: string): Iterable<number> {
    return this.#byPredicate.get(predicate)?.objects.keys() ?? [];
  }

  objects(predicate: string): Iterable<number> {
    return this.#byPredicate.get(predicate)?.subjects.keys() ?? [];
  }

  areRelated(one: number, other: number): boolean {
    return this.#related.get(one)?.has(other) === true;
  }

  isDenied(subject: number, predicate: string, object: number): boolean {
    return this.#denied.has(`${subject} ${predicate} ${object}`);
  }

  /** The entity and everything below it. */
  kindsOf(entity: number): ReadonlySet<number> {
    let known = this.#kinds.get(entity);
    if (!known) {
      const found = new Set<number>();
      const waiting = [entity];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (found.has(next)) continue;
        found.add(next);
        waiting.push(...this.subjectsOf(next, "subclass_of"));
      }
      this.#kinds.set(entity, (known = found));
    }
    return known;
  }

  #sides(predicate: string): Sides {
    let sides = this.#byPredicate.get(predicate);
    if (!sides) this.#byPredicate.set(predicate, (sides = { objects: new Map(), subjects: new Map() }));
    return sides;
  }
}

function into(map: Map<number, Set<number>>, key: number, value: number): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

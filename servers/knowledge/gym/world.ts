/** A world before it is told: entities with their attributes, and the facts between them. Compact, since all of it is in memory at once. */
import type { Category, Entity, PredicateName, Qualifiers } from "../../../schemas/index.ts";
import { normaliseName } from "../names.ts";
import { inventName, type NameKind } from "./grammar.ts";
import type { Random } from "./random.ts";

/** An entity is known by its place in `World.entities`. */
export type Ref = number;

export interface Fact {
  subject: Ref;
  predicate: PredicateName;
  object: Ref;
  negated?: boolean;
  qualifiers?: Qualifiers;
  /** The year from which on it can be said. */
  year: number;
  /** The other parent of a merger, which its sentences name as well. */
  partner?: Ref;
}

/** The last year of every world. */
export const PRESENT = 2025;

const PREFIXES: Partial<Record<Category, string>> = {
  Disease: "GYMDIS",
  PhenotypicFeature: "GYMFIN",
  Gene: "GYMGEN",
  Protein: "GYMPRO",
  Drug: "GYMDRG",
  DrugClass: "GYMCLS",
  Organization: "GYMORG",
  ClinicalTrial: "GYMTRI",
  Guideline: "GYMGUI",
  InheritanceMode: "GYMINH",
};

export class World {
  readonly entities: Entity[] = [];
  readonly facts: Fact[] = [];
  readonly #ofCategory = new Map<string, Ref[]>();
  /** Pairs that some fact joins, in either direction. */
  readonly #pairs = new Set<number>();
  readonly #size: number;
  readonly #names: Random;
  /** First words of all names, folded: a shortened name means one thing, too. */
  readonly #taken = new Set<string>();

  constructor(size: number, names: Random) {
    this.#size = size;
    this.#names = names;
  }

  of(category: Category): readonly Ref[] {
    return this.#ofCategory.get(category) ?? [];
  }

  /** A name that nothing in this world has. */
  name(kind: NameKind, suffix?: string): string {
    for (;;) {
      const name = inventName(kind, this.#names, suffix);
      const [first] = normaliseName(name).split(" ");
      if (this.#taken.has(first!)) continue;
      this.#taken.add(first!);
      return name;
    }
  }

  addEntity(category: Category, fields: Pick<Entity, "name" | "synonyms" | "attributes">): Ref {
    const list = this.#ofCategory.get(category) ?? [];
    this.#ofCategory.set(category, list);
    const ref = this.entities.length;
    const { name, synonyms, attributes } = fields;
    this.entities.push({
      id: `${PREFIXES[category]}:${list.length + 1}`,
      name,
      category,
      ...(synonyms ? { synonyms } : {}),
      ...(attributes ? { attributes } : {}),
    });
    list.push(ref);
    return ref;
  }

  /** A number among the attributes: a year, mostly. */
  number(ref: Ref, attribute: string): number {
    return this.entities[ref]!.attributes![attribute] as number;
  }

  areRelated(a: Ref, b: Ref): boolean {
    return a === b || this.#pairs.has(Math.min(a, b) * this.#size + Math.max(a, b));
  }

  /** @returns false, and adds nothing, where the two are one or related already */
  addFact(fact: Fact): boolean {
    const { subject, object } = fact;
    if (this.areRelated(subject, object)) return false;
    this.#pairs.add(Math.min(subject, object) * this.#size + Math.max(subject, object));
    this.facts.push(fact);
    return true;
  }
}

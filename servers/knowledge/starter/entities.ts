/** The entities of all source files: each defined once, found by identifier, name or synonym. */
import type { Category, Entity } from "../../../schemas/index.ts";
import { normaliseName } from "../names.ts";
import type { EntityFields } from "./format.ts";

export type Lookup = { entity: Entity } | { problem: string };

export class Entities {
  readonly #byId = new Map<string, Entity>();
  readonly #byName = new Map<string, Entity[]>();
  readonly #bySynonym = new Map<string, Entity[]>();
  readonly #fileOf = new Map<string, string>();
  readonly #problems: string[];

  constructor(problems: string[]) {
    this.#problems = problems;
  }

  define(file: string, category: string, list: readonly EntityFields[]): void {
    for (const fields of list) this.#defineOne(file, { ...fields, id: fields.id ?? slugId(fields.name), category });
  }

  all(): Iterable<Entity> {
    return this.#byId.values();
  }

  /**
   * The one entity that a statement means by an identifier, a name or (where nothing is named so) a synonym.
   * @param allowed categories that may stand here; empty = any
   */
  find(reference: string, allowed: readonly Category[]): Lookup {
    const fits = (entity: Entity) => allowed.length === 0 || (allowed as readonly string[]).includes(entity.category);
    const byId = this.#byId.get(reference);
    const known = byId
      ? [byId]
      : [this.#byName, this.#bySynonym].map((index) => index.get(reference) ?? []).find((l) => l.some(fits));
    const any = known ?? this.#byName.get(reference) ?? this.#bySynonym.get(reference);
    if (!any)
      return { problem: `"${reference}" is not defined under entities of any file; define it or correct the name` };
    const fitting = any.filter(fits);
    if (fitting.length === 1) return { entity: fitting[0]! };
    if (fitting.length > 1) {
      return {
        problem: `"${reference}" names ${fitting.map((e) => e.id).join(" and ")}; write the identifier that is meant`,
      };
    }
    const is = any.map((e) => `${e.id} is a ${e.category}`).join(", ");
    return { problem: `${is}, but a ${allowed.join(" or ")} must stand here; choose another predicate or another end` };
  }

  #defineOne(file: string, entity: Entity): void {
    const other = this.#byId.get(entity.id);
    if (other) {
      this.#problems.push(
        `${file}, ${entity.id}: defined as "${entity.name}" here and as "${other.name}" in ${this.#fileOf.get(entity.id)}; keep one definition`,
      );
      return;
    }
    for (const same of this.#byName.get(entity.name) ?? []) {
      if (same.category !== entity.category) continue;
      this.#problems.push(
        `${file}, ${entity.id}: ${same.id} in ${this.#fileOf.get(same.id)} is a ${entity.category} called "${entity.name}" too; keep one definition or rename one`,
      );
    }
    this.#byId.set(entity.id, entity);
    this.#fileOf.set(entity.id, file);
    push(this.#byName, entity.name, entity);
    for (const synonym of entity.synonyms ?? []) push(this.#bySynonym, synonym, entity);
  }
}

/** `STARTER:` and the folded name: what an entity without a checked identifier is called. */
function slugId(name: string): string {
  return `STARTER:${normaliseName(name).replaceAll(" ", "-")}`;
}

function push(index: Map<string, Entity[]>, key: string, entity: Entity): void {
  const list = index.get(key);
  if (list) list.push(entity);
  else index.set(key, [entity]);
}

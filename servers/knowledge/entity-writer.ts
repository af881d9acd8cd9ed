/** Writing entities and their names to `graph.db`, merged with what is there. Relations are `relation-writer.ts`'s. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Entity } from "../../schemas/index.ts";
import { normaliseName } from "./names.ts";
import { transaction } from "./sqlite.ts";

export class EntityWriter {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  /** See `GraphStore.putEntities`. */
  put(entities: readonly Entity[]): number {
    if (entities.length === 0) return 0;
    return transaction(this.#db, () => {
      let changed = 0;
      for (const entity of entities) if (this.#put(entity)) changed++;
      return changed;
    });
  }

  #put(entity: Entity): boolean {
    const found = this.#sql.entity.get(entity.id);
    if (!found) {
      const { id, name, category } = entity;
      const row = Number(this.#sql.addEntity.run(id, name, category, JSON.stringify(entity)).lastInsertRowid);
      this.#putNames(row, entity);
      return true;
    }
    const known = JSON.parse(found["body"] as string) as Entity;
    const merged = mergeEntities(known, entity);
    const body = JSON.stringify(merged);
    if (body === found["body"]) return false;
    const row = Number(found["row"]);
    this.#sql.changeEntity.run(merged.name, merged.category, body, row);
    if (merged.name !== known.name) this.#sql.demoteName.run(normaliseName(known.name), row);
    this.#putNames(row, merged);
    return true;
  }

  #putNames(row: number, { name, synonyms = [], xrefs = [] }: Entity): void {
    for (const alias of xrefs) this.#sql.addAlias.run(alias, row);
    for (const each of [name, ...synonyms]) {
      const norm = normaliseName(each);
      if (!norm) continue;
      this.#sql.addName.run(norm, row, each, each === name ? 1 : 0);
    }
  }
}

function prepare(db: DatabaseSync) {
  return {
    entity: db.prepare("SELECT row, body FROM entities WHERE id = ?"),
    addEntity: db.prepare("INSERT INTO entities (id, name, category, body) VALUES (?, ?, ?, ?)"),
    changeEntity: db.prepare("UPDATE entities SET name = ?, category = ?, body = ? WHERE row = ?"),
    addAlias: db.prepare("INSERT OR IGNORE INTO aliases (alias, entity) VALUES (?, ?)"),
    demoteName: db.prepare("UPDATE names SET preferred = 0 WHERE norm = ? AND entity = ?"),
    addName: db.prepare(
      "INSERT INTO names (norm, entity, name, preferred) VALUES (?, ?, ?, ?) ON CONFLICT (norm, entity) DO UPDATE SET name = iif(excluded.preferred, excluded.name, name), preferred = max(preferred, excluded.preferred)",
    ),
  } satisfies Record<string, StatementSync>;
}

/** Names are united, a newer name wins, nothing known is dropped; merging the same again changes nothing. */
export function mergeEntities(known: Entity, newer: Entity): Entity {
  const names = new Set([...(known.synonyms ?? []), known.name, ...(newer.synonyms ?? [])]);
  names.delete(newer.name);
  const xrefs = new Set([...(known.xrefs ?? []), ...(newer.xrefs ?? [])]);
  const merged: Entity = { ...known, ...newer };
  if (names.size > 0) merged.synonyms = [...names];
  else delete merged.synonyms;
  if (xrefs.size > 0) merged.xrefs = [...xrefs];
  if (known.attributes && newer.attributes) merged.attributes = { ...known.attributes, ...newer.attributes };
  return merged;
}

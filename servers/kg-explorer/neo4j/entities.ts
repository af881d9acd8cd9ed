/** Entities into Neo4j, merged with those of the same id as the embedded store merges them. */
import type { Entity } from "../../../schemas/index.ts";
import { mergeEntities } from "../../knowledge/entity-writer.ts";
import type { Run } from "./connection.ts";
import { indexed } from "./full-text.ts";
import { takeRows } from "./rows.ts";

/** Texts that are indexed may not be longer; importers leave out what has such an id. */
const LONGEST_ID = 2000;
/** A longer category is no label. */
const LONGEST_LABEL = 200;

interface Known {
  entity: Entity;
  body: string;
  /** Undefined where it is new. */
  storedCategory: string | undefined;
}

/** @returns how many were new or changed */
export async function putEntities(run: Run, entities: readonly Entity[]): Promise<number> {
  if (entities.length === 0) return 0;
  const tooLong = entities.find(({ id }) => id.length > LONGEST_ID);
  if (tooLong) throw new Error(`the identifier ${tooLong.id.slice(0, 60)}… has ${tooLong.id.length} characters`);
  const known = await readKnown(run, [...new Set(entities.map((e) => e.id))]);
  const changed = new Set<string>();
  let changes = 0;
  for (const entity of entities) {
    const before = known.get(entity.id);
    const merged = before ? mergeEntities(before.entity, entity) : entity;
    const body = JSON.stringify(merged);
    if (body === before?.body) continue;
    known.set(entity.id, { entity: merged, body, storedCategory: before?.storedCategory });
    changed.add(entity.id);
    changes++;
  }
  const all = [...changed].map((id) => known.get(id)!);
  await add(
    run,
    all.filter((k) => k.storedCategory === undefined),
  );
  await change(
    run,
    all.filter((k) => k.storedCategory !== undefined),
  );
  return changes;
}

async function readKnown(run: Run, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await run("UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.body AS body, e.category AS category", {
    ids,
  });
  return new Map(
    rows.map(({ body, category }) => {
      const entity = JSON.parse(body as string) as Entity;
      return [entity.id, { entity, body: body as string, storedCategory: category as string }];
    }),
  );
}

async function add(run: Run, news: readonly Known[]): Promise<void> {
  if (news.length === 0) return;
  const row = await takeRows(run, "nextEntity", news.length);
  await run("UNWIND $rows AS new CREATE (e:Entity) SET e = new, e.row = toInteger(new.row), e.degree = 0", {
    rows: news.map((known, i) => ({ row: row + i, ...propertiesOf(known) })),
  });
  await label(run, news);
}

async function change(run: Run, changed: readonly Known[]): Promise<void> {
  if (changed.length === 0) return;
  await run("UNWIND $rows AS new MATCH (e:Entity {id: new.id}) SET e += new", { rows: changed.map(propertiesOf) });
  const moved = changed.filter((k) => k.storedCategory !== k.entity.category);
  const labelled = moved.filter((k) => k.storedCategory!.length <= LONGEST_LABEL);
  await run("UNWIND $rows AS row MATCH (e:Entity {id: row.id}) REMOVE e:$(row.label)", {
    rows: labelled.map((k) => ({ id: k.entity.id, label: k.storedCategory })),
  });
  await label(run, moved);
}

/** The category as a label, for those who look at the graph with other tools. */
async function label(run: Run, entities: readonly Known[]): Promise<void> {
  const rows = entities
    .filter(({ entity }) => entity.category.length <= LONGEST_LABEL)
    .map(({ entity }) => ({ id: entity.id, label: entity.category }));
  if (rows.length > 0) await run("UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e:$(row.label)", { rows });
}

function propertiesOf({ entity, body }: Known) {
  const { id, name, category, synonyms = [], xrefs = [] } = entity;
  return { id, name, sort: name.toLowerCase(), category, synonyms, xrefs: indexed(xrefs), body };
}

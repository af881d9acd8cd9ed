/** Relations of a Neo4j graph as tools return them: one by id, between two entities, around one, and counted. */
import type { Entity, RelationHit } from "../../../schemas/index.ts";
import type { Direction, NeighbourFilter, RelationCount } from "../../knowledge/index.ts";
import { qualifierText } from "../../knowledge/neighbourhood.ts";
import type { Neo4jConnection, Row, Run } from "./connection.ts";
import { parseEvidence } from "./relations.ts";

/** What a hit is made of, from (s)-[r]->(o). */
const HIT = `r.row AS row, r.id AS id, s.id AS subject, r.predicate AS predicate, o.id AS object, r.negated AS negated,
  r.qualifiers AS qualifiers, r.evidence AS evidence, s.name AS subjectName, s.category AS subjectCategory,
  o.name AS objectName, o.category AS objectCategory`;

function toHit(row: Row): RelationHit {
  const qualifiers = row["qualifiers"] as string | null;
  return {
    id: row["id"] as string,
    subject: row["subject"] as string,
    predicate: row["predicate"] as string,
    object: row["object"] as string,
    ...(row["negated"] ? { negated: true } : {}),
    ...(qualifiers ? { qualifiers: JSON.parse(qualifiers) as RelationHit["qualifiers"] } : {}),
    evidence: parseEvidence(row["evidence"]),
    subjectName: row["subjectName"] as string,
    subjectCategory: row["subjectCategory"] as string,
    objectName: row["objectName"] as string,
    objectCategory: row["objectCategory"] as string,
  };
}

export async function relationHit(connection: Neo4jConnection, id: string): Promise<RelationHit | undefined> {
  const [found] = await connection.read(`MATCH (s)-[r:RELATES {id: $id}]->(o) RETURN ${HIT}`, { id });
  return found && toHit(found);
}

/** Relations by their rows. */
export async function relationHits(run: Run, rows: readonly number[]): Promise<Map<number, RelationHit>> {
  if (rows.length === 0) return new Map();
  const found = await run(`UNWIND $rows AS wanted MATCH (s)-[r:RELATES {row: toInteger(wanted)}]->(o) RETURN ${HIT}`, {
    rows,
  });
  return new Map(found.map((row) => [Number(row["row"]), toHit(row)]));
}

/** More relations between two entities than this tell nobody more. */
const MOST_PARALLEL = 1000;

/** In either direction, by row. */
export async function between(connection: Neo4jConnection, one: string, other: string): Promise<RelationHit[]> {
  const found = await connection.read(
    `MATCH (a:Entity {id: $one})-[r:RELATES]-(b:Entity {id: $other})
     WITH DISTINCT r WITH r, startNode(r) AS s, endNode(r) AS o RETURN ${HIT} ORDER BY row LIMIT ${MOST_PARALLEL}`,
    { one, other },
  );
  return found.map(toHit);
}

export async function countRelations(connection: Neo4jConnection, id: string): Promise<RelationCount[]> {
  const found = await connection.read(
    `MATCH (e:Entity {id: $id}) CALL (e) {
       MATCH (e)-[r:RELATES]->() RETURN r.predicate AS predicate, 'out' AS direction, count(*) AS n
       UNION ALL MATCH (e)<-[r:RELATES]-() RETURN r.predicate AS predicate, 'in' AS direction, count(*) AS n
     } RETURN predicate, direction, n ORDER BY n DESC, predicate, direction`,
    { id },
  );
  return found.map(({ predicate, direction, n }) => ({
    predicate: predicate as string,
    direction: direction as Direction,
    count: Number(n),
  }));
}

const OUT = "MATCH (e)-[r:RELATES]->(other:Entity) RETURN r, other, e AS s, other AS o";
const IN = "MATCH (e)<-[r:RELATES]-(other:Entity) RETURN r, other, other AS s, e AS o";
const SIDES = { out: OUT, in: IN, both: `${OUT} UNION ALL ${IN}` };

/** A page of the neighbourhood in the order of `neighboursOf`, and the entities at the other ends. */
export async function neighbours(
  connection: Neo4jConnection,
  id: string,
  filter: NeighbourFilter,
  offset: number,
  count: number,
): Promise<{ total: number; relations: RelationHit[]; entities: Entity[] }> {
  const { predicates, categories, direction = "both" } = filter;
  const matching = `MATCH (e:Entity {id: $id}) CALL (e) { ${SIDES[direction]} } WITH r, other, s, o
    WHERE ($predicates IS NULL OR r.predicate IN $predicates) AND ($categories IS NULL OR other.category IN $categories)
      AND ($evidence IS NULL OR (size(r.evidence) > 0) = $evidence)
      AND ($qualifier IS NULL OR toLower(coalesce(r.qualifiers, '{}')) CONTAINS $qualifier)`;
  const parameters = {
    id,
    predicates: predicates?.length ? predicates : null,
    categories: categories?.length ? categories : null,
    evidence: filter.evidence ?? null,
    qualifier: filter.qualifier === undefined ? null : qualifierText(filter.qualifier),
  };
  return connection.readAll(async (run) => {
    const [all] = await run(`${matching} RETURN count(*) AS total`, parameters);
    const page = await run(
      `${matching} RETURN ${HIT}, other.body AS body
       ORDER BY size(r.evidence) > 0 DESC, r.negated, other.sort, other.id, row SKIP toInteger($offset) LIMIT toInteger($count)`,
      { ...parameters, offset, count },
    );
    return {
      total: Number(all!["total"]),
      relations: page.map(toHit),
      entities: page.map((row) => JSON.parse(row["body"] as string) as Entity),
    };
  });
}

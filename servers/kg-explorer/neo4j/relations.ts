/** Relations into Neo4j and out of it again: what identifies them, their evidence, and the degrees of their ends. */
import type { Evidence, Relation } from "../../../schemas/index.ts";
import { relationId } from "../../knowledge/index.ts";
import type { Run } from "./connection.ts";
import { exactTerms, indexed } from "./full-text.ts";
import { takeRows } from "./rows.ts";

type Dangling = { relation: Relation; unknown: string };

interface Pending {
  id: string;
  /** Ids of the ends themselves, where the relation names them by others. */
  subject: string;
  object: string;
  relation: Relation;
  evidence: Evidence[];
  isNew: boolean;
}

/** The evidence of a relation as a property: one JSON text a piece. */
function evidenceTexts(evidence: readonly Evidence[]): { evidence: string[]; documents: string[] } {
  return {
    evidence: evidence.map((piece) => JSON.stringify(piece)),
    documents: indexed([...new Set(evidence.map((piece) => piece.document))]),
  };
}

/** @returns how many were new or gained evidence, and those that were left out because an end is unknown */
export async function putRelations(
  run: Run,
  relations: readonly Relation[],
): Promise<{ changed: number; dangling: Dangling[] }> {
  if (relations.length === 0) return { changed: 0, dangling: [] };
  const ends = await readEnds(run, [...new Set(relations.flatMap((r) => [r.subject, r.object]))]);
  const dangling: Dangling[] = [];
  const known: { id: string; subject: string; object: string; relation: Relation }[] = [];
  for (const relation of relations) {
    const [subject, object] = [ends.get(relation.subject), ends.get(relation.object)];
    if (subject !== undefined && object !== undefined) {
      known.push({ id: relationId({ ...relation, subject, object }), subject, object, relation });
    } else dangling.push({ relation, unknown: subject === undefined ? relation.subject : relation.object });
  }
  const stored = await readEvidence(run, [...new Set(known.map((k) => k.id))]);
  const pending = new Map<string, Pending>();
  let changed = 0;
  for (const { id, subject, object, relation } of known) {
    const before = pending.get(id)?.evidence ?? stored.get(id);
    const { pieces, isChanged } = unite(before ?? [], relation.evidence);
    if (before && !isChanged) continue;
    changed++;
    const first = pending.get(id);
    if (first) first.evidence = pieces;
    else pending.set(id, { id, subject, object, relation, evidence: pieces, isNew: !before });
  }
  await add(
    run,
    [...pending.values()].filter((p) => p.isNew),
  );
  await change(
    run,
    [...pending.values()].filter((p) => !p.isNew),
  );
  return { changed, dangling };
}

/** Takes away the evidence of these documents for which `isGone`, and relations that are left with none. @returns how many relations changed */
export async function dropEvidence(
  run: Run,
  documents: readonly string[],
  isGone: (evidence: Evidence) => boolean,
): Promise<number> {
  const found = await run(
    `UNWIND $documents AS document CALL db.index.fulltext.queryRelationships('relates_documents', document.query) YIELD relationship AS r
     WHERE document.id IN r.documents RETURN DISTINCT r.id AS id, r.evidence AS evidence`,
    { documents: indexed(documents).map((id) => ({ id, query: exactTerms([id]) })) },
  );
  const changed = found
    .map(({ id, evidence }) => {
      const before = parseEvidence(evidence);
      return { id: id as string, before, kept: before.filter((piece) => !isGone(piece)) };
    })
    .filter(({ before, kept }) => kept.length < before.length);
  await change(
    run,
    changed.filter((c) => c.kept.length > 0).map(({ id, kept }) => ({ id, evidence: kept })),
  );
  const bare = changed.filter((c) => c.kept.length === 0).map((c) => c.id);
  await run(
    `UNWIND $ids AS id MATCH (s)-[r:RELATES {id: id}]->(o) WITH r, s, o, CASE WHEN r.negated OR s = o THEN 0 ELSE 1 END AS counted
     SET s.degree = s.degree - counted, o.degree = o.degree - counted DELETE r`,
    { ids: bare },
  );
  return changed.length;
}

export function parseEvidence(texts: unknown): Evidence[] {
  return ((texts ?? []) as string[]).map((text) => JSON.parse(text) as Evidence);
}

/** From the ids that relations name their ends by to the ends' own ids: by id, else by xref the earliest entity. */
async function readEnds(run: Run, ids: readonly string[]): Promise<Map<string, string>> {
  const own = await run("UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id", { ids });
  const ends = new Map(own.map(({ id }) => [id as string, id as string]));
  const others = indexed(ids.filter((id) => !ends.has(id)));
  if (others.length === 0) return ends;
  const owners = await run(
    `UNWIND $others AS other CALL db.index.fulltext.queryNodes('entity_xrefs', other.query) YIELD node AS e
     WHERE other.id IN e.xrefs WITH other.id AS alias, e ORDER BY e.row RETURN alias, head(collect(e.id)) AS id`,
    { others: others.map((id) => ({ id, query: exactTerms([id]) })) },
  );
  for (const { alias, id } of owners) ends.set(alias as string, id as string);
  return ends;
}

async function readEvidence(run: Run, ids: readonly string[]): Promise<Map<string, Evidence[]>> {
  const rows = await run("UNWIND $ids AS id MATCH ()-[r:RELATES {id: id}]->() RETURN id, r.evidence AS evidence", {
    ids,
  });
  return new Map(rows.map(({ id, evidence }) => [id as string, parseEvidence(evidence)]));
}

/** One piece a document and quote; a newer one takes the place of the older. */
function unite(known: readonly Evidence[], newer: readonly Evidence[]): { pieces: Evidence[]; isChanged: boolean } {
  const pieces = [...known];
  let isChanged = false;
  for (const { document, quote, knowledgeLevel, agent, references } of newer) {
    const piece: Evidence = { document, quote, knowledgeLevel, agent, ...(references ? { references } : {}) };
    const at = pieces.findIndex((k) => k.document === document && k.quote === quote);
    if (at >= 0 && JSON.stringify(pieces[at]) === JSON.stringify(piece)) continue;
    if (at < 0) pieces.push(piece);
    else pieces[at] = piece;
    isChanged = true;
  }
  return { pieces, isChanged };
}

async function add(run: Run, news: readonly Pending[]): Promise<void> {
  if (news.length === 0) return;
  const row = await takeRows(run, "nextRelation", news.length);
  const rows = news.map(({ id, subject, object, relation, evidence }, i) => ({
    subject,
    object,
    row: row + i,
    properties: {
      id,
      predicate: relation.predicate,
      negated: relation.negated ?? false,
      ...(relation.qualifiers && Object.keys(relation.qualifiers).length > 0
        ? { qualifiers: JSON.stringify(relation.qualifiers) }
        : {}),
      ...evidenceTexts(evidence),
    },
  }));
  await run(
    `UNWIND $rows AS new MATCH (s:Entity {id: new.subject}) MATCH (o:Entity {id: new.object})
     CREATE (s)-[r:RELATES]->(o) SET r = new.properties, r.row = toInteger(new.row)`,
    { rows },
  );
  await run(
    "MATCH (g:MedresearcherGraph {one: true}) SET g.predicates = g.predicates + [p IN $predicates WHERE NOT p IN g.predicates]",
    { predicates: [...new Set(news.map(({ relation }) => relation.predicate))] },
  );
  const degrees = new Map<string, number>();
  for (const { subject, object, relation } of news) {
    if (relation.negated || subject === object) continue;
    for (const end of [subject, object]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  await run("UNWIND $rows AS more MATCH (e:Entity {id: more.id}) SET e.degree = e.degree + toInteger(more.count)", {
    rows: [...degrees].map(([id, count]) => ({ id, count })),
  });
}

async function change(run: Run, changed: readonly { id: string; evidence: Evidence[] }[]): Promise<void> {
  if (changed.length === 0) return;
  await run("UNWIND $rows AS new MATCH ()-[r:RELATES {id: new.id}]->() SET r += new.properties", {
    rows: changed.map(({ id, evidence }) => ({ id, properties: evidenceTexts(evidence) })),
  });
}

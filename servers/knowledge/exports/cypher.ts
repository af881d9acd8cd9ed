/**
 * A Cypher script that makes the graph in Neo4j: `cypher-shell -f FILE`. Entities are (:Entity {id}), relations are
 * [:RELATES {id, predicate}]; running it again changes nothing. No name is ever part of a statement's syntax.
 */
import { LinesFile } from "./lines-file.ts";
import type { Exported } from "./kgx.ts";
import type { ExportRecords } from "./records.ts";

/** Rows of one statement. */
const ROWS = 500;

/** Writes one file. */
export function exportCypher(records: ExportRecords, path: string): Exported {
  using file = new LinesFile(path);
  const counts = { entities: 0, relations: 0, documents: 0 };
  file.line("CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;");
  let rows: string[] = [];
  const statement = (rest: string) => {
    if (rows.length > 0) file.line(`UNWIND [\n${rows.join(",\n")}\n] AS row ${rest};`);
    rows = [];
  };
  const merge = "MERGE (e:Entity {id: row.id}) SET e += row";
  for (const { id, name, category, synonyms, xrefs, description, attributes } of records.entities()) {
    counts.entities++;
    rows.push(
      map({ id, name, category, synonyms, xrefs, description, attributes: attributes && JSON.stringify(attributes) }),
    );
    if (rows.length === ROWS) statement(merge);
  }
  statement(merge);
  const relate =
    "MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object}) MERGE (s)-[r:RELATES {id: row.id}]->(o) SET r += row.values";
  for (const { id, subject, predicate, object, negated, qualifiers, evidence } of records.relations()) {
    counts.relations++;
    const values = map({
      predicate,
      negated: negated ?? false,
      qualifiers: qualifiers && JSON.stringify(qualifiers),
      documents: evidence.map((piece) => piece.document),
      evidence: evidence.length > 0 ? JSON.stringify(evidence) : undefined,
    });
    rows.push(`{id: ${literal(id)}, subject: ${literal(subject)}, object: ${literal(object)}, values: ${values}}`);
    if (rows.length === ROWS) statement(relate);
  }
  statement(relate);
  file.finish();
  return { files: [path], ...counts };
}

type Value = string | boolean | readonly string[] | undefined;

function map(values: Record<string, Value>): string {
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [`${key}: ${Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : literal(value as string | boolean)}`],
  );
  return `{${parts.join(", ")}}`;
}

/**
 * A Cypher literal. Neo4j may replace \uXXXX before it looks for quotes: a quote is never written so, and a backslash
 * before a u never stands as one. What is not printable ASCII is written as such an escape.
 */
function literal(value: string | boolean): string {
  if (typeof value === "boolean") return String(value);
  const inner = value.toWellFormed().replace(/\\u|[\\']|[^\x20-\x7e]/g, (found) => {
    if (found === "\\u") return String.raw`\\\u0075`;
    if (found === "\\" || found === "'") return `\\${found}`;
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `'${inner}'`;
}

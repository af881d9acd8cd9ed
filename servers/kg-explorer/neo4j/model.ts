/**
 * How the graph lies in Neo4j, and the check that what lies there is ours. One database holds one graph:
 *
 * (:Entity:‹category› {id, row, name, sort, category, synonyms, xrefs, body}) -[:RELATES {id, row, predicate, negated,
 * qualifiers, evidence, documents}]-> (:Entity), and one (:MedresearcherGraph) that says what it is and how far an import came.
 *
 * The predicate is a property: no text of a source is ever part of a statement. `row` counts in order of arrival, as in
 * the embedded store, so that both give the same answers in the same order.
 */
import { ToolError } from "../../kit/index.ts";
import type { Neo4jConnection, Row } from "./connection.ts";

/** Raise it when what is stored changes its form. */
export const SCHEMA = 1;

export interface GraphState {
  schema: number;
  /** Grows with every change: what is kept in memory is valid for one. */
  revision: number;
  /** Name of the knowledge folder whose graph this is. */
  knowledge: string;
  /** Revision of that folder after the last finished import; empty while the first is under way. */
  folder: string;
  /** Another one for every graph that was ever begun: a database that was emptied and filled again is told from the old one. */
  graph: string;
  /** Every predicate in use, by name. */
  predicates: string[];
}

const INDEXES = [
  "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE",
  "CREATE CONSTRAINT entity_row IF NOT EXISTS FOR (e:Entity) REQUIRE e.row IS UNIQUE",
  "CREATE CONSTRAINT relates_id IF NOT EXISTS FOR ()-[r:RELATES]-() REQUIRE r.id IS UNIQUE",
  "CREATE CONSTRAINT relates_row IF NOT EXISTS FOR ()-[r:RELATES]-() REQUIRE r.row IS UNIQUE",
  "CREATE CONSTRAINT graph_one IF NOT EXISTS FOR (g:MedresearcherGraph) REQUIRE g.one IS UNIQUE",
  "CREATE FULLTEXT INDEX entity_xrefs IF NOT EXISTS FOR (e:Entity) ON EACH [e.xrefs] OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}",
  "CREATE FULLTEXT INDEX relates_documents IF NOT EXISTS FOR ()-[r:RELATES]-() ON EACH [r.documents] OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}",
];

/** Makes the indexes and the one node that describes the graph, where they are missing. @throws ToolError where the database holds something else */
export async function prepareDatabase(connection: Neo4jConnection, knowledge: string): Promise<void> {
  const { state, nodes } = await readState(connection);
  if (!state && nodes > 0) throw notOurs(connection, nodes);
  if (state) check(connection, state);
  if (state && state.knowledge !== knowledge) throw holdsAnother(connection, state.knowledge, knowledge);
  for (const statement of INDEXES) await connection.change(statement);
  await connection.read("CALL db.awaitIndexes(100)", {}, 110_000);
  await connection.write((run) =>
    run(
      `MERGE (g:MedresearcherGraph {one: true}) ON CREATE SET g.schema = toInteger($schema), g.knowledge = $knowledge,
       g.graph = randomUUID(),
       g.revision = 0, g.folder = '', g.nextEntity = 1, g.nextRelation = 1, g.predicates = []`,
      { schema: SCHEMA, knowledge },
    ),
  );
}

/** @throws ToolError where there is no graph, or one of another version */
export async function graphState(connection: Neo4jConnection): Promise<GraphState> {
  const { state, nodes } = await readState(connection);
  if (state) {
    check(connection, state);
    return state;
  }
  if (nodes > 0) throw notOurs(connection, nodes);
  throw misconfigured(
    `the Neo4j at ${connection.url} is empty`,
    "the operator fills it with `medresearcher kg import KIND --from PATH`, or unsets NEO4J_URL to use the embedded store",
  );
}

/** Undefined where there is none; how many nodes the database has then. */
async function readState(connection: Neo4jConnection): Promise<{ state: GraphState | undefined; nodes: number }> {
  const [found] = await connection.read(
    "MATCH (g:MedresearcherGraph {one: true}) RETURN g.schema AS schema, g.revision AS revision, g.knowledge AS knowledge, g.folder AS folder, g.graph AS graph, g.predicates AS predicates",
  );
  if (found) return { state: toState(found), nodes: 0 };
  // Another import may have begun since: its description is no node of others.
  const [all] = await connection.read("MATCH (n) WHERE NOT n:MedresearcherGraph RETURN count(n) AS nodes");
  return { state: undefined, nodes: Number(all!["nodes"]) };
}

function toState(row: Row): GraphState {
  return {
    schema: Number(row["schema"]),
    revision: Number(row["revision"]),
    knowledge: row["knowledge"] as string,
    folder: row["folder"] as string,
    graph: row["graph"] as string,
    predicates: ((row["predicates"] ?? []) as string[]).toSorted(),
  };
}

function check(connection: Neo4jConnection, { schema }: GraphState): void {
  if (schema === SCHEMA) return;
  throw schema < SCHEMA
    ? misconfigured(
        `the graph in the Neo4j at ${connection.url} was made by an older version (${schema}; this one needs ${SCHEMA})`,
        "the operator empties the database and imports again with `medresearcher kg import KIND --from PATH`",
      )
    : misconfigured(
        `the graph in the Neo4j at ${connection.url} was made by a newer version (${schema}; this one knows ${SCHEMA})`,
        "the operator updates medresearcher, or names another database",
      );
}

function notOurs(connection: Neo4jConnection, nodes: number): ToolError {
  return misconfigured(
    `the Neo4j at ${connection.url} holds ${nodes} nodes that medresearcher did not make`,
    "the operator names an empty database by NEO4J_URL; nothing is written beside the data of others",
  );
}

export function holdsAnother(connection: Neo4jConnection, holds: string, wanted: string): ToolError {
  return misconfigured(
    `the Neo4j at ${connection.url} holds the knowledge ${holds}, not ${wanted}`,
    `use --knowledge ${holds}, name another database by NEO4J_URL, or unset it to use the embedded store`,
  );
}

function misconfigured(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "misconfigured", message, recovery, retryable: false });
}

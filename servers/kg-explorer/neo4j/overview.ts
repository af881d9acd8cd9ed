/** What a Neo4j graph holds, counted. */
import type { GraphOverview } from "../backend.ts";
import type { Neo4jConnection, Row } from "./connection.ts";

/** A count over all of a large graph. */
const COUNT_MS = 60_000;

export async function overview(connection: Neo4jConnection): Promise<GraphOverview> {
  return connection.readAll(async (run) => {
    const categories = await run(
      `MATCH (e:Entity) WITH e.category AS category, count(*) AS n, min(e.row) AS first
       MATCH (example:Entity {row: first}) RETURN category, n, example.name AS example ORDER BY n DESC, category`,
    );
    const predicates = await run(
      "MATCH ()-[r:RELATES]->() RETURN r.predicate AS predicate, count(*) AS n ORDER BY n DESC, predicate",
    );
    return {
      counts: { entities: sum(categories), relations: sum(predicates) },
      categories: categories.map(({ category, n, example }) => ({
        category: category as string,
        count: Number(n),
        example: example as string,
      })),
      predicates: predicates.map(({ predicate, n }) => ({ predicate: predicate as string, count: Number(n) })),
    };
  }, COUNT_MS);
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((total, { n }) => total + Number(n), 0);
}

/** What a Neo4j says of itself and of the graph in it, for those who run it. */
import { Neo4jConnection } from "./connection.ts";
import { graphState } from "./model.ts";
import type { Neo4jSettings } from "./settings.ts";

export interface Neo4jStatus {
  url: string;
  /** `Neo4j 5.26.30 community`. */
  server: string;
  knowledge: string;
  entities: number;
  relations: number;
  /** Revision of the folder that it was filled from; empty while an import is under way. */
  folder: string;
  /** An import was broken off, or is under way. */
  interrupted: boolean;
}

/** @throws ToolError where it cannot be reached, is empty, or holds something else */
export async function neo4jStatus(settings: Neo4jSettings): Promise<Neo4jStatus> {
  const connection = new Neo4jConnection(settings);
  try {
    const { knowledge, folder } = await graphState(connection);
    const [about] = await connection.read(
      "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition LIMIT 1",
    );
    const [found] = await connection.read(
      `MATCH (g:MedresearcherGraph {one: true}) RETURN g.position IS NOT NULL AS interrupted,
       COUNT { (:Entity) } AS entities, COUNT { ()-[:RELATES]->() } AS relations`,
    );
    return {
      url: connection.url,
      server: `Neo4j ${String(about!["version"])} ${String(about!["edition"])}`,
      knowledge,
      entities: Number(found!["entities"]),
      relations: Number(found!["relations"]),
      folder,
      interrupted: Boolean(found!["interrupted"]),
    };
  } finally {
    await connection.close();
  }
}

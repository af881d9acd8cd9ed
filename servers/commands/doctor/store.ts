/** Which store holds the explorer's graph, its size and version, and whether it is what the folder says. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isBuiltIn, neo4jSettings, neo4jStatus, type Neo4jSettings } from "../../kg-explorer/index.ts";
import type { KnowledgeStatus } from "../data-status.ts";
import { failed, note, ok, problem, size, thousands, type Finding } from "./finding.ts";

export interface StoreFacts {
  kind: "embedded" | "neo4j";
  /** Folder of the embedded store, or address of the server. */
  where: string;
  /** Format of the embedded store, or the server's product and version. */
  version?: string;
  knowledge: string;
  entities?: number;
  relations?: number;
  /** On disk; of the embedded store only. */
  bytes?: number;
}

export async function checkStore(status: KnowledgeStatus): Promise<{ store: StoreFacts; findings: Finding[] }> {
  const neo4j = neo4jSettings();
  return neo4j ? checkNeo4j(neo4j, status) : checkEmbedded(status);
}

function checkEmbedded({ default: name, knowledge }: KnowledgeStatus): { store: StoreFacts; findings: Finding[] } {
  const folder = knowledge.find((k) => k.name === name);
  if (!folder) {
    const store: StoreFacts = { kind: "embedded", where: "built in", knowledge: name };
    const todo = "`medresearcher data import KIND --from PATH` adds knowledge of your own";
    return { store, findings: [note("store", "embedded; nothing imported: the starter knowledge is served", todo)] };
  }
  const { entities, relations } = folder.counts;
  const file = join(folder.path, "graph.db");
  const store: StoreFacts = {
    kind: "embedded",
    where: folder.path,
    knowledge: name,
    entities,
    relations,
    bytes: folder.bytes.graph,
  };
  const held = `${name}: ${thousands(entities)} entities, ${thousands(relations)} relations`;
  if (!existsSync(file)) {
    return { store, findings: [problem("store", `${file} is missing`, `remove ${folder.path} and import again`)] };
  }
  try {
    store.version = `format ${formatOf(file)}`;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const todo = `restore ${file} from a copy, or remove ${folder.path} and import again`;
    return { store, findings: [problem("store", `${file} cannot be read (${why})`, todo)] };
  }
  return { store, findings: [ok("store", `embedded, ${store.version}, ${size(folder.bytes.graph)}; ${held}`)] };
}

/** `PRAGMA user_version`, and whether the file is a whole database at all; nothing in it is changed. */
function formatOf(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.prepare("SELECT count(*) AS n FROM sqlite_schema").get();
    // The first format did not number itself.
    return Number(db.prepare("PRAGMA user_version").get()!["user_version"]) || 1;
  } finally {
    db.close();
  }
}

async function checkNeo4j(
  settings: Neo4jSettings,
  { default: name, knowledge }: KnowledgeStatus,
): Promise<{ store: StoreFacts; findings: Finding[] }> {
  const store: StoreFacts = { kind: "neo4j", where: withoutCredentials(settings.url), knowledge: name };
  try {
    const found = await neo4jStatus(settings);
    Object.assign(store, {
      version: found.server,
      knowledge: found.knowledge,
      entities: found.entities,
      relations: found.relations,
    });
    const held = `${found.knowledge}: ${thousands(found.entities)} entities, ${thousands(found.relations)} relations`;
    const findings = [ok("store", `${found.server} at ${found.url}; ${held}`)];
    const folder = knowledge.find((k) => k.name === found.knowledge);
    if (!isBuiltIn(name) && found.knowledge !== name) {
      const todo = `import into an empty database, use --knowledge ${found.knowledge}, or unset NEO4J_URL`;
      findings.push(problem("store", `Neo4j holds the knowledge ${found.knowledge}, not ${name}`, todo));
    }
    if (found.interrupted) {
      findings.push(
        note("store", "an import into Neo4j was interrupted, or is under way", "run the same import again: it goes on"),
      );
    } else if (folder && folder.revision !== found.folder) {
      findings.push(
        note(
          "store",
          `Neo4j holds another revision of ${found.knowledge} than the folder ${folder.path}`,
          "`medresearcher kg build` brings it up to date",
        ),
      );
    }
    return { store, findings };
  } catch (error) {
    return { store, findings: [failed("store", error)] };
  }
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

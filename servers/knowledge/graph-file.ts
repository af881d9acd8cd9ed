/** Opens `graph.db` in the present format, whatever it was before. */
import type { DatabaseSync } from "node:sqlite";
import { migrate } from "./graph-migration.ts";
import { DROP_OLD_TABLES, GRAPH_PAGE_SIZE, GRAPH_SCHEMA, GRAPH_VERSION, storeAge } from "./graph-schema.ts";
import { openDatabase } from "./sqlite.ts";

/** Of a reader: the upper pages of every table, and the entities of a large graph. */
const CACHE_KB = 65_536;

/** @throws Error that says what to do where the file is of a newer program, or an older one's and cannot be written */
export function openGraph(path: string, readOnly: boolean): DatabaseSync {
  if (readOnly) {
    const db = openDatabase(path, { readOnly });
    db.exec(`PRAGMA cache_size = -${CACHE_KB}`);
    if (storeAge(db, path) === "current") return db;
    db.close();
    bringUpToDate(path);
    return openDatabase(path, { readOnly });
  }
  const db = openDatabase(path, { pageSize: GRAPH_PAGE_SIZE });
  try {
    const age = storeAge(db, path);
    if (age === "new") db.exec(`${GRAPH_SCHEMA} PRAGMA user_version = ${GRAPH_VERSION}`);
    if (age === "older") migrate(db, path);
    if (age === "current") db.exec(DROP_OLD_TABLES);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function bringUpToDate(path: string): void {
  try {
    openGraph(path, false).close();
  } catch (error) {
    throw new Error(
      `${path} was made by an older medresearcher and could not be brought up to date (${(error as Error).message}): make its folder writable, or import again into another MEDRESEARCHER_HOME`,
      { cause: error },
    );
  }
}

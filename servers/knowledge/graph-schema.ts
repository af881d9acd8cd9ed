/** The tables of `graph.db`, and how a file of an older version is brought up to date. */
import type { DatabaseSync } from "node:sqlite";

/** `PRAGMA user_version` of the file. 1 (written as 0): a row a relation. 3: relations in blocks. 2 was never released. */
export const GRAPH_VERSION = 3;

export const GRAPH_SCHEMA = `
CREATE TABLE IF NOT EXISTS entities (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entities_category ON entities (category);
CREATE TABLE IF NOT EXISTS aliases (alias TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (alias, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (norm TEXT NOT NULL, entity INTEGER NOT NULL, name TEXT NOT NULL, preferred INTEGER NOT NULL, PRIMARY KEY (norm, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS predicates (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS cited (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS edges (block INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS statements (block INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value) WITHOUT ROWID;`;

/** What the first format left behind; its indexes go with it. */
export const DROP_OLD_TABLES = `DROP TABLE IF EXISTS relations; DROP TABLE IF EXISTS evidence; DROP INDEX IF EXISTS names_entity;`;

/** What an unfinished attempt to bring the file up to date may have left. */
export const DROP_NEW_TABLES = `DROP TABLE IF EXISTS cited; DROP TABLE IF EXISTS edges; DROP TABLE IF EXISTS statements; DROP TABLE IF EXISTS facts;`;

/** Larger pages than usual: blocks of relations fill them better. Takes effect in a new file only. */
export const GRAPH_PAGE_SIZE = 8192;

export type StoreAge = "current" | "new" | "older";

/** @throws Error where the file was made by a newer program */
export function storeAge(db: DatabaseSync, path: string): StoreAge {
  const version = Number(db.prepare("PRAGMA user_version").get()!["user_version"]);
  if (version === GRAPH_VERSION) return "current";
  if (version > GRAPH_VERSION) {
    throw new Error(
      `${path} was made by a newer medresearcher (format ${version}, this one reads ${GRAPH_VERSION}): update the program`,
    );
  }
  const relations = db.prepare("SELECT 1 AS x FROM sqlite_schema WHERE name = 'relations'").get();
  return relations ? "older" : "new";
}

/**
 * By what else a document is known: keys such as `DOI:10.1056/x` made of its identifiers. A key may lead to many documents:
 * a drug's RxCUI to all of its labels, a DOI to a paper's PubMed record and its full text.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document } from "../../schemas/index.ts";

export const IDENTIFIERS_SCHEMA = `
CREATE TABLE IF NOT EXISTS identifiers (key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;`;

/** Documents that carry such an identifier as their id. */
const OWN: Record<string, (value: string) => string> = {
  PMID: (value) => `PMID:${value}`,
  PMCID: (value) => `PMC:${value}`,
  DOI: (value) => `DOI:${value}`,
  NCT: (value) => `NCT:${value}`,
  SETID: (value) => `SPL:${value}`,
  APPLICATION: (value) => `NDA:${value}`,
};
const KINDS: Record<string, string> = { PMC: "PMCID", SPL: "SETID", NDA: "APPLICATION" };

/** Of the kinds that most documents have. */
const CAPITALS = new Map(["pmid", "doi", "pmcid", "nct"].map((kind) => [kind, kind.toUpperCase()]));

/** Of a kind of identifier (`doi`, in any case) and its value. */
export function keyOf(kind: string, value: string): string {
  const name = CAPITALS.get(kind) ?? kind.toUpperCase();
  // Capitals mean nothing in a DOI.
  return name === "DOI" ? `DOI:${value.toLowerCase()}` : `${name}:${value}`;
}

/** Of an id as a document has it, or of an identifier written as one: `PMC:PMC1` and `PMCID:PMC1` alike. */
export function keyOfId(id: string): string {
  const separator = id.indexOf(":");
  const kind = id.slice(0, Math.max(0, separator)).toUpperCase();
  return keyOf(KINDS[kind] ?? kind, id.slice(separator + 1));
}

/** The id of the document that is this thing itself, where there are such documents. */
export function ownIdOf(key: string): string | undefined {
  const separator = key.indexOf(":");
  return OWN[key.slice(0, separator)]?.(key.slice(separator + 1));
}

/** What a page or a file says of itself anyone can write: it must not be found in place of the paper that it names. */
const OWN_WORD = /^(?:URL|FILE):/;

/** Keys that lead to the document, besides its own id. */
export function keysOf({ id, identifiers }: Pick<Document, "id" | "identifiers">): string[] {
  const keys: string[] = [];
  for (const kind in identifiers) {
    if (kind !== "url" && OWN_WORD.test(id)) continue;
    const value = identifiers[kind]!;
    for (const one of value.includes(", ") ? value.split(", ") : [value]) {
      const key = keyOf(kind, one);
      // An id of its own ends with it; most do not, and are not looked at further.
      if (key !== id && !(id.endsWith(one) && ownIdOf(key) === id)) keys.push(key);
    }
  }
  return keys;
}

/** Of several documents that a key leads to: what reports on a thing before what is sold or registered under the same number. */
const PREFERRED = ["PMID:", "PMC:", "NCT:", "SPL:", "NDA:"];

/** Documents with this key, the preferred ones first, then in order of their ids. */
export function idsWith(db: DatabaseSync, key: string): string[] {
  const byKey = statementOf(db) ?? db.prepare("SELECT id FROM aliases WHERE alias = ?");
  const found = byKey.all(key).map((row) => row["id"] as string);
  return found.length < 2 ? found : found.toSorted((a, b) => place(a) - place(b));
}

/** By key, what `idsWith` says of those that lead to some document: asked together, since a search asks for some sixty. */
export function idsWithAny(db: DatabaseSync, keys: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (!statementOf(db)) {
    for (const key of keys) found.set(key, idsWith(db, key));
    return found;
  }
  const rows = db
    .prepare("SELECT key, id FROM identifiers WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, id")
    .all(JSON.stringify(keys));
  for (const [key, some] of Map.groupBy(rows, (row) => row["key"] as string)) {
    const ids = some.map((row) => row["id"] as string);
    found.set(
      key,
      ids.toSorted((a, b) => place(a) - place(b)),
    );
  }
  return found;
}

/** Kept for each store. */
const statements = new WeakMap<DatabaseSync, StatementSync>();

/** Undefined where the store is still one of an older version. */
function statementOf(db: DatabaseSync): StatementSync | undefined {
  const kept = statements.get(db);
  if (kept || !knowsIdentifiers(db)) return kept;
  const made = db.prepare("SELECT id FROM identifiers WHERE key = ? ORDER BY id");
  statements.set(db, made);
  return made;
}

function place(id: string): number {
  const at = PREFERRED.findIndex((prefix) => id.startsWith(prefix));
  return at < 0 ? PREFERRED.length : at;
}

/** A store of an older version, opened for reading, keeps one document a key, in another table. */
function knowsIdentifiers(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'identifiers'").get() !== undefined;
}

/** Rebuilds the keys of a store that was made by an older version. */
export function takeOverAliases(db: DatabaseSync): void {
  const add = db.prepare("INSERT OR IGNORE INTO identifiers (key, id) VALUES (?, ?)");
  for (const row of db.prepare("SELECT id, body FROM documents").iterate()) {
    const document = JSON.parse(row["body"] as string) as Document;
    for (const key of keysOf(document)) add.run(key, document.id);
  }
  db.exec("DROP TABLE aliases");
}

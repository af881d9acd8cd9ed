/**
 * Batches into `documents.db`, each in one transaction with a stop in its middle: what it is going to replace or take out
 * is told first, so that quotes from it can go before it does. A broken-off batch is gone over again, and tells it again.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document } from "../../schemas/index.ts";
import { LinkWriter } from "./document-links.ts";
import { idsWith, keyOfId, keysOf, ownIdOf } from "./identifiers.ts";
import type { PackedDocuments } from "./packed-documents.ts";
import { Standing } from "./standing.ts";

/** A stored document that is about to be another, or to go. */
export interface Replaced {
  id: string;
  /** Its JSON from now on; undefined where it goes. */
  body: string | undefined;
}

interface Change {
  id: string;
  row: number;
  before: string;
  after: string;
  revised: string;
}

export class DocumentWriter {
  readonly #db: DatabaseSync;
  readonly #standing: Standing;
  readonly #insert: StatementSync;
  readonly #addKey: StatementSync;
  readonly #find: StatementSync;
  readonly #links: LinkWriter;
  #changes: Change[] = [];
  #removals: { id: string; revised: string; before: string }[] = [];
  #added = 0;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#standing = new Standing(db);
    // Bytes as they are: they were made of the text itself.
    this.#insert = db.prepare("INSERT OR IGNORE INTO documents (id, body, revised) VALUES (?, CAST(? AS TEXT), ?)");
    this.#addKey = db.prepare("INSERT OR IGNORE INTO identifiers (key, id) VALUES (?, ?)");
    this.#links = new LinkWriter(db);
    this.#find = db.prepare("SELECT row, body, revised FROM documents WHERE id = ?");
  }

  /** Begins a batch. @returns what it is going to replace or take out; nothing is done before `commit` */
  begin(batch: PackedDocuments): Replaced[] {
    [this.#changes, this.#removals, this.#added] = [[], [], 0];
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      this.#standing.refresh();
      this.#takeNotices(batch.notices);
      this.#takeRemovals(batch.removed);
      this.#takeDocuments(batch);
      return [
        ...this.#changes.map(({ id, after }) => ({ id, body: after })),
        ...this.#removals.map(({ id }) => ({ id, body: undefined })),
      ];
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  /** Ends the batch. @returns how many documents are new, other or gone */
  commit(): number {
    try {
      const update = this.#db.prepare("UPDATE documents SET body = ?, revised = ? WHERE row = ?");
      for (const { id, row, before, after, revised } of this.#changes) {
        update.run(after, revised || null, row);
        this.#replaceKeys(id, before, after);
      }
      const remove = this.#db.prepare("DELETE FROM documents WHERE id = ?");
      for (const { id, before } of this.#removals) {
        remove.run(id);
        this.#replaceKeys(id, before, undefined);
      }
      this.#db.exec("COMMIT");
      return this.#added + this.#changes.length + this.#removals.length;
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  abort(): void {
    this.#standing.forget();
    // A full disk ends the transaction itself.
    if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
  }

  #takeDocuments(batch: PackedDocuments): void {
    const { ids, revised, keyCounts, keys, integrity, related, bodies, ends } = batch;
    let [start, key] = [0, 0];
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      let body = bodies.subarray(start, ends[i]);
      const own = keys.slice(key, key + keyCounts[i]!);
      [start, key] = [ends[i]!, key + own.length];
      if (this.#standing.isWithdrawn(id, revised[i]!)) continue;
      const worse = this.#standing.worse(id, own, integrity.get(i));
      if (worse) body = Buffer.from(JSON.stringify({ ...(JSON.parse(textOf(body)) as Document), integrity: worse }));
      const { changes, lastInsertRowid } = this.#insert.run(id, body, revised[i] || null);
      if (changes > 0) {
        this.#added++;
        for (const one of own) this.#addKey.run(one, id);
        const named = related.get(i);
        if (named) this.#links.add(lastInsertRowid, named);
      } else {
        this.#takeKnown(id, textOf(body), revised[i]!);
      }
    }
  }

  /** A document that is stored: an older state never replaces a newer one. */
  #takeKnown(id: string, given: string, stated: string): void {
    const { row, body, revised: known } = this.#find.get(id) as { row: number; body: string; revised: string | null };
    if (stated && known && stated < known) return;
    // A source that does not say of when its state is (PubTator) has the text and little else of a paper.
    const isThinner = !stated && known !== null;
    const after = isThinner ? joined(body, given) : given;
    const revised = isThinner ? known : stated;
    if (body !== after) this.#changes.push({ id, row, before: body, after, revised });
    else if (revised && revised !== known)
      this.#db.prepare("UPDATE documents SET revised = ? WHERE row = ?").run(revised, row);
  }

  /** Lowers the documents that are stored: one never stands better than its worst notice. */
  #takeNotices(notices: PackedDocuments["notices"]): void {
    for (const { document, integrity } of notices) {
      if (!this.#standing.note(document, integrity)) continue;
      for (const id of this.#idsOf(document)) {
        const { row, body } = this.#find.get(id) as { row: number; body: string };
        const stored = JSON.parse(body) as Document;
        const worse = this.#standing.worse(id, keysOf(stored), stored.integrity);
        if (!worse) continue;
        const after = JSON.stringify({ ...stored, integrity: worse });
        // At once, so that what the batch says of the document itself is compared with this.
        this.#db.prepare("UPDATE documents SET body = ? WHERE row = ?").run(after, row);
        this.#added++;
      }
    }
  }

  #idsOf(document: string): string[] {
    const key = keyOfId(document);
    return [...new Set([document, ownIdOf(key) ?? document, ...idsWith(this.#db, key)])].filter((id) =>
      this.#find.get(id),
    );
  }

  #takeRemovals(removed: PackedDocuments["removed"]): void {
    for (const { id, revised } of removed) {
      const stored = this.#find.get(id) as { body: string; revised: string | null } | undefined;
      if (stored && revised && stored.revised && revised < stored.revised) continue;
      this.#standing.withdraw(id, revised);
      if (stored) this.#removals.push({ id, revised, before: stored.body });
    }
  }

  #replaceKeys(id: string, before: string, after: string | undefined): void {
    const [old, now] = [before, after].map((body) => new Set(body ? keysOf(JSON.parse(body) as Document) : []));
    const remove = this.#db.prepare("DELETE FROM identifiers WHERE key = ? AND id = ?");
    for (const key of old!) if (!now!.has(key)) remove.run(key, id);
    for (const key of now!) this.#addKey.run(key, id);
  }
}

/** What is given, with what else was known. */
function joined(before: string, given: string): string {
  return JSON.stringify({ ...(JSON.parse(before) as Document), ...(JSON.parse(given) as Document) });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/**
 * Builds the search index of a knowledge folder from its texts of record. It is made in a folder of its own and moved
 * into place whole, so that a reader sees all of it or nothing, and two builders at once both end well.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection, Table } from "@lancedb/lancedb";
import { readManifest, type Knowledge } from "../../knowledge/index.ts";
import { FILES, indexFolder, readDescription, revisionFolder, searchRoot, type IndexDescription } from "./folder.ts";
import { termsOf, toRow, type IndexRow } from "./rows.ts";
import { writeTermStatistics } from "./term-statistics.ts";

export interface BuildOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Rows are written in pieces of about so many characters. */
const BATCH_CHARACTERS = 8_000_000;
/** The event loop gets a turn after so many documents. */
const TURN = 200;
/** What is left of a build that died is removed after this time. */
const ABANDONED_MS = 3_600_000;

/**
 * Makes sure that the index of this revision is there. Returns at once where it is.
 * @throws the signal's reason when aborted; nothing is left behind then
 */
export async function buildIndex(
  knowledge: Pick<Knowledge, "path" | "documents">,
  revision: string,
  options: BuildOptions = {},
): Promise<void> {
  const target = indexFolder(knowledge.path, revision);
  if (readDescription(target)) return;
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  const temporary = join(parent, `.building-${randomUUID()}`);
  try {
    await writeIndex(knowledge, temporary, options);
    moveIntoPlace(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  // A build that an import has overtaken leaves the newer index alone.
  if (readManifest(knowledge.path)?.revision === revision) removeOthers(knowledge.path, revision);
}

async function writeIndex(
  knowledge: Pick<Knowledge, "documents">,
  folder: string,
  { signal, onProgress }: BuildOptions,
): Promise<void> {
  const lance = await import("@lancedb/lancedb");
  const db = await lance.connect(join(folder, FILES.lance));
  const collected = new Collected();
  const total = knowledge.documents.count();
  let table: Table | undefined;
  let batch: IndexRow[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    table = await append(db, table, batch);
    batch = [];
    characters = 0;
  };
  for (const document of knowledge.documents.all()) {
    const termed = termsOf(document);
    collected.add(termed, document.published);
    const row = toRow(document, termed);
    batch.push(row);
    characters += row.terms.length;
    if (characters >= BATCH_CHARACTERS) await flush();
    if (collected.documents % TURN === 0) {
      onProgress?.(collected.documents, total);
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  await flush();
  signal?.throwIfAborted();
  // Our own tokens are split at spaces and otherwise left alone: documents and queries go through one function.
  const config = lance.Index.fts({
    withPosition: false,
    baseTokenizer: "whitespace",
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    maxTokenLength: 100,
  });
  await table?.createIndex("terms", { config });
  db.close();
  writeTermStatistics(join(folder, FILES.terms), collected.frequencies);
  writeFileSync(join(folder, FILES.description), JSON.stringify(collected.describe()));
  onProgress?.(total, total);
}

async function append(db: Connection, table: Table | undefined, rows: IndexRow[]): Promise<Table> {
  if (!table) return db.createTable(FILES.table, rows);
  await table.add(rows);
  return table;
}

/** Counts while documents pass by. */
class Collected {
  readonly frequencies = new Map<string, number>();
  documents = 0;
  #titleTerms = 0;
  #bodyTerms = 0;
  #newest = "";

  add({ title, body }: ReturnType<typeof termsOf>, published = ""): void {
    this.documents += 1;
    this.#titleTerms += title.length;
    this.#bodyTerms += body.length;
    if (published > this.#newest) this.#newest = published;
    for (const term of new Set([...title, ...body])) this.frequencies.set(term, (this.frequencies.get(term) ?? 0) + 1);
  }

  describe(): IndexDescription {
    const count = Math.max(1, this.documents);
    return {
      documents: this.documents,
      meanTitleLength: this.#titleTerms / count,
      meanBodyLength: this.#bodyTerms / count,
      ...(this.#newest ? { newest: this.#newest } : {}),
    };
  }
}

function moveIntoPlace(temporary: string, target: string): void {
  try {
    renameSync(temporary, target);
  } catch (error) {
    // Another process was faster: its index is as good.
    if (readDescription(target)) return;
    if (!existsSync(target)) throw error;
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  }
}

/** Other revisions, and what dead builds left. Readers notice a new revision and open its index. */
function removeOthers(knowledgePath: string, revision: string): void {
  const current = basename(revisionFolder(knowledgePath, revision));
  const root = searchRoot(knowledgePath);
  for (const name of readdirSync(root)) {
    if (name !== current) rmSync(join(root, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(join(root, current))) {
    const path = join(root, current, name);
    if (name.startsWith(".building-") && isAbandoned(path)) rmSync(path, { recursive: true, force: true });
  }
}

function isAbandoned(path: string): boolean {
  return Date.now() - statSync(path).mtimeMs > ABANDONED_MS;
}

/**
 * Makes the search index of a knowledge folder from its texts of record: from what an earlier revision's index has, where
 * little changed, else from nothing. It is made in a folder of its own and moved into place whole, so that a reader sees all
 * of it or nothing. One builder at a time; a build that was killed is gone on with.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readManifest, type Knowledge, type StoreState } from "../../knowledge/index.ts";
import { lockFolder } from "../../knowledge/lock.ts";
import { clearer, isFull } from "./building/faults.ts";
import { copyIndex } from "./building/copy.ts";
import { addRows, renewRows, type FillOptions, type VectorSource } from "./building/fill.ts";
import { IndexSession, keptPosition, type BuildPosition } from "./building/session.ts";
import { EngineAway, type WriteMode } from "./engine.ts";
import { embedded, type EngineProvider } from "./engines.ts";
import {
  checkSizes,
  completeIndexes,
  emptyDescription,
  indexFolder,
  readDescription,
  revisionFolder,
  searchRoot,
  type IndexDescription,
} from "./folder.ts";
import { usualLengths } from "./preparing/prepare.ts";
import { nextPart } from "./records/writer.ts";

export interface BuildOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  engine?: EngineProvider | undefined;
  /** Without it, the index has no vectors. */
  vectors?: VectorSource | undefined;
  /** Documents after which a build keeps how far it came; many, so that it costs little. */
  keepEvery?: number | undefined;
}

export interface Built {
  /** `none`: it was there; `changes`: of so many documents; `all`. */
  made: "none" | "changes" | "all";
  documents: number;
}

type Texts = Pick<Knowledge, "path" | "documents">;

/** Where a larger share of the documents changed, building anew is quicker, and the index tidier. */
const MOST_CHANGED = 0.3;
/** Each change leaves a file of its own, and what it replaced in those before; after so many all is tidied up. */
const MOST_PARTS = 100;

/**
 * Makes sure that the index of this revision is there. Returns at once where it is.
 * @throws Error that says what to do where the disk is full or the engine is away; the signal's reason when aborted
 */
export async function buildIndex(texts: Texts, revision: string, options: BuildOptions = {}): Promise<Built> {
  const { engine = embedded, signal = new AbortController().signal } = options;
  const target = indexFolder(texts.path, revision, engine.name);
  const nothing: Built = { made: "none", documents: 0 };
  if (isCurrent(target, options.vectors)) return nothing;
  const root = searchRoot(texts.path);
  mkdirSync(dirname(target), { recursive: true });
  using lock = await lockFolder(root, { signal });
  if (!lock) throw signal.reason;
  if (isCurrent(target, options.vectors)) return nothing;
  try {
    const built = await new Builder(texts, engine, { ...options, signal }).build(target);
    // A build that an import has overtaken leaves the newer index alone.
    if (readManifest(texts.path)?.revision === revision) removeOthers(root, basename(revisionFolder("", revision)));
    return built;
  } catch (error) {
    throw clearer(error, texts.path);
  }
}

/** Whether there is a complete index, with the vectors that are wanted. */
export function isCurrent(folder: string, vectors?: Pick<VectorSource, "identity">): boolean {
  const description = readable(folder);
  return description !== undefined && (!vectors || description.embedder?.identity === vectors.identity);
}

class Builder {
  readonly #texts: Texts;
  readonly #engine: EngineProvider;
  readonly #options: FillOptions;
  readonly #temporary: string;

  constructor(texts: Texts, engine: EngineProvider, options: FillOptions) {
    this.#texts = texts;
    this.#engine = engine;
    this.#options = options;
    this.#temporary = join(searchRoot(texts.path), `.building-${basename(indexFolder("", "", engine.name))}`);
  }

  async build(target: string): Promise<Built> {
    const base = completeIndexes(this.#texts.path, this.#engine.name).find((folder) =>
      isCurrent(folder, this.#options.vectors),
    );
    const changed = base ? await this.#tryToFollow(base, target) : undefined;
    if (changed !== undefined) return { made: "changes", documents: changed };
    // Embedding may take hours: until then words are searched.
    const { vectors, ...words } = this.#options;
    if (vectors && !isCurrent(target)) await new Builder(this.#texts, this.#engine, words).build(target);
    const documents = await this.#buildAll();
    this.#publish(target);
    // Of a build that went on after an import, the first part may be out of date.
    await this.#follow(target, target);
    return { made: "all", documents };
  }

  /** Where the index to follow is damaged, a new one is not. */
  async #tryToFollow(base: string, target: string): Promise<number | undefined> {
    try {
      return await this.#follow(base, target);
    } catch (error) {
      if (this.#options.signal.aborted || isFull(error) || error instanceof EngineAway) throw error;
      return undefined;
    }
  }

  /** @returns how many documents changed; undefined where building anew is better */
  async #follow(base: string, target: string): Promise<number | undefined> {
    const { documents } = this.#texts;
    const description = readable(base);
    if (!description) return undefined;
    checkSizes(base, description);
    const now = documents.state();
    const changed = documents.changedSince(description.through);
    const added = now.row - description.through.row;
    if (changed.length + added > MOST_CHANGED * documents.count() || added < 0) return undefined;
    if (nextPart(base) >= MOST_PARTS) return undefined;
    if (changed.length + added === 0 && base === target) return 0;
    rmSync(this.#temporary, { recursive: true, force: true });
    copyIndex(base, this.#temporary);
    const fits = await this.#change(description, { changed, now });
    if (fits) this.#publish(target);
    else rmSync(this.#temporary, { recursive: true, force: true });
    return fits ? changed.length + added : undefined;
  }

  /** @returns whether the copy then has as many documents as the store */
  async #change(
    description: IndexDescription,
    { changed, now }: { changed: number[]; now: StoreState },
  ): Promise<boolean> {
    const { through } = description;
    const part = nextPart(this.#temporary);
    const position = {
      description: { ...description, through: now },
      row: through.row,
      part,
      inPart: 0,
      recordBytes: 0,
      runBytes: 0,
    };
    const session = await this.#session(position, "changes");
    const fits = () => session.description.documents === this.#texts.documents.count();
    try {
      await renewRows(session, this.#temporary, this.#texts, changed, this.#options);
      await addRows(session, this.#texts, { after: through.row, until: now.row }, this.#options);
      await session.finish();
      // Where an import writes at this moment the counts differ, and the next index follows it.
      return fits() || this.#texts.documents.state().seq !== now.seq || this.#texts.documents.state().row !== now.row;
    } catch (error) {
      rmSync(this.#temporary, { recursive: true, force: true });
      throw error;
    } finally {
      session.close();
    }
  }

  async #buildAll(): Promise<number> {
    const { session, row } = await this.#begin();
    const { description } = session;
    const until = this.#texts.documents.state().row;
    description.through = { row: until, seq: description.through.seq };
    try {
      if (row > 0) await session.engine.removeAfter(row);
      await addRows(session, this.#texts, { after: row, until }, this.#options);
      await session.finish();
      return description.documents;
    } catch (error) {
      // What is aborted goes on from its last position, as when the engine is back; what failed would fail again, and takes room.
      const goesOn = this.#options.signal.aborted || error instanceof EngineAway;
      if (!goesOn) rmSync(this.#temporary, { recursive: true, force: true });
      throw error;
    } finally {
      session.close();
    }
  }

  /** Where a killed build stopped, or the beginning; with the last row that is in. */
  async #begin(): Promise<{ session: IndexSession; row: number }> {
    const kept = keptPosition(this.#temporary);
    if (kept && kept.description.embedder?.identity === this.#options.vectors?.identity) {
      try {
        return { session: await this.#session(kept, kept.row === 0 ? "new" : "resumed"), row: kept.row };
      } catch (error) {
        if (error instanceof EngineAway) throw error;
        // Damaged: begun anew.
      }
    }
    rmSync(this.#temporary, { recursive: true, force: true });
    mkdirSync(this.#temporary, { recursive: true });
    const beginning = {
      description: await this.#emptyDescription(),
      row: 0,
      part: 0,
      inPart: 0,
      recordBytes: 0,
      runBytes: 0,
    };
    return { session: await this.#session(beginning, "new"), row: 0 };
  }

  async #emptyDescription(): Promise<IndexDescription> {
    const { vectors, signal } = this.#options;
    const { documents } = this.#texts;
    const embedder = vectors && { identity: vectors.identity, dimension: await vectors.dimension(signal), vectors: 0 };
    const through = { row: 0, seq: documents.state().seq };
    return { ...emptyDescription(usualLengths(documents)), ...(embedder ? { embedder } : {}), through };
  }

  async #session(position: BuildPosition, mode: WriteMode): Promise<IndexSession> {
    const { signal, keepEvery } = this.#options;
    const engine = await this.#engine.writer(this.#temporary, position.description, mode);
    return new IndexSession({ folder: this.#temporary, position, engine, signal, keepEvery });
  }

  #publish(target: string): void {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(this.#temporary, target);
  }
}

/** What a damaged description says is as good as nothing: the texts of record are intact, and the index is made again. */
function readable(folder: string): IndexDescription | undefined {
  try {
    return readDescription(folder);
  } catch {
    return undefined;
  }
}

/** Other revisions. Readers notice a new revision and open its index. */
function removeOthers(root: string, current: string): void {
  for (const name of readdirSync(root)) {
    if (name !== current && !name.startsWith("import.lock")) rmSync(join(root, name), { recursive: true, force: true });
  }
}

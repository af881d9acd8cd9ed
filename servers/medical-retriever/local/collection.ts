/** The local documents as one searchable collection: its index is built when missing, and changed for the newer one after an import. */
import { rmSync } from "node:fs";
import { readManifest, type Knowledge } from "../../knowledge/index.ts";
import { VectorsAway } from "../embedding/index.ts";
import { buildIndex, isCurrent, type BuildOptions } from "./build.ts";
import { chosenEngine, type EngineProvider } from "./engines.ts";
import { indexFolder } from "./folder.ts";
import { SearchIndex } from "./search-index.ts";

type Progress = BuildOptions["onProgress"];

export interface CollectionOptions extends Pick<BuildOptions, "engine" | "vectors"> {
  /** Questions are answered by words until all documents have their vectors: where someone waits, since embedding takes long. */
  wordsFirst?: boolean;
}

interface Opening {
  revision: string;
  index: Promise<SearchIndex>;
}

export class LocalCollection {
  readonly #knowledge: Knowledge;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<NonNullable<Progress>>();
  readonly #options: CollectionOptions;
  readonly #engine: EngineProvider;
  /** By revision. */
  readonly #failures = new Map<string, number>();
  #opening: Opening | undefined;

  constructor(knowledge: Knowledge, options: CollectionOptions = {}) {
    this.#knowledge = knowledge;
    this.#options = options;
    this.#engine = options.engine ?? chosenEngine(knowledge);
  }

  /** The index of what is stored now. Concurrent callers share one opening; a build goes on when the caller leaves, for the next one. */
  async index(onProgress?: Progress): Promise<SearchIndex> {
    const revision = this.revision();
    if (this.#opening?.revision !== revision) {
      const before = this.#opening;
      const opening: Opening = { revision, index: this.#open(revision) };
      this.#opening = opening;
      opening.index.catch(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
      // Questions that still run on the old index finish first.
      if (before) setTimeout(() => void closeOpened(before), 60_000).unref();
    }
    if (onProgress) this.#listeners.add(onProgress);
    try {
      return await this.#opening.index;
    } finally {
      if (onProgress) this.#listeners.delete(onProgress);
    }
  }

  /** As the manifest says at this moment: an import by another process is noticed. */
  revision(): string {
    return (readManifest(this.#knowledge.path) ?? this.#knowledge.manifest).revision;
  }

  /**
   * For when the index failed. A damaged one is thrown away, so that the next call builds it anew; one that answers another
   * question is closed and opened again, and thrown away only where it then fails once more: building takes long.
   */
  async discard(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    if (opening) await closeOpened(opening);
    const revision = opening?.revision ?? this.revision();
    const failures = (this.#failures.get(revision) ?? 0) + 1;
    this.#failures.set(revision, failures);
    const folder = indexFolder(this.#knowledge.path, revision, this.#engine.name);
    if (failures > 2 || (failures === 1 && (await answers(folder, this.#engine)))) return;
    rmSync(folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("the retriever was closed"));
    if (this.#opening) await closeOpened(this.#opening);
  }

  async #open(revision: string): Promise<SearchIndex> {
    const { vectors, wordsFirst = false } = this.#options;
    const folder = indexFolder(this.#knowledge.path, revision, this.#engine.name);
    const isLater = vectors !== undefined && wordsFirst && !isCurrent(folder, vectors);
    try {
      await this.#build(revision, isLater ? undefined : vectors);
    } catch (error) {
      // Words alone find documents all the same.
      if (!(error instanceof VectorsAway)) throw error;
      await this.#build(revision, undefined);
    }
    const index = await SearchIndex.open(folder, this.#engine);
    if (isLater) void this.#addVectors(revision, vectors);
    return index;
  }

  /** In the background. What fails is tried again with the next start; meanwhile words decide. */
  async #addVectors(revision: string, vectors: BuildOptions["vectors"]): Promise<void> {
    try {
      await this.#build(revision, vectors);
    } catch {
      return;
    }
    if (this.#opening?.revision !== revision) return;
    const before = this.#opening;
    this.#opening = undefined;
    setTimeout(() => void closeOpened(before), 60_000).unref();
  }

  async #build(revision: string, vectors: BuildOptions["vectors"]): Promise<void> {
    await buildIndex(this.#knowledge, revision, {
      engine: this.#engine,
      vectors,
      signal: this.#closing.signal,
      onProgress: (done, total) => this.#listeners.forEach((listener) => listener(done, total)),
    });
  }
}

async function closeOpened({ index }: Opening): Promise<void> {
  await index.then(
    (opened) => opened.close(),
    () => undefined,
  );
}

/** Whether an index can be opened and finds what it has. */
async function answers(folder: string, engine: EngineProvider): Promise<boolean> {
  try {
    const index = await SearchIndex.open(folder, engine);
    const works = await index.works().finally(() => index.close());
    return works;
  } catch {
    return false;
  }
}

/**
 * The one loop behind every import: read, check, batch, commit, remember the position. What is killed goes on where it
 * was, what is repeated changes nothing, and the manifest is written last: until then readers see the state before.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { documentText, KnowledgeRecord, type Document, type Manifest } from "../../schemas/index.ts";
import type { Replaced } from "./document-writer.ts";
import { embeddedSink } from "./embedded-sink.ts";
import { dataHome, knowledgePath, readManifest, writeManifest } from "./folder.ts";
import type { GraphSink } from "./graph-sink.ts";
import { danglingReason } from "./relation-writer.ts";
import { ImportBatch } from "./import-batch.ts";
import { fingerprintOf, type ImportPosition } from "./import-position.ts";
import { lockFolder } from "./lock.ts";
import type { Problem, Source } from "./sources/index.ts";
import { storeError } from "./sqlite.ts";
import { starterRecords } from "./starter/prepared.ts";
import { STARTER_LICENCE } from "./starter/read.ts";
import { DocumentSink } from "./writing/sink.ts";

export interface ImportRequest {
  source: Source;
  /** A file or a folder. */
  from: string;
  /** Data home; else the environment's. */
  home?: string;
  /** Knowledge folder to import into. */
  knowledge?: string;
  /** Stops after the batch at hand; the same request goes on from there. */
  signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
  onProblem?(problem: Problem): void;
  /** Records a transaction. */
  batchSize?: number;
  /** What a new folder begins with; else the starter, so that what it knows is not lost to those who import. */
  seed?: () => Iterable<KnowledgeRecord>;
  /** Where the graph goes; else into the folder. Documents and the manifest are the folder's in any case. */
  openSink?: (folder: string) => GraphSink | Promise<GraphSink>;
}

export interface ImportProgress {
  /** `waiting`: another import holds the folder. */
  phase: "waiting" | "reading" | "writing";
  /** Records taken in so far, those of an interrupted run included. */
  records: number;
  seconds: number;
}

export interface ImportResult {
  /** False where `signal` stopped it. */
  finished: boolean;
  path: string;
  /** Records that the source gave; the starter, which a new home begins with, does not count. */
  records: number;
  /** Of them, those that were new, or changed what was there. */
  changed: number;
  /** Rows of the source that could not be used. */
  problems: number;
  /** Files that end in their middle: what they held up to there is taken in. */
  torn: number;
  manifest: Manifest | undefined;
  seconds: number;
}

const BATCH = 10_000;
/** Between the records of the starter and those of the source. */
const STARTER_ENDS = Symbol("the starter ends");
/** Parsers build records from checked rows; every so many is held against its schema all the same, at first more often. */
const [CHECK_EVERY, CHECK_LATER, EARLY] = [64, 512, 4096];

/** @throws Error when the source cannot be read, or a record is not one; what was committed stays and is gone over again next time */
export async function importSource(request: ImportRequest): Promise<ImportResult> {
  const path = knowledgePath(request.knowledge ?? "home", request.home ?? dataHome());
  // Before anything is made: a path that is not there should leave no trace.
  if (!existsSync(request.from)) throw new Error(`${request.from}: there is no such file or folder`);
  mkdirSync(path, { recursive: true });
  const started = performance.now();
  const report = (phase: ImportProgress["phase"], records: number) =>
    request.onProgress?.({ phase, records, seconds: (performance.now() - started) / 1000 });

  using lock = await lockFolder(path, { signal: request.signal, onWait: () => report("waiting", 0) });
  if (!lock) return stopped(path, { records: 0, changed: 0 }, 0, started);
  // Awaited here: the lock is let go when this function ends.
  return await new Import(path, request, report, started).run();
}

class Import {
  readonly #path: string;
  readonly #request: ImportRequest;
  readonly #report: (phase: ImportProgress["phase"], records: number) => void;
  readonly #started: number;
  #problems = 0;
  #torn = 0;
  #changed = 0;
  /** What a new home begins with: how many records, and how many changes they were. */
  readonly #starter = { records: 0, changed: 0 };
  #about: { version?: string; licence?: string } = {};

  constructor(
    path: string,
    request: ImportRequest,
    report: (phase: ImportProgress["phase"], records: number) => void,
    started: number,
  ) {
    this.#path = path;
    this.#request = request;
    this.#report = report;
    this.#started = started;
  }

  async run(): Promise<ImportResult> {
    const manifest = readManifest(this.#path);
    const fingerprint = fingerprintOf(this.#request.source.kind, this.#request.from);
    const sink = await (this.#request.openSink ?? embeddedSink)(this.#path);
    const documents = new DocumentSink(join(this.#path, "documents.db"));
    try {
      const interrupted = await sink.position();
      const same = interrupted?.fingerprint === fingerprint ? interrupted : undefined;
      const begin = same ?? { fingerprint, seed: manifest === undefined, position: 0 };
      const position = await this.#write({ documents, sink }, begin);
      if (this.#request.signal?.aborted) {
        return stopped(this.#path, this.#taken(position), this.#problems, this.#started);
      }
      await sink.finish();
      const untouched = manifest && !interrupted && this.#changed === 0;
      const counts = { documents: await documents.count(), ...(await sink.counts()) };
      const next = this.#manifest(manifest, begin.seed, untouched ? manifest.revision : randomUUID(), counts);
      writeManifest(this.#path, next);
      await sink.forgetPosition();
      return {
        finished: true,
        path: this.#path,
        ...this.#taken(position),
        problems: this.#problems,
        torn: this.#torn,
        manifest: next,
        seconds: (performance.now() - this.#started) / 1000,
      };
    } catch (error) {
      throw storeError(this.#path, error);
    } finally {
      await documents.close();
      await sink.close();
    }
  }

  /** Takes in all records after the position where an earlier run ended. @returns the position where this one did */
  async #write(stores: Stores, begin: ImportPosition): Promise<number> {
    const { signal, batchSize = BATCH } = this.#request;
    const skip = begin.position;
    let position = 0;
    const told = (reason: string) => this.#problem({ file: this.#request.from, reason });
    let batch = new ImportBatch(told);
    // A sink that writes elsewhere does so while the next batch is read; never two at once.
    let writing = Promise.resolve();
    const commit = async () => {
      await writing;
      const [records, at] = [batch, position];
      batch = new ImportBatch(told, records);
      writing = this.#commit(stores, records, { ...begin, position: at });
      // Told where it is awaited; until then it is no unhandled rejection.
      writing.catch(() => {});
      // The parsers may never wait for the disk, and then signals would not be heard.
      await breathe();
    };
    this.#report("reading", skip);
    // Told before the first write, so that a run killed in between is known to have changed something.
    await stores.sink.write({ entities: [], relations: [] }, begin);
    try {
      for await (const some of this.#records(begin.seed)) {
        if (some === STARTER_ENDS) {
          this.#starter.records = position;
          if (position > skip) await commit();
          continue;
        }
        for (const record of Array.isArray(some) ? (some as readonly KnowledgeRecord[]) : [some as KnowledgeRecord]) {
          if (++position <= skip) continue;
          if (position % (position <= EARLY ? CHECK_EVERY : CHECK_LATER) === 0) check(record);
          batch.add(record);
          if (batch.isLarge) stores.documents.expectMany();
          if (batch.count < batchSize && !batch.isFull && !signal?.aborted) continue;
          await commit();
          if (signal?.aborted) return position;
        }
      }
      await commit();
      return position;
    } finally {
      await writing;
    }
  }

  /** Documents before the relations that quote them, entities before the relations that join them. */
  async #commit({ documents, sink }: Stores, batch: ImportBatch, position: ImportPosition): Promise<void> {
    let stored = 0;
    if (batch.documents.count > 0) {
      // A newer release says other things: what was quoted from the older one and is gone goes before it does.
      const replaced = await documents.begin(batch.documents.finish());
      try {
        if (replaced.length > 0) await sink.retract(replaced.map(textAfter));
      } catch (error) {
        await documents.abort();
        throw error;
      }
      stored = await documents.commit();
    }
    const { entities, relations } = batch;
    const { changed, dangling } = await sink.write({ entities, relations }, position);
    for (const { relation, unknown } of dangling) {
      this.#problem({ file: this.#request.from, reason: danglingReason(relation, unknown) });
    }
    this.#changed += stored + changed;
    if (position.position <= this.#starter.records) this.#starter.changed = this.#changed;
    this.#report("writing", position.position);
  }

  async *#records(seed: boolean): AsyncGenerator<KnowledgeRecord | readonly KnowledgeRecord[] | typeof STARTER_ENDS> {
    if (seed) {
      yield* (this.#request.seed ?? starterRecords)();
      yield STARTER_ENDS;
    }
    yield* this.#request.source.read(this.#request.from, {
      problem: (problem) => this.#problem(problem),
      about: (facts) => (this.#about = facts),
    });
  }

  /** Of the source alone. */
  #taken(position: number): Pick<ImportResult, "records" | "changed"> {
    return {
      records: Math.max(0, position - this.#starter.records),
      changed: this.#changed - this.#starter.changed,
    };
  }

  #problem(problem: Problem): void {
    this.#problems++;
    if (problem.torn) this.#torn++;
    this.#request.onProblem?.(problem);
  }

  #manifest(before: Manifest | undefined, seed: boolean, revision: string, counts: Manifest["counts"]): Manifest {
    const importedAt = new Date().toISOString();
    const { kind } = this.#request.source;
    const from = resolve(this.#request.from);
    const starter = { kind: "starter", from: "starter", licence: STARTER_LICENCE, importedAt };
    const others = (before?.sources ?? []).filter((source) => source.kind !== kind || source.from !== from);
    return {
      version: 1,
      name: this.#request.knowledge ?? "home",
      revision,
      sources: [...others, ...(seed ? [starter] : []), { kind, from, ...this.#about, importedAt }],
      counts,
    };
  }
}

interface Stores {
  documents: DocumentSink;
  sink: GraphSink;
}

function textAfter({ id, body }: Replaced): { id: string; text: string } {
  return { id, text: body === undefined ? "" : documentText(JSON.parse(body) as Document) };
}

function check(record: KnowledgeRecord): void {
  const parsed = KnowledgeRecord.safeParse(record);
  if (parsed.success) return;
  throw new Error(`a parser made a record that is none: ${parsed.error.message} in ${JSON.stringify(record)}`);
}

function stopped(
  path: string,
  taken: Pick<ImportResult, "records" | "changed">,
  problems: number,
  started: number,
): ImportResult {
  const seconds = (performance.now() - started) / 1000;
  return { finished: false, path, ...taken, problems, torn: 0, manifest: readManifest(path), seconds };
}

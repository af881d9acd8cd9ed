/** Merges the runs of a part into its files. Reads each posting once; what is in memory at a time is one stretch of the terms. */
import { closeSync, openSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { writeAll } from "../file-bytes.ts";
import { ENTRY_BYTES, pieceBytes, TermsWriter } from "./part-files.ts";
import type { RunFile, StoredRun } from "./runs.ts";

/** Of the lists that are put together at a time. */
const STRETCH_BYTES = 32 << 20;
/** Terms between two turns of the event loop. */
const TURN = 20_000;

export interface PartPaths {
  postings: string;
  terms: string;
}

/** All terms of the runs, ascending, with what is known of their lists. */
interface Lists {
  terms: string[];
  documents: Uint32Array;
  pieces: Uint32Array;
  bytes: Float64Array;
  /** For each run, the places of its terms among all, ascending. */
  ranks: Uint32Array[];
}

/** @param gone in how many documents that went each term was. @throws Error where the disk is full; the signal's reason */
export async function mergeRuns(
  file: RunFile,
  paths: PartPaths,
  gone: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const runs = [...file.runs()];
  const lists = await survey(runs, signal);
  await writeLists(runs, lists, paths.postings, signal);
  await writeTerms(lists, gone, paths.terms, signal);
}

async function survey(runs: readonly StoredRun[], signal: AbortSignal): Promise<Lists> {
  const numbers = new Map<string, number>();
  const own: Uint32Array[] = [];
  for (const run of runs) {
    const terms = run.terms();
    const numbered = new Uint32Array(terms.length);
    for (const [i, term] of terms.entries()) {
      let number = numbers.get(term);
      if (number === undefined) numbers.set(term, (number = numbers.size));
      numbered[i] = number;
    }
    own.push(numbered);
    await turn(signal);
  }
  // oxlint-disable-next-line unicorn/no-array-sort -- an array of its own
  const terms = [...numbers.keys()].sort();
  const rankOf = new Uint32Array(terms.length);
  for (const [rank, term] of terms.entries()) rankOf[numbers.get(term)!] = rank;
  const documents = new Uint32Array(terms.length);
  const pieces = new Uint32Array(terms.length);
  const bytes = new Float64Array(terms.length);
  for (const [i, run] of runs.entries()) {
    const frequencies = run.frequencies();
    const ranks = own[i]!;
    for (let k = 0; k < ranks.length; k++) {
      const rank = (ranks[k] = rankOf[ranks[k]!]!);
      documents[rank]! += frequencies[k]!;
      pieces[rank]! += 1;
      bytes[rank]! += ENTRY_BYTES + pieceBytes(frequencies[k]!);
    }
    await turn(signal);
  }
  return { terms, documents, pieces, bytes, ranks: own };
}

async function writeLists(runs: readonly StoredRun[], lists: Lists, path: string, signal: AbortSignal): Promise<void> {
  const cursors = runs.map((run, i) => new RunCursor(run, lists.ranks[i]!));
  const file = openSync(path, "w");
  try {
    for (let first = 0, end = 0, at = 0; first < lists.terms.length; first = end) {
      let size = 0;
      while (end < lists.terms.length && (end === first || size + lists.bytes[end]! <= STRETCH_BYTES)) {
        size += lists.bytes[end++]!;
      }
      const stretch = new Stretch(lists, first, end, size);
      for (const cursor of cursors) {
        cursor.copy(stretch);
        await turn(signal);
      }
      writeAll(file, stretch.out, at);
      at += size;
    }
  } finally {
    closeSync(file);
  }
}

/** The lists of some successive terms, while they fill. */
class Stretch {
  readonly end: number;
  readonly out: Uint8Array;
  readonly #first: number;
  /** By term: where its next entry and its next piece go. */
  readonly #entries: Uint32Array;
  readonly #pieces: Uint32Array;
  readonly #view: DataView;

  constructor({ bytes, pieces }: Lists, first: number, end: number, size: number) {
    this.#first = first;
    this.end = end;
    this.out = new Uint8Array(size);
    this.#view = new DataView(this.out.buffer);
    this.#entries = new Uint32Array(end - first);
    this.#pieces = new Uint32Array(end - first);
    for (let rank = first, at = 0; rank < end; at += bytes[rank++]!) {
      this.#entries[rank - first] = at;
      this.#pieces[rank - first] = at + ENTRY_BYTES * pieces[rank]!;
    }
  }

  /** @param places, @param impacts of several terms; the postings of this one lie from `from` to `to` */
  add(
    rank: number,
    { window, top }: { window: number; top: number },
    { places, impacts, from, to }: { places: Uint8Array; impacts: Uint8Array; from: number; to: number },
  ): void {
    const { out } = this;
    const count = to - from;
    const entry = this.#entries[rank - this.#first]!;
    this.#view.setUint32(entry, window, true);
    this.#view.setUint16(entry + 4, count, true);
    out[entry + 6] = top;
    this.#entries[rank - this.#first] = entry + ENTRY_BYTES;
    let at = this.#pieces[rank - this.#first]!;
    this.#pieces[rank - this.#first] = at + pieceBytes(count);
    if (count > 16) {
      out.set(places.subarray(2 * from, 2 * to), at);
      out.set(impacts.subarray(from, to), at + 2 * count);
      return;
    }
    for (let i = 2 * from; i < 2 * to; i++) out[at++] = places[i]!;
    for (let i = from; i < to; i++) out[at++] = impacts[i]!;
  }
}

/** Goes through the terms of a run. */
class RunCursor {
  readonly #run: StoredRun;
  readonly #ranks: Uint32Array;
  readonly #frequencies: Uint32Array;
  readonly #tops: Uint8Array;
  #next = 0;
  #posting = 0;

  constructor(run: StoredRun, ranks: Uint32Array) {
    this.#run = run;
    this.#ranks = ranks;
    this.#frequencies = run.frequencies();
    this.#tops = run.tops();
  }

  /** Copies what the run has of a stretch. */
  copy(stretch: Stretch): void {
    let [to, postings] = [this.#next, 0];
    while (to < this.#ranks.length && this.#ranks[to]! < stretch.end) postings += this.#frequencies[to++]!;
    const places = new Uint8Array(this.#run.places(this.#posting, this.#posting + postings).buffer);
    const impacts = this.#run.impacts(this.#posting, this.#posting + postings);
    let from = 0;
    for (let k = this.#next; k < to; k++) {
      const end = from + this.#frequencies[k]!;
      const piece = { window: this.#run.window, top: this.#tops[k]! };
      stretch.add(this.#ranks[k]!, piece, { places, impacts, from, to: end });
      from = end;
    }
    this.#next = to;
    this.#posting += postings;
  }
}

async function writeTerms(
  { terms, documents, pieces, bytes }: Lists,
  gone: ReadonlyMap<string, number>,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const writer = new TermsWriter(path);
  try {
    const left = new Map(gone);
    for (let rank = 0, at = 0; rank < terms.length; at += bytes[rank++]!) {
      const term = terms[rank]!;
      const less = left.get(term) ?? 0;
      if (less > 0) left.delete(term);
      writer.add(term, { documents: documents[rank]! - less, at, bytes: bytes[rank]!, pieces: pieces[rank]! });
      if (rank % TURN === TURN - 1) await turn(signal);
    }
    for (const [term, less] of left) writer.add(term, { documents: -less, at: 0, bytes: 0, pieces: 0 });
    writer.finish();
  } finally {
    writer.close();
  }
}

async function turn(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}

/**
 * What `reason --phenopackets` and `reason findings` share: many cases over threads into one file of lines, in the order
 * of the input, taken up where a stopped run left it. What cannot be read is named, skipped and counted.
 */
import { availableParallelism } from "node:os";
import {
  inThreads,
  itemsOf,
  LIMITS,
  provenance,
  ResultFile,
  type Job,
  type Result,
} from "../clinical-reasoning/batch/index.ts";
import { clinicalModelIsCurrent, compileClinicalModel } from "../clinical-reasoning/index.ts";
import { openKnowledge } from "../knowledge/index.ts";
import { progressLine } from "../kit/progress-line.ts";

export interface BatchOptions {
  from: string;
  out: string;
  knowledge?: string | undefined;
  /** What the items are called: "cases", "texts". */
  what: string;
  /** Whether a line that is there already is what this run would write. */
  keeps?: (line: Record<string, unknown>) => boolean;
  job: { kind: "rank"; top: number; pheval?: string | undefined } | { kind: "findings" };
}

/** Items and notes that are told one by one. */
const TOLD = 10;

/** @returns the exit code: 0 done, 1 stopped or with items left out. @throws Error where the input cannot be read at all */
export async function runBatch({ from, out, knowledge, what, keeps = () => true, job }: BatchOptions): Promise<number> {
  const begun = performance.now();
  const { name, current } = await ready(knowledge);
  const file = new ResultFile(out, (line) => line["knowledge"] === current && keeps(line));
  if (file.kept > 0) say(`${file.kept} lines are in ${out} already and are kept`);
  if (file.dropped > 0) say(`${file.dropped} lines of ${out} were damaged or of other settings, and are computed anew`);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // Once: a second Ctrl-C ends the process at once, which loses nothing either.
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = progressLine(process.stderr);
  const tally = new Tally(file);
  try {
    const all: Job = { ...job, knowledge: name, done: new Set(file.ids) };
    for await (const results of inThreads(itemsOf(from), all, stop.signal, availableParallelism())) {
      tally.take(results);
      progress.show(`${tally.order.length.toLocaleString("en")} ${what}`);
    }
    progress.clear();
    if (stop.signal.aborted) {
      file.close();
      say("stopped; the same command goes on from here");
      return 1;
    }
    const others = file.finish(tally.order);
    if (others > 0) say(`${others} lines of ${out} are of ${what} that are not in ${from}; they were left as they are`);
  } finally {
    progress.clear();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
  tally.tell(what, (performance.now() - begun) / 1000);
  return tally.problems > 0 || tally.order.length === 0 ? 1 : 0;
}

/** The knowledge by name, its model compiled once rather than by every thread. */
async function ready(given: string | undefined): Promise<{ name: string; current: string }> {
  const knowledge = openKnowledge(given);
  try {
    if (!clinicalModelIsCurrent(knowledge)) {
      await compileClinicalModel(knowledge, { onProgress: (_done, _total, message) => message && say(message) });
    }
    return { name: knowledge.name, current: provenance(knowledge) };
  } finally {
    knowledge.close();
  }
}

class Tally {
  /** Ids in the order of the input. */
  readonly order: string[] = [];
  problems = 0;
  readonly #file: ResultFile;
  readonly #seen = new Set<string>();
  #written = 0;
  #noted = 0;

  constructor(file: ResultFile) {
    this.#file = file;
  }

  take(results: readonly Result[]): void {
    const lines = results.flatMap((result) => {
      if ("problem" in result) return this.#skip(result.name, result.problem);
      if (this.#seen.has(result.id)) return this.#skip(result.name, `its id ${result.id} is that of an earlier one`);
      this.#seen.add(result.id);
      this.order.push(result.id);
      if (result.notes) this.#note(result.id, result.notes);
      return "line" in result && !this.#file.ids.has(result.id) ? [{ id: result.id, text: result.line }] : [];
    });
    this.#file.append(lines);
    this.#written += lines.length;
  }

  tell(what: string, seconds: number): void {
    if (this.problems > TOLD) say(`skipped: ${this.problems - TOLD} more`);
    if (this.#noted > TOLD) say(`notes on ${this.#noted - TOLD} more ${what} stand in their lines`);
    say(
      `${this.order.length} ${what} in ${seconds.toFixed(1)} s (${this.#written} new lines)` +
        `${this.problems > 0 ? `, ${this.problems} skipped` : ""}; ${LIMITS}`,
    );
  }

  #skip(name: string, why: string): [] {
    if (this.problems++ < TOLD) say(`skipped: ${name}: ${why}`);
    return [];
  }

  /** Only what was left out is told; the lines hold every note. */
  #note(id: string, notes: readonly string[]): void {
    const left = notes.filter((note) => /left out|not used|could not be read/u.test(note));
    if (left.length > 0 && this.#noted++ < TOLD) say(`${id}: ${left.join("; ")}`);
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

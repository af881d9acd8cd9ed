/** Questions with proofs from a knowledge folder. */
import { setImmediate } from "node:timers/promises";
import { SPECIALTIES, type Rejection, type Specialty } from "../../../schemas/index.ts";
import type { Knowledge } from "../../../servers/knowledge/index.ts";
import { Generator } from "./generator.ts";
import { QuestionFile } from "./output.ts";
import { World } from "./world.ts";

/** Raised whenever the same seed gives other questions than before. */
const VERSION = 1;
/** Attempts between two looks at the clock and at Ctrl-C. */
const AT_ONCE = 20;
const SAVE_MS = 1000;

export interface QuestionsOptions {
  knowledge: Knowledge;
  count: number;
  /** The file that grows; a run that was cut off goes on in it. */
  out: string;
  seed?: number;
  /** Shortest and longest chain, within 3 … 8. */
  hops?: readonly [number, number];
  /** Chains alone, from a named thing to the answer, without clues beside them. */
  plain?: boolean;
  /** Where rejections are written, one a line. */
  rejections?: string;
  signal?: AbortSignal;
  onProgress?: (state: { count: number; attempts: number; seconds: number }) => void;
}

export interface QuestionsResult {
  out: string;
  knowledge: string;
  revision: string;
  seed: number;
  requested: number;
  /** Questions in the file now. */
  written: number;
  /** Questions that an earlier run had left. */
  resumedAt: number;
  hops: { min: number; mean: number; max: number };
  specialties: Partial<Record<Specialty, number>>;
  /** Specialties that the knowledge has no disease of. */
  absent: Specialty[];
  attempts: number;
  rejections: Partial<Record<Rejection["reason"], number>>;
  /** Share of the attempts whose chain was proven longest up to its cap. */
  optimalShare: number;
  /** Of this run: loading the knowledge, and making questions. */
  seconds: { load: number; make: number };
  perSecond: number;
  finished: boolean;
  aborted: boolean;
}

/**
 * Writes `count` questions to `out`, or as many as the knowledge has.
 * @throws Error that says what to do where `out` was begun with another configuration or is someone else's
 */
export async function makeQuestions(options: QuestionsOptions): Promise<QuestionsResult> {
  const { knowledge, count, out, seed = 1, hops = [3, 8], plain = false, signal, onProgress } = options;
  const started = performance.now();
  const revision = knowledge.manifest.revision;
  const configuration = {
    version: VERSION,
    knowledge: knowledge.name,
    revision,
    seed,
    hops: [...hops] as [number, number],
    plain,
  };
  const file = new QuestionFile(out, configuration, options.rejections);
  try {
    if (file.count > count) {
      throw new Error(`${out} holds ${file.count} questions already, more than --count ${count}: give another --out`);
    }
    const world = new World(knowledge);
    const generator = new Generator(world, { seed, minHops: hops[0], maxHops: hops[1], plain }, file.position);
    const loaded = performance.now();
    const rows = file.earlier.map(({ hops, specialty }) => ({ hops, specialty }));
    for (const row of file.earlier) generator.remember(row);
    let saved = loaded;
    let exhausted = false;
    for (let n = 1; file.count < count && !exhausted; n++) {
      if (signal?.aborted) break;
      const outcome = generator.next();
      if (!outcome) exhausted = true;
      else if ("reason" in outcome) file.reject(outcome);
      else {
        file.add(outcome);
        rows.push(outcome);
      }
      if (n % AT_ONCE !== 0) continue;
      const now = performance.now();
      if (now - saved > SAVE_MS) {
        file.save(generator.position);
        saved = now;
        onProgress?.({ count: file.count, attempts: generator.position.attempts, seconds: (now - started) / 1000 });
      }
      await setImmediate();
    }
    file.save(generator.position);
    const make = (performance.now() - loaded) / 1000;
    const { attempts, optimal, rejections } = generator.position;
    return {
      out,
      knowledge: knowledge.name,
      revision,
      seed,
      requested: count,
      written: file.count,
      resumedAt: file.earlier.length,
      ...statistics(rows),
      absent: SPECIALTIES.filter((s) => !generator.specialties.includes(s)),
      attempts,
      rejections,
      optimalShare: attempts === 0 ? 0 : optimal / attempts,
      seconds: { load: (loaded - started) / 1000, make },
      perSecond: (file.count - file.earlier.length) / Math.max(make, 1e-9),
      finished: file.count === count,
      aborted: file.count < count && signal?.aborted === true,
    };
  } finally {
    file.close();
  }
}

function statistics(rows: readonly { hops: number; specialty: Specialty }[]) {
  const specialties: Partial<Record<Specialty, number>> = {};
  for (const { specialty } of rows) specialties[specialty] = (specialties[specialty] ?? 0) + 1;
  const lengths = rows.map(({ hops }) => hops);
  const total = lengths.reduce((a, b) => a + b, 0);
  return {
    hops: {
      min: least(lengths),
      mean: lengths.length > 0 ? total / lengths.length : 0,
      max: -least(lengths.map((n) => -n)),
    },
    specialties,
  };
}

function least(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((a, b) => Math.min(a, b));
}

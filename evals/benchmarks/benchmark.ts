/** What a benchmark is to the harness: how its file is read, who may see its text, how an answer is scored. */
import type { Task } from "../../schemas/index.ts";
import type { Family } from "../scorers/index.ts";

/**
 * Who may see its texts. open: anybody · obfuscated: published, but encoded so that crawlers do not learn it; kept out of
 * reports · gated: its terms forbid sharing; kept out of cells and reports · encrypted: kept out of every file.
 */
export type Access = "open" | "obfuscated" | "gated" | "encrypted";

export interface LoadOptions {
  /** GAIA: only tasks without an attached file. */
  textOnly?: boolean;
  /** GAIA: which split of a folder that holds both. */
  split?: "validation" | "test";
}

export interface LoadedSet {
  /** SHA-256 of the file's bytes: what was asked is told by it. */
  digest: string;
  tasks: Task[];
  /** The knowledge that the questions were made from, where all were made from one. */
  knowledge?: string;
  /** What a reader of the results should know of this file. */
  notes: string[];
}

export interface Benchmark {
  name: string;
  title: string;
  scorer: Family;
  access: Access;
  /** Tasks of the published set; absent where any number may be. */
  size?: number;
  /** The file, as its publisher or this project names it. */
  file: string;
  /** Repeats that its protocol asks for. */
  repeats: number;
  /** Addresses under which its answers lie in the open: a run that read them is contaminated. */
  blocked: string[];
  load(path: string, options: LoadOptions): LoadedSet | Promise<LoadedSet>;
  /** The same words again and again: what one scores without looking anything up. */
  constant: { what: string; of(tasks: readonly Task[]): (task: Task) => string };
}

/** The file is not what this benchmark expects. Its message names both, and quotes no text of a task. */
export class BadDataSet extends Error {
  override readonly name = "BadDataSet";

  constructor(file: string, expected: string, found: string) {
    super(`${file}: expected ${expected}; found ${found}`);
  }
}

/** The most frequent gold of all tasks, for every task; the first in order of the alphabet where several are. */
export const COMMONEST_GOLD: Benchmark["constant"] = {
  what: "the most frequent answer, for every question",
  of(tasks) {
    const counts = new Map<string, number>();
    for (const { gold } of tasks) counts.set(gold, (counts.get(gold) ?? 0) + 1);
    const commonest = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? "";
    return () => commonest;
  },
};

/** Questions over many gym worlds: a file each, and all of them as one. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cliJson } from "./cli.ts";

export interface World {
  /** `gym:SEED:SIZE` */
  knowledge: string;
  file: string;
}

interface Wanted {
  size: number;
  /** Options of `synth questions`. */
  family: readonly string[];
  folder: string;
  first: number;
  worlds: number;
  /** Of each world. */
  questions: number;
}

/** A world that yields fewer questions than wanted keeps those it has. */
export async function questionFiles({ size, family, folder, first, worlds, questions }: Wanted): Promise<World[]> {
  mkdirSync(folder, { recursive: true });
  const all = Array.from({ length: worlds }, (_, n): World => ({
    knowledge: `gym:${first + n}:${size}`,
    file: join(folder, `gym-${first + n}.jsonl`),
  }));
  const waiting = [...all];
  const worker = async () => {
    for (let world = waiting.shift(); world; world = waiting.shift()) {
      const { knowledge, file } = world;
      await cliJson(
        "synth",
        "questions",
        "--knowledge",
        knowledge,
        "--count",
        String(questions),
        ...family,
        "--out",
        file,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return all;
}

/** The lines of all files, in order. */
export function concatenated(files: readonly string[], out: string): string {
  writeFileSync(out, files.map((file) => readFileSync(file, "utf8")).join(""));
  return out;
}

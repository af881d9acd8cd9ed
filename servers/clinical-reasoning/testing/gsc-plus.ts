/** GSC+ (development half): abstracts with the HPO terms that people found in them, and how well a reader does beside them. */
import { readFileSync } from "node:fs";
import type { ClinicalModel } from "../model/model.ts";
import { sharedData } from "./hpo-files.ts";

export interface Abstract {
  id: string;
  text: string;
  gold: ReadonlySet<number>;
}

/** Right, found and wanted terms of one abstract. */
export type Counts = readonly [right: number, found: number, wanted: number];

export function readAbstracts(model: ClinicalModel): Abstract[] {
  return readFileSync(sharedData("findings/gsc-plus-dev.tsv"), "utf8")
    .trim()
    .split(/\n\s*\n/u)
    .map((block) => {
      const [id, text, ...lines] = block.split("\n") as [string, string, ...string[]];
      const terms = lines.map((line) => model.term(line.trim().split("\t").at(-1)!));
      return { id, text, gold: new Set(terms.filter((term) => term !== undefined)) };
    });
}

export function countsOf(found: ReadonlySet<number>, { gold }: Abstract): Counts {
  return [[...found].filter((term) => gold.has(term)).length, found.size, gold.size];
}

/** Micro-averaged over abstracts. */
export function figuresOf(counts: readonly Counts[]): [precision: number, recall: number, f1: number] {
  const sum = (i: number) => counts.reduce((total, count) => total + count[i]!, 0);
  const [right, found, wanted] = [sum(0), sum(1), sum(2)];
  return [right / found, right / wanted, (2 * right) / (found + wanted)];
}

/** The kinds of source that can be imported; a new kind is a file beside this one and a line here. */
import { hpo } from "./hpo.ts";
import { jats } from "./jats.ts";
import { jsonl } from "./jsonl.ts";
import { kgx } from "./kgx.ts";
import { labels } from "./labels.ts";
import { obograph } from "./obograph.ts";
import { pubmed } from "./pubmed.ts";
import { pubtator } from "./pubtator.ts";
import type { Source } from "./source.ts";
import { spl } from "./spl.ts";
import { trials } from "./trials.ts";

export type { Problem, Source } from "./source.ts";

export const SOURCES: ReadonlyMap<string, Source> = new Map(
  [hpo, jsonl, kgx, pubtator, obograph, pubmed, jats, trials, labels, spl].map((source) => [source.kind, source]),
);

/** The kinds with what each one's path must hold, a line each: for usage texts. */
export function kindList(): string {
  const width = Math.max(...[...SOURCES.keys()].map((kind) => kind.length));
  return [...SOURCES.values()].map(({ kind, describe }) => `  ${kind.padEnd(width)}  ${describe}`).join("\n");
}

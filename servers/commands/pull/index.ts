/** The kinds that can be pulled; each is imported under the same name. */
import { hpo } from "./hpo.ts";
import type { PullKind } from "./kind.ts";
import { labels } from "./labels.ts";
import { pubmed } from "./pubmed.ts";
import { spl } from "./spl.ts";
import { trials } from "./trials.ts";

export const PULLS: ReadonlyMap<string, PullKind> = new Map(
  [pubmed, trials, labels, spl, hpo].map((kind) => [kind.kind, kind]),
);

export function pullList(): string {
  return [...PULLS.values()].map(({ kind, describe }) => `  ${kind.padEnd(8)} ${describe}`).join("\n");
}

/** One contender over all held-out worlds: `eval run` on each, added up. */
import { join } from "node:path";
import { wilson, type Interval } from "../../evals/statistics/wilson.ts";
import { cliJson } from "./cli.ts";
import type { World } from "./worlds.ts";

export interface Contender {
  name: string;
  /** Right, of all that were asked: errors and abstentions are not right. */
  k: number;
  n: number;
  /** Wilson, 95 %. */
  interval: Interval;
}

/** A weak model wanders: no question of this family needs more. Time is no limit that a busy machine should decide by. */
const LIMITS = ["--max-steps", "16", "--max-tool-calls", "60", "--max-seconds", "600"];

export async function evaluate(
  name: string,
  worlds: readonly World[],
  out: string,
  policy: string[],
): Promise<Contender> {
  let [k, n] = [0, 0];
  for (const { knowledge, file } of worlds) {
    const folder = join(out, "eval", name, knowledge.replaceAll(":", "-"));
    const run = ["eval", "run", "--benchmark", "gym", "--data", file, "--knowledge", knowledge, "--out", folder];
    const summary = await cliJson(...run, ...LIMITS, ...policy, "--quiet");
    const { strict } = summary["overall"] as { strict: { k: number; n: number } };
    [k, n] = [k + strict.k, n + strict.n];
  }
  console.log(`${name}: ${k}/${n}`);
  return { name, k, n, interval: wilson(k, n) };
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The benchmarks by name. */
import type { Benchmark } from "./benchmark.ts";
import { gaia } from "./gaia.ts";
import { gym } from "./gym.ts";
import { medbrowsecomp } from "./medbrowsecomp.ts";
import { xbench } from "./xbench.ts";

export { BadDataSet, type Benchmark, type LoadedSet } from "./benchmark.ts";

export const BENCHMARKS: readonly Benchmark[] = [
  gym,
  medbrowsecomp(50),
  medbrowsecomp(605),
  gaia,
  xbench("2505"),
  xbench("2510"),
];

/** By its whole name, or by the beginning that all of one family share (`xbench`, `medbrowsecomp`) where `family` is enough. */
export function findBenchmark(name: string, family = false): Benchmark | undefined {
  const exact = BENCHMARKS.find((benchmark) => benchmark.name === name);
  if (exact || !family) return exact;
  const alike = BENCHMARKS.filter((benchmark) => benchmark.name.startsWith(`${name}-`));
  return new Set(alike.map(({ scorer }) => scorer)).size === 1 ? alike[0] : undefined;
}

/** Where chains begin: rare diseases, those with few facts, by specialty and in an order that the seed number settles. */
import { SPECIALTIES, type Specialty } from "../../../schemas/index.ts";
import type { FactGraph } from "./fact-graph.ts";
import { mixed, Random } from "./random.ts";
import { Specialties } from "./specialty.ts";

/** With fewer rare diseases than this, all diseases of the specialty are taken. */
const ENOUGH = 4;

/**
 * Diseases by specialty. Rare is a disease with no more facts than half of all diseases have.
 * Specialties that the knowledge has no disease of are absent.
 */
export function rareSeeds(graph: FactGraph, seed: number): Map<Specialty, number[]> {
  const specialties = new Specialties(graph);
  const diseases = graph.categories.flatMap((category, i) =>
    category === "Disease" && graph.degree(i) > 0 ? [i] : [],
  );
  const degrees = diseases.map((d) => graph.degree(d)).toSorted((a, b) => a - b);
  const median = degrees[Math.floor((degrees.length - 1) / 2)] ?? 0;
  const all = Map.groupBy(diseases, (d) => specialties.of(d));
  const seeds = new Map<Specialty, number[]>();
  for (const specialty of SPECIALTIES) {
    const own = all.get(specialty) ?? [];
    const rare = own.filter((d) => graph.degree(d) <= median);
    const taken = rare.length >= ENOUGH ? rare : own;
    if (taken.length > 0) seeds.set(specialty, new Random(mixed(seed, specialty)).shuffled(taken));
  }
  return seeds;
}

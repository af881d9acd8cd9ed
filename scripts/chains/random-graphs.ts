/** Random graphs for the comparison of exact solvers: from trees to dense, bipartite like diseases and findings or not. */
import { chainGraph, type ChainGraph } from "../../servers/kg-explorer/chains/graph.ts";
import { mulberry32 } from "../../servers/kit/mulberry.ts";

export interface Instance {
  size: number;
  walk: [number, number][];
  chords: [number, number][];
  ends: number[];
  start: number | null;
}

/** The same seed gives the same graphs. */
export function randomInstances(count: number, seed: number): Instance[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, i) => instance(random, i));
}

export function graphOf({ size, walk, chords, ends }: Instance): ChainGraph {
  return chainGraph(size, walk, { chords, ends });
}

function instance(random: () => number, i: number): Instance {
  const below = (n: number) => Math.floor(random() * n);
  const size = 2 + below(i % 10 === 0 ? 40 : 24);
  const degree = 1 + random() * (i % 5 === 0 ? 8 : 4);
  const share = Math.min(1, degree / size);
  const isBipartite = random() < 0.5;
  const hasMore = random() < 0.3;
  const [walk, chords]: [number, number][][] = [[], []];
  for (let a = 1; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const apart = !isBipartite || (a + b) % 2 === 1;
      if (apart && random() < share * (isBipartite ? 2 : 1)) walk!.push([a, b]);
      else if (hasMore && random() < 0.05) chords!.push([a, b]);
    }
  }
  const ends = hasMore ? Array.from({ length: size }, (_, v) => v).filter(() => random() < 0.1) : [];
  return { size, walk: walk!, chords: chords!, ends, start: random() < 0.7 ? below(size) : null };
}

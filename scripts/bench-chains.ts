/**
 * Longest chordless paths from rare diseases in their neighbourhoods: how many are proven longest, and how far apart length and
 * bound are where not. Neighbourhoods are taken from the diseases, findings and genes of the imported HPO: breadth first
 * from a random disease, neighbours in random order, cut at so many entities, all relations among these kept; with a hub cap
 * entities of more relations are not entered. Time is processor time of the one thread that searches.
 * `npm run bench:chains [-- --knowledge home --count 10 --sizes 200,500,2000 --caps none,100,40,20 --seconds 10 --seed 1]`
 */
import { parseArgs } from "node:util";
import { wilson } from "../evals/statistics/wilson.ts";
import { checkChain } from "../servers/kg-explorer/chains/check.ts";
import { chainGraph } from "../servers/kg-explorer/chains/graph.ts";
import { longestChain } from "../servers/kg-explorer/chains/longest.ts";
import { openKnowledge } from "../servers/knowledge/index.ts";
import { mulberry32 } from "../servers/kit/mulberry.ts";

const RELATIONS = new Set(["has_phenotype", "gene_associated_with_condition", "causes"]);
/** Edges that a question of so many hops could still use, asked for beside the unlimited length. */
const CAPPED = 30;
const TARGETS: Record<string, string> = {
  "200": "all proven",
  "500": "at least 95 % proven",
  "2000": "gap at most 5 %",
};

const { values: options } = parseArgs({
  options: {
    knowledge: { type: "string", default: "home" },
    count: { type: "string", default: "10" },
    sizes: { type: "string", default: "200,500,2000" },
    caps: { type: "string", default: "none,100,40,20" },
    seconds: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});

const { graph } = openKnowledge(options.knowledge);
const near = new Map<number, Set<number>>();
const names = new Map(graph.predicates().map((p) => [p.row, p.name]));
for (const { subject, predicate, object, negated } of graph.edges()) {
  if (negated || subject === object || !RELATIONS.has(names.get(predicate)!)) continue;
  near.set(subject, (near.get(subject) ?? new Set()).add(object));
  near.set(object, (near.get(object) ?? new Set()).add(subject));
}
const diseases = [...graph.entities()].flatMap(({ row, entity }) =>
  entity.category === "Disease" && near.has(row) ? [row] : [],
);
if (diseases.length < 1000) {
  console.error(
    `${options.knowledge} holds ${diseases.length} diseases: import the HPO first (data import hpo --from FOLDER)`,
  );
  process.exit(1);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Entities, the disease first; undefined where there are fewer than `size`. */
function neighbourhood(disease: number, size: number, cap: number, random: () => number): number[] | undefined {
  const found = new Set([disease]);
  for (const node of found) {
    for (const other of shuffled([...near.get(node)!], random)) {
      if (found.size === size) return [...found];
      if (near.get(other)!.size <= cap) found.add(other);
    }
  }
  return undefined;
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

interface Measured {
  gap: number;
  length: number;
  seconds: number;
  capped: boolean;
}

function measure(nodes: readonly number[]): Measured {
  const place = new Map(nodes.map((node, i) => [node, i]));
  const edges = nodes.flatMap((node, i) =>
    [...near.get(node)!].flatMap((other) => (place.has(other) ? [[i, place.get(other)!] as const] : [])),
  );
  const chain = chainGraph(nodes.length, edges);
  const ask = (maxLength?: number) =>
    longestChain(chain, { start: 0, maxLength, budget: Number(options.seconds) * 1000, now: processorTime });
  const began = processorTime();
  const { path, length, bound, optimal } = ask();
  const seconds = (processorTime() - began) / 1000;
  const question = {
    nodes: nodes.map(String),
    edges: edges.map(([a, b]) => [String(nodes[a]!), String(nodes[b]!)] as const),
    seed: String(nodes[0]!),
  };
  const answer = { path: path.map((i) => String(nodes[i]!)), length, bound, optimal };
  const { problems } = checkChain(question, answer);
  if (problems.length > 0) throw new Error(problems.join("; "));
  const capped = optimal || length >= CAPPED || ask(CAPPED).optimal;
  return { gap: bound === 0 ? 0 : (bound - length) / bound, length, seconds, capped };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

console.log(`${near.size} entities, seeds from ${diseases.length} diseases, ${options.seconds} s each on one thread`);
for (const size of options.sizes.split(",")) {
  for (const cap of options.caps.split(",")) {
    const random = mulberry32(Number(options.seed));
    const all: Measured[] = [];
    while (all.length < Number(options.count)) {
      const disease = diseases[Math.floor(random() * diseases.length)]!;
      const nodes = neighbourhood(disease, Number(size), cap === "none" ? Infinity : Number(cap), random);
      if (nodes) all.push(measure(nodes));
    }
    const proven = all.filter((m) => m.gap === 0).length;
    const { low, high } = wilson(proven, all.length);
    const gaps = all.map((m) => m.gap);
    const figures = [
      `${size} nodes, hub cap ${cap}:`,
      `proven ${proven} of ${all.length} (95 % ${percent(low)}–${percent(high)});`,
      `gap mean ${percent(gaps.reduce((a, b) => a + b, 0) / gaps.length)}, median ${percent(median(gaps))};`,
      `gap ≤ 5 %: ${gaps.filter((g) => g <= 0.05).length};`,
      `length median ${median(all.map((m) => m.length))}; ${median(all.map((m) => m.seconds)).toFixed(2)} s median;`,
      `proven up to ${CAPPED} edges: ${all.filter((m) => m.capped).length}`,
      `(target: ${TARGETS[size] ?? "none"})`,
    ];
    console.log(figures.join(" "));
  }
}

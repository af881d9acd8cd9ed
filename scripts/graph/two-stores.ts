/**
 * The same questions to the embedded store and to Neo4j, over the graph of one knowledge folder: whether the answers are
 * the same, and how long each takes. The stores take turns, so that what else the machine does hits both alike.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { EmbeddedGraph, Explorer, fillNeo4j, type Neo4jSettings } from "../../servers/kg-explorer/index.ts";
import { Neo4jConnection } from "../../servers/kg-explorer/neo4j/connection.ts";
import { Neo4jGraph } from "../../servers/kg-explorer/neo4j/graph.ts";
import { importSource } from "../../servers/knowledge/import.ts";
import { knowledgePath, openFolder, readManifest, type Knowledge } from "../../servers/knowledge/index.ts";
import { SOURCES } from "../../servers/knowledge/sources/index.ts";
import { startNeo4j } from "../neo4j/server.ts";
import { mulberry32 } from "../../servers/kit/mulberry.ts";

type Question = (explorer: Explorer) => Promise<unknown>;

interface Figures {
  name: string;
  queries: number;
  same: number;
  /** Medians in milliseconds, and the middle of the ratios with its 95 % interval over resamples. */
  embedded: number;
  neo4j: number;
  ratio: number;
  interval: [number, number];
  /** The first question that was answered differently. */
  different?: { embedded: unknown; neo4j: unknown };
}

const WARM_UP = 10;

/** The release that is imported where the data home holds nothing. */
const HPO = join(import.meta.dirname, "../../../shared/data/hpo");
const TARGET = 10;

/**
 * Asks both stores over the imported HPO: that of the data home, else a fresh import of the release beside the checkout.
 * Neo4j is started for it. @returns whether every answer was the same and the embedded store fast enough beside the other
 */
export async function benchTwoStores(queries: number): Promise<boolean> {
  const home = readManifest(knowledgePath("home")) ? undefined : mkdtempSync(join(tmpdir(), "two-stores-"));
  if (home && !existsSync(HPO)) {
    console.error(
      `\nNOT RUN: the comparison with Neo4j needs an imported HPO, and there is none in the data home nor in ${HPO}`,
    );
    return false;
  }
  const server = await startNeo4j();
  try {
    if (home) await importSource({ source: SOURCES.get("hpo")!, from: HPO, home });
    const folder = home ? knowledgePath("home", home) : knowledgePath("home");
    const figures = await compareStores(folder, server, { queries, onProgress: quietly() });
    return printComparison(figures);
  } finally {
    await server.stop();
    if (home) rmSync(home, { recursive: true, force: true });
  }
}

/** @param folder of a knowledge folder that is complete */
/** @param folder of a knowledge folder that is complete */
async function compareStores(
  folder: string,
  neo4j: Neo4jSettings,
  {
    queries = 200,
    seed = 1,
    onProgress,
  }: { queries?: number; seed?: number; onProgress?: (text: string) => void } = {},
): Promise<Figures[]> {
  await fillNeo4j(folder, neo4j, { onProgress });
  const knowledge = openFolder("home", folder);
  const stores = [new EmbeddedGraph(knowledge.graph), new Neo4jGraph(new Neo4jConnection(neo4j))];
  const explorers = stores.map((store) => new Explorer("home", store, knowledge.documents)) as [Explorer, Explorer];
  const figures: Figures[] = [];
  try {
    for (const [name, make] of Object.entries(operations(knowledge, seed))) {
      onProgress?.(`asking both stores: ${name}`);
      const asked = Array.from({ length: queries + WARM_UP }, make);
      figures.push(await compare(name, asked, explorers));
    }
  } finally {
    for (const explorer of explorers) await explorer.close();
    knowledge.close();
  }
  return figures;
}

/** Prints a line an operation. @returns whether every answer was the same, and every ratio at least the target */
function printComparison(figures: readonly Figures[]): boolean {
  console.log("operation              n  same      embedded         Neo4j   ratio of medians (95 % interval)");
  for (const { name, queries, same, embedded, neo4j, ratio, interval, different } of figures) {
    const times = `${embedded.toFixed(2).padStart(10)} ms ${neo4j.toFixed(2).padStart(10)} ms`;
    const ratios = `× ${ratio.toFixed(1)} (${interval.map((r) => r.toFixed(1)).join("–")}; target ≥ ${TARGET})`;
    console.log(`${name.padEnd(20)} ${String(queries).padStart(3)} ${String(same).padStart(5)} ${times}   ${ratios}`);
    if (different) console.log(`  differs: ${JSON.stringify(different).slice(0, 2000)}`);
  }
  return figures.every(({ queries, same, ratio }) => same === queries && ratio >= TARGET);
}

async function compare(
  name: string,
  questions: readonly Question[],
  [embedded, neo4j]: readonly [Explorer, Explorer],
): Promise<Figures> {
  const times: [number, number][] = [];
  let same = 0;
  let different: Figures["different"];
  for (const [i, ask] of questions.entries()) {
    const one = await timed(() => ask(embedded));
    const other = await timed(() => ask(neo4j));
    if (i < WARM_UP) continue;
    times.push([one.ms, other.ms]);
    if (isDeepStrictEqual(one.answer, other.answer)) same++;
    else different ??= { embedded: one.answer, neo4j: other.answer };
  }
  const ratioOf = (sample: readonly [number, number][]) =>
    median(sample.map(([, there]) => there)) / median(sample.map(([here]) => here));
  return {
    name,
    queries: times.length,
    same,
    embedded: median(times.map(([here]) => here)),
    neo4j: median(times.map(([, there]) => there)),
    ratio: ratioOf(times),
    interval: resampled(times, ratioOf),
    ...(different ? { different } : {}),
  };
}

/** A failure is an answer, too: it must be the same. */
async function timed(work: () => Promise<unknown>): Promise<{ answer: unknown; ms: number }> {
  const started = performance.now();
  const answer = await work().catch((error: unknown) => ({ failure: String(error) }));
  return { answer, ms: performance.now() - started };
}

/** Makers of random questions about a graph; the same for the same seed. */
function operations(knowledge: Knowledge, seed: number): Record<string, () => Question> {
  const random = mulberry32(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const { graph } = knowledge;
  const { starts, targets, predicates, nodes } = graph.arrays();
  const names = new Map(graph.predicates().map(({ row, name }) => [row, name]));
  const entities = [...graph.entities()];
  const connected = entities.filter(({ row }) => row <= nodes && starts[row + 1]! > starts[row]!);
  const idAt = (row: number) => graph.briefAt(row).id;

  /** Some steps from one entity to the next; ends where there is no way on that was not gone. */
  const walk = (steps: number) => {
    const rows = [pick(connected).row];
    const along: string[] = [];
    while (along.length < steps) {
      const here = rows.at(-1)!;
      const at = starts[here]! + Math.floor(random() * (starts[here + 1]! - starts[here]!));
      if (rows.includes(targets[at]!)) break;
      rows.push(targets[at]!);
      along.push(names.get(predicates[at]!)!);
    }
    return { from: idAt(rows[0]!), to: idAt(rows.at(-1)!), along };
  };
  /** Every second pair is known to be connected within three steps. */
  const ends = () => {
    if (random() < 0.5) return { from: pick(connected).entity.id, to: pick(connected).entity.id };
    const { from, to } = walk(1 + Math.floor(random() * 3));
    return { from, to };
  };
  return {
    resolve: () => {
      const { entity } = pick(entities);
      const name = pick([entity.name, ...(entity.synonyms ?? [])]);
      const query = random() < 0.25 ? misspelt(name, random) : name;
      return (explorer) => explorer.find(query, { limit: 10 });
    },
    card: () => {
      const { id } = pick(entities).entity;
      return (explorer) => explorer.card(id);
    },
    "filtered neighbours": () => {
      const { row, entity } = pick(connected);
      const at = starts[row]! + Math.floor(random() * (starts[row + 1]! - starts[row]!));
      const filter =
        random() < 0.5
          ? { predicates: [names.get(predicates[at]!)!] }
          : { categories: [graph.briefAt(targets[at]!).category], direction: pick(["in", "out", "both"] as const) };
      return (explorer) => explorer.neighbors({ id: entity.id, limit: 25, ...filter });
    },
    shortest: () => {
      const query = ends();
      return (explorer) => explorer.paths({ ...query, k: 1 });
    },
    "k shortest": () => {
      const query = ends();
      return (explorer) => explorer.paths({ ...query, k: 5 });
    },
    metapath: () => {
      let found = walk(2 + Math.floor(random() * 2));
      while (found.along.length < 2) found = walk(2);
      const { from, to, along } = found;
      return (explorer) => explorer.paths({ from, to, mode: "metapath", predicates: along, k: 5 });
    },
  };
}

/** What is under way, on stderr, every few seconds. */
function quietly(): (text: string) => void {
  let last = -Infinity;
  return (text) => {
    if (performance.now() - last < 5000) return;
    last = performance.now();
    console.error(text);
  };
}

/** Two neighbouring letters in each other's place. */
function misspelt(name: string, random: () => number): string {
  const at = Math.floor(random() * Math.max(1, name.length - 1));
  return `${name.slice(0, at)}${name[at + 1] ?? ""}${name[at] ?? ""}${name.slice(at + 2)}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** 95 % of what the statistic is over samples drawn again from the sample. */
function resampled<T>(sample: readonly T[], statistic: (sample: readonly T[]) => number): [number, number] {
  const random = mulberry32(11);
  const found = Array.from({ length: 400 }, () =>
    statistic(sample.map(() => sample[Math.floor(random() * sample.length)]!)),
  ).toSorted((a, b) => a - b);
  return [found[10]!, found[389]!];
}

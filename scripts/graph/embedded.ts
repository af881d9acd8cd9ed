/** The embedded store at size: each part in a process of its own, so that its memory can be told. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedGraph } from "../../servers/kg-explorer/index.ts";
import { mulberry32 } from "../../servers/kit/mulberry.ts";
import { GraphStore } from "../../servers/knowledge/index.ts";
import { importSource } from "../../servers/knowledge/import.ts";
import { knowledgePath } from "../../servers/knowledge/index.ts";
import { generated, HUBS, idOf, type GraphSize } from "./generated.ts";

const QUERIES = 2000;
/** Relations to one entity: as many as in PrimeKG. */
const PER_ENTITY = 25;

interface Figures {
  [name: string]: number;
}

/** Imports a generated graph, opens it, and asks it; prints the figures with their targets. @returns whether all were met */
export function benchEmbedded(relations: number): boolean {
  const home = mkdtempSync(join(tmpdir(), "bench-graph-"));
  const size = { relations, entities: Math.round(relations / PER_ENTITY) };
  try {
    console.log(
      `embedded store, ${thousands(size.relations)} generated relations between ${thousands(size.entities)} entities ` +
        `(one piece of evidence each, a third with qualifiers, ${HUBS} hubs), ${cpus().length} cores`,
    );
    const imported = inProcess("import", home, size);
    const asked = inProcess("ask", home, size);
    const lines: [string, string, boolean][] = [
      line("import, entities included", imported["rate"]!, (v) => `${thousands(v)} relations/s`, 300_000, true),
      line("  processor time of all threads", imported["cpuRate"]!, (v) => `${thousands(v)} relations/s`),
      line("  memory at most", imported["rss"]!, megabytes, 1e9),
      line("  store on disk", imported["bytes"]!, megabytes),
      line("opening, arrays and first answer", asked["open"]!, (v) => `${v.toFixed(2)} s`, 5),
      ...["any", "hub"].flatMap((kind) => [
        line(
          `2 hops, best 100 with evidence, ${kind === "any" ? "any entity" : "at hubs"} p50`,
          asked[`${kind}P50`]!,
          ms,
        ),
        line("  p95", asked[`${kind}P95`]!, ms, 5),
        line("  p95, upper end of its 95 % interval", asked[`${kind}High`]!, ms),
      ]),
      line("  memory at most", asked["rss"]!, megabytes, 1e9),
    ];
    for (const [what, value] of lines) console.log(`${what.padEnd(50)} ${value}`);
    return lines.every(([, , isMet]) => isMet);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function line(
  what: string,
  value: number,
  show: (value: number) => string,
  target?: number,
  atLeast = false,
): [string, string, boolean] {
  if (target === undefined) return [what, show(value), true];
  const isMet = atLeast ? value >= target : value <= target;
  return [
    what,
    `${show(value)} (${atLeast ? "at least" : "at most"} ${show(target)})${isMet ? "" : "  MISSED"}`,
    isMet,
  ];
}

function inProcess(part: "import" | "ask", home: string, { relations, entities }: GraphSize): Figures {
  const args = [import.meta.filename, part, home, String(relations), String(entities)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the ${part} ended with ${status}`);
  return JSON.parse(stdout) as Figures;
}

async function measureImport(home: string, size: GraphSize): Promise<Figures> {
  const started = performance.now();
  let told = started;
  const { manifest, path } = await importSource({
    source: generated(size),
    from: import.meta.filename,
    home,
    seed: () => [],
    onProgress: ({ records }) => {
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      process.stderr.write(`  ${thousands(records)} records\n`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  const { relations } = manifest!.counts;
  return {
    rate: relations / seconds,
    cpuRate: relations / ((user + system) / 1e6),
    rss: process.resourceUsage().maxRSS * 1024,
    bytes: ["graph.db", "adjacency.bin"].reduce(
      (sum, name) => sum + (statSync(join(path, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    ),
  };
}

function measureAnswers(home: string, { entities }: GraphSize): Figures {
  const started = performance.now();
  const store = new GraphStore(join(knowledgePath("home", home), "graph.db"), { readOnly: true });
  const graph = new EmbeddedGraph(store);
  graph.around([idOf(0)], 1, 10);
  const open = (performance.now() - started) / 1000;
  const random = mulberry32(11);
  const ask = (id: string) => {
    const begun = performance.now();
    const { relations } = graph.around([id], 2, 100);
    const took = performance.now() - begun;
    if (!relations[0]?.evidence[0]?.quote) throw new Error(`${id}: no evidence within two steps`);
    return took;
  };
  const times = { any: [] as number[], hub: [] as number[] };
  for (let i = 0; i < QUERIES; i++) {
    times.any.push(ask(idOf(HUBS + Math.floor(random() * (entities - HUBS)))));
    if (i % 4 === 0) times.hub.push(ask(idOf(Math.floor(random() * HUBS))));
  }
  const figures: Figures = { open, rss: process.resourceUsage().maxRSS * 1024 };
  for (const [kind, taken] of Object.entries(times)) {
    const sorted = taken.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
    figures[`${kind}P50`] = at(0.5);
    figures[`${kind}P95`] = at(0.95);
    // Order statistics: a quantile's interval by the normal approximation of the binomial.
    figures[`${kind}High`] = at(0.95 + 1.96 * Math.sqrt((0.95 * 0.05) / sorted.length));
  }
  store.close();
  return figures;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}
function megabytes(value: number): string {
  return `${thousands(value / 1e6)} MB`;
}
function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

if (process.argv[1] === import.meta.filename) {
  const [part, home, relations, entities] = process.argv.slice(2) as [string, string, string, string];
  const size = { relations: Number(relations), entities: Number(entities) };
  const figures = await (part === "import" ? measureImport(home, size) : measureAnswers(home, size));
  process.stdout.write(JSON.stringify(figures));
}

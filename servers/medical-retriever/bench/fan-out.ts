/**
 * How long all sources together take beside the slowest of them alone, and how the limits hold when services answer 429:
 * the real sources against loopback services of their shapes. Run: node servers/medical-retriever/bench/fan-out.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpClient } from "../../kit/http/index.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { Retriever, type SearchResult } from "../index.ts";
import { SOURCES, type SourceName } from "../source-names.ts";
import { makeFolder, open, remove } from "../testing/documents.ts";
import { SPACING, startWorld, type World, type WorldRequest } from "../testing/world.ts";

const QUESTION = "zelpamab in vornitis";
const [FASTEST_MS, SLOWEST_MS] = [50, 400];
const RUNS = 5;
const STORMS = 3;

interface Place {
  world: World;
  /** An engine that remembers nothing of earlier questions. */
  fresh: () => Retriever;
  close(): Promise<void>;
}

export async function benchFanOut(): Promise<void> {
  const place = await prepare();
  try {
    await oneRound(place, 0);
    const rounds: Round[] = [];
    for (let seed = 1; seed <= RUNS; seed++) rounds.push(await oneRound(place, seed));
    report(rounds);
    for (const retryAfter of [undefined, 1]) await storm(place, retryAfter);
  } finally {
    await place.close();
  }
}

async function prepare(): Promise<Place> {
  const folder = makeFolder();
  const home = mkdtempSync(join(tmpdir(), "fan-out-"));
  const world = await startWorld();
  const before = { ...process.env };
  // A key: NCBI allows ten requests a second with one.
  Object.assign(process.env, world.env, { MEDRESEARCHER_HOME: home, MEDRESEARCHER_OFFLINE: "", NCBI_API_KEY: "bench" });
  process.env["MEDRESEARCHER_NO_CACHE"] = "1";
  const opened: Retriever[] = [];
  return {
    world,
    fresh() {
      const retriever = new Retriever(open(folder), { http: httpClient({ cacheFile: false }), embedder: null });
      opened.push(retriever);
      return retriever;
    },
    async close() {
      await Promise.all(opened.map((retriever) => retriever.close()));
      await world.close();
      process.env = before;
      remove(folder);
      rmSync(home, { recursive: true });
    },
  };
}

interface Round {
  slowest: SourceName;
  alone: number;
  together: number;
  ratio: number;
}

/** Each source alone, then all: every request takes as long as before, by its place in its service's own order. */
async function oneRound({ world, fresh }: Place, seed: number): Promise<Round> {
  world.latency = latencies(seed);
  const retriever = fresh();
  await ask(retriever, world, ["local"]);
  const times = new Map<SourceName, number>();
  for (const source of SOURCES) times.set(source, (await ask(retriever, world, [source])).ms);
  const [slowest, alone] = [...times].toSorted((a, b) => b[1] - a[1])[0]!;
  const { ms: together, result } = await ask(retriever, world, [...SOURCES]);
  const failed = result.outcomes.filter(({ outcome }) => outcome === "unavailable" || outcome === "degraded");
  if (failed.length > 0) throw new Error(`not all sources answered: ${JSON.stringify(failed)}`);
  return { slowest, alone, together, ratio: together / alone };
}

/** From 50 to 400 ms, the same for the same request. */
function latencies(seed: number): World["latency"] {
  return ({ service, path, parameters }) => {
    const text = `${seed} ${service} ${path} ${parameters.toString()}`;
    let hash = 2166136261;
    for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
    return FASTEST_MS + mulberry32(hash)() * (SLOWEST_MS - FASTEST_MS);
  };
}

/** After a pause, so that no limiter remembers the question before. */
async function ask(
  retriever: Retriever,
  world: World,
  sources: SourceName[],
): Promise<{ ms: number; result: SearchResult; log: WorldRequest[] }> {
  await new Promise((resolve) => {
    setTimeout(resolve, sources.includes("clinicaltrials") ? 1100 : 400);
  });
  world.log.length = 0;
  const started = performance.now();
  const result = await retriever.search(QUESTION, { sources, limit: 20 }, { signal: new AbortController().signal });
  return { ms: performance.now() - started, result, log: [...world.log] };
}

function report(rounds: readonly Round[]): void {
  for (const { slowest, alone, together, ratio } of rounds) {
    print(`  ${ratio.toFixed(3)}: ${together.toFixed(0)} ms together, ${alone.toFixed(0)} ms for ${slowest} alone`);
  }
  const ratios = rounds.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  print(
    `${SOURCES.length} sources, ${FASTEST_MS}–${SLOWEST_MS} ms a request: together ÷ slowest alone ` +
      `${ratios[Math.floor(ratios.length / 2)]!.toFixed(3)} [${ratios[0]!.toFixed(3)}, ${ratios.at(-1)!.toFixed(3)}] (median, range; n ${ratios.length}; aim ≤ 1.1)`,
  );
}

/** Every service refuses its first requests: what is asked again obeys the limit, and everything is found in the end. */
async function storm({ world, fresh }: Place, retryAfter: number | undefined): Promise<void> {
  const calm = await ask(fresh(), world, [...SOURCES]);
  const refused = new Set<string>();
  world.latency = () => 20;
  world.disturb = ({ service, path, parameters }, response) => {
    const key = `${service} ${path} ${parameters.toString()}`;
    if (refused.has(key)) return false;
    refused.add(key);
    response.writeHead(429, retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }).end("slow down");
    return true;
  };
  const retriever = fresh();
  const asked: WorldRequest[] = [];
  let found = new Set<string>();
  // What had no time is told as such, and is there when it is asked for again.
  for (let n = 0; n < STORMS; n++) {
    const { result, log } = await ask(retriever, world, [...SOURCES]);
    asked.push(...log);
    found = new Set(result.documents.map(({ id }) => id));
    if (result.outcomes.every(({ outcome }) => outcome !== "unavailable" && outcome !== "degraded")) break;
  }
  world.disturb = () => false;
  const lost = calm.result.documents.filter(({ id }) => !found.has(id));
  const rates = [...Map.groupBy(asked, ({ service }) => service)].map(([service, log]) => {
    const most = Math.max(...log.map(({ at }) => log.filter((other) => other.at >= at && other.at < at + 1000).length));
    // At both ends of a second.
    return `${service} ${most} (allowed ${Math.floor(1000 / SPACING[service]!) + 1})`;
  });
  print(
    `429 to the first of every request${retryAfter === undefined ? "" : `, Retry-After ${retryAfter} s`}: ${refused.size} refused, ` +
      `${lost.length} of ${calm.result.documents.length} documents lost (aim 0); most requests in any second: ${rates.join(", ")}`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await benchFanOut();

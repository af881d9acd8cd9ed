/**
 * How long `tools/list` waits while fifty documents are read, beside what it waits at a second server at the same time
 * that reads nothing: that is the machine, not the server. `node …/beside-reads.ts 10` for more rounds.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { book } from "./books.ts";
import { at, peakMegabytes, read, serve, sumOf, waitedMs, type Served } from "./server.ts";

const READS = 50;
const READ_PAGES = 60;
const MOST_DELAY_MS = 50;
const ROUNDS = 3;
const PROBE_EVERY_MS = 15;
const ALONE_MS = 2_000;
const GOAL = "hospital admissions in heart failure";

/** Milliseconds of each call, ascending. */
interface Calls {
  took: number[];
  /** Without what the main threads of server and client waited for a processor. */
  own: number[];
}

export async function benchBesideReads(rounds = ROUNDS): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-reads-"));
  try {
    const paths = Array.from({ length: READS }, (_, i) => join(folder, `book-${i}.pdf`));
    for (const [i, path] of paths.entries()) writeFileSync(path, book(READ_PAGES, 100 + i).bytes);
    const most: number[] = [];
    for (let round = 1; round <= rounds; round++) most.push(await oneRound(folder, paths, round));
    const kept = most.filter((ms) => ms <= MOST_DELAY_MS).length;
    const sorted = most.toSorted((a, b) => a - b).map((ms) => ms.toFixed(0));
    console.log(
      `at most ${MOST_DELAY_MS} ms in ${kept} of ${rounds} rounds; the longest of each: ${sorted.join(", ")} ms`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns the longest delay */
async function oneRound(folder: string, paths: readonly string[], round: number): Promise<number> {
  const [reading, idle] = [await serve(folder), await serve(folder)];
  await read(reading.client, paths[0]!);
  await read(idle.client, paths[0]!);
  const pause = new Promise((resolve) => setTimeout(resolve, ALONE_MS));
  const [usual] = (await probe([reading, idle], pause)).map(({ took }) => at(took, 0.5));
  const started = performance.now();
  const work = Promise.all(paths.map((path) => read(reading.client, path, GOAL)));
  const [beside, meanwhile] = await probe([reading, idle], work);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const peak = sumOf(reading.pid, peakMegabytes).toFixed(0);
  console.log(
    [
      `round ${round}: ${READS} PDFs of ${READ_PAGES} pages read at once with a goal, ${seconds} s, peak memory ${peak} MB; delay of tools/list over ${usual!.toFixed(1)} ms`,
      `  beside the reads: ${delays(beside!, usual!)} (target: most ≤ ${MOST_DELAY_MS} ms)`,
      `  at an idle server: ${delays(meanwhile!, usual!)}`,
    ].join("\n"),
  );
  await Promise.all([reading.client.close(), idle.client.close()]);
  return at(beside!.took, 1) - usual!;
}

/** `tools/list` of each server in turn, again and again until the work is done. */
async function probe(servers: readonly Served[], work: Promise<unknown>): Promise<Calls[]> {
  const state = { done: false };
  void work.finally(() => (state.done = true)).catch(() => undefined);
  const calls = servers.map((): Calls => ({ took: [], own: [] }));
  while (!state.done) {
    for (const [i, server] of servers.entries()) {
      const { took, waited } = await timed(server);
      calls[i]!.took.push(took);
      calls[i]!.own.push(took - waited);
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
    }
  }
  await work;
  return calls.map(({ took, own }) => ({ took: took.toSorted((a, b) => a - b), own: own.toSorted((a, b) => a - b) }));
}

async function timed({ client, pid }: Served): Promise<{ took: number; waited: number }> {
  const before = waitedMs(pid) + waitedMs("self");
  const started = performance.now();
  await client.request({ method: "tools/list" });
  const took = performance.now() - started;
  return { took, waited: waitedMs(pid) + waitedMs("self") - before };
}

function delays({ took, own }: Calls, usual: number): string {
  const told = (ms: readonly number[]) =>
    [0.5, 0.95, 0.99, 1].map((quantile) => (at(ms, quantile) - usual).toFixed(1)).join(", ");
  return `n = ${took.length}: p50, p95, p99, most ${told(took)} ms; without waiting for a processor ${told(own)} ms`;
}

if (import.meta.main) await benchBesideReads(Number(process.argv[2] ?? ROUNDS));

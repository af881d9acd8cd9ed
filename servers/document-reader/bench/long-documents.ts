/**
 * The server as a process of its own: how soon a 300-page PDF shows its outline and in how much memory, and how long
 * `tools/list` waits while fifty documents are read.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { ReadDocumentResult } from "../../../schemas/index.ts";
import { book } from "./books.ts";

const PAGES = 300;
const MOST_SECONDS = 3;
const MOST_MB = 500;
const READS = 50;
const READ_PAGES = 60;
const MOST_DELAY_MS = 50;
const ROUNDS = 3;
const PROBE_EVERY_MS = 15;
const PATIENCE_MS = 600_000;
const CLI = fileURLToPath(new URL("../../../cli.ts", import.meta.url));

const home = mkdtempSync(join(tmpdir(), "bench-reader-"));

export async function benchLongDocuments(): Promise<void> {
  try {
    await firstOutline();
    await besideReads();
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function firstOutline(): Promise<void> {
  const { bytes, pages } = book(PAGES, 1);
  const path = join(home, "long.pdf");
  writeFileSync(path, bytes);
  const seconds: number[] = [];
  const peaks: number[] = [];
  const cpu: number[] = [];
  let entries = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { client, pid } = await server();
    const started = performance.now();
    const { outline } = await read(client, path);
    seconds.push((performance.now() - started) / 1000);
    cpu.push(sumOf(pid, cpuSeconds));
    peaks.push(sumOf(pid, peakMegabytes));
    entries = outline.length;
    await client.close();
  }
  console.log(
    `${pages}-page PDF, a fresh server each time: first outline (${entries} entries shown) after ${shown(seconds)} s, n = ${ROUNDS} (target ≤ ${MOST_SECONDS} s), of which processor ${shown(cpu)} s with the start; peak memory with the process that parses ${shown(peaks)} MB (target ≤ ${MOST_MB} MB)`,
  );
}

async function besideReads(): Promise<void> {
  const paths = Array.from({ length: READS }, (_, i) => {
    const path = join(home, `book-${i}.pdf`);
    writeFileSync(path, book(READ_PAGES, 100 + i).bytes);
    return path;
  });
  const { client, pid } = await server();
  await read(client, paths[0]!);
  const quiet = await probe(client, new Promise((resolve) => setTimeout(resolve, 2_000)));
  const started = performance.now();
  const busy = await probe(
    client,
    Promise.all(paths.map((path) => read(client, path, "hospital admissions in heart failure"))),
  );
  const seconds = (performance.now() - started) / 1000;
  const delays = busy.map((ms) => ms - at(quiet, 0.5));
  console.log(
    `${READS} PDFs of ${READ_PAGES} pages read at once with a goal, ${seconds.toFixed(1)} s, peak memory ${sumOf(pid, peakMegabytes).toFixed(0)} MB: tools/list ${at(quiet, 0.5).toFixed(1)} ms alone (p99 ${at(quiet, 0.99).toFixed(1)}); beside the reads n = ${busy.length}, delay p50 ${at(delays, 0.5).toFixed(1)}, p95 ${at(delays, 0.95).toFixed(1)}, p99 ${at(delays, 0.99).toFixed(1)}, most ${at(delays, 1).toFixed(1)} ms (target ≤ ${MOST_DELAY_MS} ms)`,
  );
  await client.close();
}

/** `tools/list` again and again until the work is done. @returns milliseconds of each, ascending */
async function probe(client: Client, work: Promise<unknown>): Promise<number[]> {
  const state = { done: false };
  void work.finally(() => (state.done = true)).catch(() => undefined);
  const took: number[] = [];
  while (!state.done) {
    const started = performance.now();
    await client.request({ method: "tools/list" });
    took.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  await work;
  return took.toSorted((a, b) => a - b);
}

async function server(): Promise<{ client: Client; pid: number }> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    MEDRESEARCHER_HOME: home,
    MEDRESEARCHER_READ_DIRS: home,
    MEDRESEARCHER_OFFLINE: "1",
  };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, "mcp", "document-reader"],
    env,
    stderr: "inherit",
  });
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(transport);
  return { client, pid: transport.pid! };
}

async function read(client: Client, source: string, goal?: string): Promise<ReadDocumentResult> {
  const args = { source, ...(goal ? { goal } : {}) };
  const { structuredContent } = await client.callTool(
    { name: "read_document", arguments: args },
    { timeout: PATIENCE_MS },
  );
  return ReadDocumentResult.parse(structuredContent);
}

/** A figure of the server and of the processes that parse for it, added, where the system tells (Linux); else NaN. */
function sumOf(pid: number, figure: (pid: number) => number): number {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return children.reduce((sum, child) => sum + sumOf(child, figure), figure(pid));
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process ever held. */
function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

/** Of its start, too. The kernel counts in hundredths. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function at(ascending: readonly number[], quantile: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(quantile * ascending.length))]!;
}

function shown(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[0]!.toFixed(2)}–${sorted.at(-1)!.toFixed(2)}`;
}

if (import.meta.main) await benchLongDocuments();

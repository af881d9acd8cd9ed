/** How soon a 300-page PDF shows its outline, and in how much memory of the server and the process that parses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { book } from "./books.ts";
import { cpuSeconds, peakMegabytes, read, serve, sumOf } from "./server.ts";

const PAGES = 300;
const MOST_SECONDS = 3;
const MOST_MB = 500;
const ROUNDS = 3;

export async function benchLongDocuments(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "bench-reader-"));
  try {
    await firstOutline(home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function firstOutline(home: string): Promise<void> {
  const { bytes, pages } = book(PAGES, 1);
  const path = join(home, "long.pdf");
  writeFileSync(path, bytes);
  const seconds: number[] = [];
  const peaks: number[] = [];
  const cpu: number[] = [];
  let entries = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { client, pid } = await serve(home);
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

function shown(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[0]!.toFixed(2)}–${sorted.at(-1)!.toFixed(2)}`;
}

if (import.meta.main) await benchLongDocuments();

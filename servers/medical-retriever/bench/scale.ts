/**
 * The local index at scale: generated abstracts taken in, indexed with and without vectors, asked through the whole tool.
 * Run: node servers/medical-retriever/bench/scale.ts [sizes, default 100000,1000000] (1M: some 6 minutes, 8 GB of disk, removed afterwards)
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Asked, Ingested } from "./scale-stages.ts";

const STAGES = fileURLToPath(new URL("scale-stages.ts", import.meta.url));

export function benchScale(sizes: readonly number[]): void {
  const p50s: number[] = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "scale-"));
    try {
      const ingested = stage("ingest", folder, size) as Ingested;
      const { texts, index, vectors } = ingested;
      const rate = (seconds: number) => `${Math.round(size / seconds / 100) / 10}k documents/s`;
      say(`\n${size.toLocaleString("en")} generated abstracts of 200 words, ${vectors.dimension}-dimension vectors`);
      say(`  texts of record stored       ${rate(texts.seconds)} (${texts.cpuMicroseconds} µs CPU each)`);
      say(`  indexed, without vectors     ${rate(index.seconds)} (${index.cpuMicroseconds} µs CPU each)   aim: 20k`);
      say(`  both, one after the other    ${rate(texts.seconds + index.seconds)}`);
      say(`  1 % changed: index follows   ${ingested.follow.seconds.toFixed(1)} s`);
      say(`  indexed, vectors given       ${rate(vectors.seconds)}; memory while indexing ${ingested.memory} MB`);
      const asked = stage("ask", folder, size) as Asked;
      for (const { what, n, p50, p95 } of asked.timings) {
        say(`  ${what.padEnd(44)} p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (n = ${n})`);
      }
      say(`  nearest 20 among candidates: recall ${asked.recall.mean.toFixed(3)} (n = ${asked.recall.n})   aim: .95`);
      say(`  memory while serving         ${asked.memory} MB   aim: 2,000`);
      p50s.push(asked.timings[1]!.p50);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (p50s.length > 1) {
    say(`\ncost of a query, ${sizes[0]} → ${sizes.at(-1)}: × ${(p50s.at(-1)! / p50s[0]!).toFixed(2)}   aim: below 4`);
  }
}

/** In a process of its own, so that its memory is its own. */
function stage(name: "ingest" | "ask", folder: string, size: number): unknown {
  const { status, stdout } = spawnSync(process.execPath, [STAGES, name, folder, String(size)], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the stage ${name} ended with ${status}`);
  return JSON.parse(stdout);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  benchScale((process.argv[2] ?? "100000,1000000").split(",").map(Number));
}

/** How fast worlds of the gym are made: the stream of records alone, and the folder that servers open. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureGym, readGym } from "../servers/knowledge/gym/index.ts";

const SIZES = [100, 1000, 10_000, 100_000];
const SEED = "7";

/** Each size in a process of its own, so that its memory can be told. */
function measure(size: number): void {
  const home = mkdtempSync(join(tmpdir(), "bench-gym-"));
  try {
    const began = performance.now();
    let records = 0;
    for (const _ of readGym({ seed: SEED, size })) records++;
    const read = (performance.now() - began) / 1000;
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1000);
    const start = performance.now();
    ensureGym(home, `gym:${SEED}:${size}`);
    const built = (performance.now() - start) / 1000;
    const rate = Math.round(size / built);
    process.stdout.write(
      `${size} entities: ${records} records in ${read.toFixed(2)} s (${megabytes} MB at most); folder in ${built.toFixed(2)} s, ${rate} entities/s\n`,
    );
  } finally {
    rmSync(home, { recursive: true });
  }
}

const [size] = process.argv.slice(2);
if (size) measure(Number(size));
else {
  for (const each of SIZES) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, String(each)], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
}

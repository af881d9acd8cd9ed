/**
 * `npm run bench:pubmed`: a PubMed file of 30,000 citations, parsed and stored by the import, against a Python lxml parser of
 * the same fields that stores nothing. Both read the same file by turns; the best of each counts, since others use the machine.
 * The first run makes a small Python environment with lxml in the user's cache (PyPI, some 5 MB).
 */
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { importSource } from "../servers/knowledge/import.ts";
import { pubmed } from "../servers/knowledge/sources/pubmed.ts";
import { pythonEnvironment } from "./python-environment.ts";
import { writeBaseline } from "./pubmed/generated.ts";

const [CITATIONS, ROUNDS, TARGET] = [30_000, 3, 5];

const size = (path: string) => `${(statSync(path).size / 2 ** 20).toFixed(0)} MB`;

interface Taken {
  citations: number;
  wall: number;
  cpu: number;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-pubmed-"));
  try {
    const plain = join(folder, "pubmed26n0001.xml");
    await writeBaseline(plain, CITATIONS);
    await pipeline(createReadStream(plain), createGzip({ level: 6 }), createWriteStream(`${plain}.gz`));
    const python = pythonEnvironment("lxml", fileURLToPath(new URL("pubmed/requirements.txt", import.meta.url)));
    console.log(`${CITATIONS} citations, ${size(plain)}, packed ${size(`${plain}.gz`)}; best of ${ROUNDS} by turns\n`);
    for (const file of [plain, `${plain}.gz`]) await compare(file, python, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(file: string, python: string, folder: string): Promise<void> {
  const [ours, parsed, peers]: Taken[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    peers!.push(peer(python, file));
    parsed!.push(await timed(() => parseOnly(file)));
    ours!.push(await timed(() => imported(file, join(folder, `home-${round}-${file.length}`))));
  }
  const best = (runs: Taken[], by: "wall" | "cpu") => runs.reduce((a, b) => (b[by] < a[by] ? b : a));
  console.log(file.endsWith(".gz") ? "packed (.gz)" : "plain");
  for (const by of ["wall", "cpu"] as const) {
    const rate = (runs: Taken[]) => best(runs, by).citations / best(runs, by)[by];
    const spread = (runs: Taken[]) =>
      `${Math.min(...runs.map((r) => r[by])).toFixed(2)}–${Math.max(...runs.map((r) => r[by])).toFixed(2)} s`;
    console.log(`  ${by === "wall" ? "by the clock" : "CPU time"}`);
    console.log(`    lxml, parsed            ${Math.round(rate(peers!))} citations/s (${spread(peers!)})`);
    console.log(
      `    here, parsed            ${Math.round(rate(parsed!))} citations/s (${spread(parsed!)})  ${(rate(parsed!) / rate(peers!)).toFixed(1)} ×`,
    );
    console.log(
      `    here, parsed and stored ${Math.round(rate(ours!))} citations/s (${spread(ours!)})  ${(rate(ours!) / rate(peers!)).toFixed(1)} ×${by === "wall" ? ` (target ≥ ${TARGET} ×)` : ""}`,
    );
  }
}

async function timed(work: () => Promise<number>): Promise<Taken> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const citations = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { citations, wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

async function parseOnly(file: string): Promise<number> {
  let citations = 0;
  const context = { problem: ({ reason }: { reason: string }) => fail(reason), about: () => {} };
  for await (const records of pubmed.read(file, context)) {
    for (const record of [records].flat()) if ("type" in record && record.type === "document") citations++;
  }
  return citations;
}

async function imported(file: string, home: string): Promise<number> {
  const { manifest } = await importSource({
    source: pubmed,
    from: file,
    home,
    seed: () => [],
    onProblem: (p) => fail(p.reason),
  });
  const { documents } = manifest!.counts;
  rmSync(home, { recursive: true });
  return documents;
}

function peer(python: string, file: string): Taken {
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, "pubmed/peer.py"), file], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the Python parser failed: ${stderr}`);
  return JSON.parse(stdout) as Taken;
}

/** Made once, kept beside the data. */
function fail(reason: string): never {
  throw new Error(`the generated file should have no problem: ${reason}`);
}

await main();

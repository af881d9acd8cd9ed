/**
 * `npm run bench:pubmed [-- CITATIONS]`: a PubMed file of 30,000 citations (a baseline file's size), parsed and stored by the
 * import, against a Python lxml parser of the same fields that stores nothing. Both read the same file by turns, after one
 * round that does not count; the median of the ratios counts, each of one turn. Then the same by processes just started: the
 * import alone, and the whole command (modules, starter, index and clinical model with it), into an empty home and into one that is there.
 * The first run makes a small Python environment with lxml in the user's cache (PyPI, some 5 MB).
 */
import { spawnSync } from "node:child_process";
import { cpSync, createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { importSource } from "../servers/knowledge/import.ts";
import { pubmed } from "../servers/knowledge/sources/pubmed.ts";
import { pythonEnvironment } from "./python-environment.ts";
import { writeBaseline } from "./pubmed/generated.ts";
import { command, importAlone, program, type Taken } from "./pubmed/new-process.ts";

const [ROUNDS, TARGET] = [5, 5];
const CITATIONS = Number(process.argv[2] ?? 30_000);

const size = (path: string) => `${(statSync(path).size / 2 ** 20).toFixed(0)} MB`;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-pubmed-"));
  try {
    const plain = join(folder, "pubmed26n0001.xml");
    await writeBaseline(plain, CITATIONS);
    await pipeline(createReadStream(plain), createGzip({ level: 6 }), createWriteStream(`${plain}.gz`));
    const python = pythonEnvironment("lxml", fileURLToPath(new URL("pubmed/requirements.txt", import.meta.url)));
    console.log(`${CITATIONS} citations, ${size(plain)}, packed ${size(`${plain}.gz`)}; ${ROUNDS} turns\n`);
    for (const file of [plain, `${plain}.gz`]) await compare(file, python, folder);
    await compareNew(plain, python, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Both by turns, in this process. */
async function compare(file: string, python: string, folder: string): Promise<void> {
  const turns = await byTurns({
    [PEER]: () => peer(python, file),
    "here, parsed": () => timed(() => parseOnly(file)),
    "here, parsed and stored": () => timed(() => imported(file, join(folder, "home"))),
  });
  tell(file.endsWith(".gz") ? "packed (.gz)" : "plain", turns);
}

/** Each in a process of its own. */
async function compareNew(file: string, python: string, folder: string): Promise<void> {
  const [home, kept] = [join(folder, "new-home"), join(folder, "kept-home")];
  const note = join(folder, "note.jsonl");
  writeFileSync(note, JSON.stringify({ id: "NOTE:1", title: "A note", sections: [{ text: "It is short." }] }));
  command("jsonl", note, kept);
  const into = (work: () => Taken) => {
    rmSync(home, { recursive: true, force: true });
    return work();
  };
  const turns = await byTurns({
    [PEER]: () => peer(python, file),
    "parsed and stored": () => into(() => importAlone(file, home)),
    "command, empty home": () => into(() => command("pubmed", file, home)),
    "command, home with starter": () =>
      into(() => (cpSync(kept, home, { recursive: true }), command("pubmed", file, home))),
  });
  tell(`a process just started (${relative(join(import.meta.dirname, ".."), program)}), plain file`, turns);
}

const PEER = "lxml, parsed";
type Turns = Record<string, Taken[]>;

/** One after the other, again and again; the first round does not count. */
async function byTurns(works: Record<string, () => Taken | Promise<Taken>>): Promise<Turns> {
  const turns: Turns = {};
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [what, work] of Object.entries(works)) {
      const taken = await work();
      if (round > 0) (turns[what] ??= []).push(taken);
    }
  }
  return turns;
}

function tell(title: string, turns: Turns): void {
  console.log(title);
  for (const by of ["wall", "cpu"] as const) {
    console.log(`  ${by === "wall" ? "by the clock" : "CPU time"}`);
    for (const [what, runs] of Object.entries(turns)) {
      const seconds = runs.map((run) => run[by]);
      const ratios = runs.map((run, i) => turns[PEER]![i]![by] / run[by]);
      const target = by === "wall" ? `; target ≥ ${TARGET}` : "";
      const ratio = what === PEER ? "" : `  ${median(ratios).toFixed(1)} × (${range(ratios, 1)}${target})`;
      console.log(
        `    ${what.padEnd(26)} ${Math.round(CITATIONS / median(seconds))} citations/s (${range(seconds, 2)} s)${ratio}`,
      );
    }
  }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const range = (values: number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;

async function timed(work: () => Promise<number>): Promise<Taken> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const citations = await work();
  const { user, system } = process.cpuUsage(cpu);
  if (citations !== CITATIONS) throw new Error(`${citations} of ${CITATIONS} citations`);
  return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
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
  const { citations, ...taken } = JSON.parse(stdout) as Taken & { citations: number };
  if (citations !== CITATIONS) throw new Error(`the Python parser found ${citations} of ${CITATIONS} citations`);
  return taken;
}

function fail(reason: string): never {
  throw new Error(`the generated file should have no problem: ${reason}`);
}

await main();

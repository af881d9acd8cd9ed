/**
 * `npm run test:chains [-- --count 1000 --seed 1]`: longest chordless paths of random graphs beside OR-tools' CP-SAT, an exact
 * solver that shares nothing with ours. Prints the number of differences; exit 1 where there is one. Needs Python from 3.10
 * on and PyPI (OR-tools, about 100 MB, into a folder of its own in the user's cache, once).
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkChain } from "../servers/kg-explorer/chains/check.ts";
import { longestChain } from "../servers/kg-explorer/chains/longest.ts";
import { pythonEnvironment } from "./python-environment.ts";
import { graphOf, randomInstances, type Instance } from "./chains/random-graphs.ts";

const FOLDER = fileURLToPath(new URL("chains/", import.meta.url));
const BUDGET_MS = 60_000;

const { values: options } = parseArgs({
  options: { count: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});

/** The number of edges of a longest path of each. */
function referee(instances: readonly Instance[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonEnvironment("chains", join(FOLDER, "requirements.txt")), [join(FOLDER, "referee.py")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString().trim().split("\n").map(Number));
      else reject(new Error(`the referee ended with ${code}`));
    });
    child.stdin.end(instances.map((i) => `${JSON.stringify(i)}\n`).join(""));
  });
}

function problemsOf(instance: Instance, theirs: number): string[] {
  const { size, walk, chords, start } = instance;
  const found = longestChain(graphOf(instance), { start: start ?? undefined, budget: BUDGET_MS });
  const problems: string[] = [];
  if (found.length !== theirs) problems.push(`${found.length} edges, OR-tools ${theirs}`);
  if (found.bound !== theirs) problems.push(`bound ${found.bound}, OR-tools ${theirs}`);
  if (chords.length + instance.ends.length > 0) return problems;
  const question = {
    nodes: Array.from({ length: size }, (_, v) => String(v)),
    edges: walk.map(([a, b]) => [String(a), String(b)] as const),
    seed: start === null ? undefined : String(start),
  };
  return [...problems, ...checkChain(question, { ...found, path: found.path.map(String) }).problems];
}

const instances = randomInstances(Number(options.count), Number(options.seed));
const optima = await referee(instances);
let differing = 0;
for (const [i, instance] of instances.entries()) {
  const problems = problemsOf(instance, optima[i]!);
  if (problems.length === 0) continue;
  differing++;
  if (differing <= 5) console.log(problems.join("; "), JSON.stringify(instance));
}
const sizes = instances.map((i) => i.size);
console.log(
  `${instances.length} random graphs of ${Math.min(...sizes)} to ${Math.max(...sizes)} nodes compared with OR-tools CP-SAT (longest ${Math.max(...optima)} edges): ${differing} differences`,
);
process.exit(differing > 0 || optima.length !== instances.length ? 1 : 0);

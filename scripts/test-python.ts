/**
 * `npm run test:python`: the tests of training/trl in its Python environment, then the README's learning circle with a
 * trained agent in the middle. Says loudly where the environment is missing, and fails then.
 */
import { spawnSync } from "node:child_process";
import { MissingEnvironment, packageFolder, python } from "../training/trl/environment.ts";
import { MARKED } from "./python/marker.ts";

function run(program: string, args: string[], cwd?: string, env: Record<string, string> = {}): void {
  const { status } = spawnSync(program, args, { cwd, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  const folder = packageFolder();
  const pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", ...process.argv.slice(2)];
  run(python(), pytest, folder, { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" });
  // Arguments choose among the tests of Python.
  if (process.argv.length === 2) run("npx", ["vitest", "run", "tests/circle.test.ts"], undefined, MARKED);
} catch (error) {
  if (!(error instanceof MissingEnvironment)) throw error;
  console.error(`\nNOT RUN: the Python tests. ${error.message}\n`);
  process.exitCode = 1;
}

/** `npm run test:python`: the tests of training/trl in its Python environment. Says loudly where that is missing, and fails then. */
import { spawnSync } from "node:child_process";
import { MissingEnvironment, packageFolder, python } from "../training/trl/environment.ts";

try {
  const folder = packageFolder();
  const { status } = spawnSync(python(), ["-m", "pytest", "-q", "-p", "no:cacheprovider", ...process.argv.slice(2)], {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" },
  });
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof MissingEnvironment)) throw error;
  console.error(`\nNOT RUN: the Python tests. ${error.message}\n`);
  process.exitCode = 1;
}

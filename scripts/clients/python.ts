/** The Python client, in a virtual environment of its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "./servers.ts";
import type { Check, ForeignClient } from "./types.ts";

const PACKAGE = "mcp>=2,<3";
const SCRIPT = fileURLToPath(new URL("list_and_call.py", import.meta.url));

export const pythonClient: ForeignClient = async (targets) => {
  const python = environment();
  const input = JSON.stringify(targets);
  const { stdout, stderr, status } = spawnSync(python, [SCRIPT], { input, encoding: "utf8", maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  return JSON.parse(stdout) as Check[];
};

/** The environment's Python, made on first use. */
function environment(): string {
  const folder = join(CACHE, "python");
  const python = join(folder, "bin", "python");
  if (existsSync(join(folder, "ready"))) return python;
  if (spawnSync("python3", ["-c", "import venv, ensurepip"]).status !== 0) {
    throw new Error("MISSING PROGRAM: python3 with venv (Debian: apt-get install python3-venv)");
  }
  execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: "inherit" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE], {
    stdio: "inherit",
  });
  execFileSync("touch", [join(folder, "ready")]);
  return python;
}

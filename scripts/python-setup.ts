/**
 * `npm run python:setup`: the Python environment that `train sft` and `train serve` run in. Safe to repeat: what is there is
 * kept. Needs Python 3.10 or newer and PyPI; about 6 GB on Linux, since PyPI's torch is the CUDA build there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { environmentFolder, pythonIn, readyFile, requirementsFile } from "../training/trl/environment.ts";

const CANDIDATES = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
const USABLE = "import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 15))";

function main(): void {
  const folder = environmentFolder();
  if (existsSync(readyFile(folder))) {
    console.log(`the Python environment is there: ${folder}`);
    return;
  }
  const base = CANDIDATES.find((name) => spawnSync(name, ["-c", USABLE]).status === 0);
  if (!base) {
    throw new Error(
      "no Python from 3.10 on with venv was found (Debian: apt-get install python3-venv); it is needed for training only",
    );
  }
  console.log(`making the Python environment in ${folder} (${base}; a few minutes, about 6 GB)`);
  const environment = pythonIn(folder);
  run(base, ["-m", "venv", "--clear", folder]);
  run(environment, ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", requirementsFile()]);
  run(environment, [
    "-c",
    "import torch, trl, transformers; print(f'torch {torch.__version__}, trl {trl.__version__}')",
  ]);
  writeFileSync(readyFile(folder), "");
  console.log(`ready: ${folder}`);
}

function run(program: string, args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(" ")} ended with ${status}; run this again`);
}

try {
  main();
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}

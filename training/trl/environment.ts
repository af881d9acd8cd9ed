/** Where the Python part runs: a virtual environment in the user's cache, one per set of requirements. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The environment is not there; the message says what to type. */
export class MissingEnvironment extends Error {
  override readonly name = "MissingEnvironment";
}

/** `training/trl` of the package that this module belongs to, from sources and from compiled code alike. @throws Error where the package was shipped without it */
export function packageFolder(from = import.meta.dirname): string {
  let root = from;
  while (!existsSync(join(root, "package.json"))) {
    const parent = dirname(root);
    if (parent === root)
      throw new Error(`no package.json above ${from}: the installation is incomplete, install it again`);
    root = parent;
  }
  const folder = join(root, "training", "trl");
  if (!existsSync(join(folder, "requirements.txt")))
    throw new Error(`${folder} is missing: the installation is incomplete, install it again`);
  return folder;
}

export function requirementsFile(): string {
  return join(packageFolder(), "requirements.txt");
}

/** Named by the requirements: when they change it is another folder, and nothing is ever half of each. */
export function environmentFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const digest = createHash("sha256").update(readFileSync(requirementsFile())).digest("hex");
  return join(cache, "medresearcher", `python-${digest.slice(0, 12)}`);
}

export function pythonIn(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** Written when everything is installed. */
export function readyFile(folder: string): string {
  return join(folder, "ready");
}

/** The Python to run: MEDRESEARCHER_PYTHON, or the environment's. @throws MissingEnvironment */
export function python(): string {
  const own = process.env["MEDRESEARCHER_PYTHON"];
  if (own) {
    if (!existsSync(own)) throw new MissingEnvironment(`MEDRESEARCHER_PYTHON is ${own}, and there is no such file`);
    return own;
  }
  const folder = environmentFolder();
  if (!existsSync(readyFile(folder)))
    throw new MissingEnvironment(
      `the Python environment for training is not there (${folder}): run \`npm run python:setup\` in a checkout of the ` +
        `project, or set MEDRESEARCHER_PYTHON to a Python that has what ${requirementsFile()} lists`,
    );
  return pythonIn(folder);
}

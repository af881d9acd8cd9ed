/** What a parsing process may do: load its own code and the libraries, and nothing else with files, programs or addons. */
import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Options of Node for a process that runs `file`. */
export function permissionsFor(file: string): string[] {
  return ["--permission", ...codeFolders(file).map((folder) => `--allow-fs-read=${folder}${sep}`)];
}

/** This package, and the folder of installed packages, wherever the installer has put them. */
function codeFolders(file: string): string[] {
  return [packageOf(file), installedOf(fileURLToPath(import.meta.resolve("saxes")))];
}

function packageOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The outermost `node_modules` around a library: what it needs itself may lie anywhere in there. */
function installedOf(library: string): string {
  const parts = library.split(sep);
  return parts.slice(0, parts.indexOf("node_modules") + 1).join(sep);
}

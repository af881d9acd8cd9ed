/** The machine: Node, the data folder and the room in it, and settings that name folders. */
import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { note, ok, problem, size, type Finding } from "./finding.ts";

const NODE_NEEDED = 24;
/** Below, an import of the Human Phenotype Ontology with its indexes does not fit. */
const LITTLE = 1e9;

export function* checkMachine(home: string): Generator<Finding> {
  yield Number.parseInt(process.versions.node, 10) >= NODE_NEEDED
    ? ok("node", process.version)
    : problem("node", `${process.version} is too old`, `use Node ${NODE_NEEDED} or newer; \`npm ci\` brings one`);
  yield checkHome(home);
  yield* checkReadFolders();
}

function checkHome(home: string): Finding {
  const folder = nearestExisting(home);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return problem("data folder", `${home} cannot be written`, "set MEDRESEARCHER_HOME to a folder that can be");
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const message = `${home}${existsSync(home) ? "" : " (made when first needed)"}, ${size(free)} free`;
  if (free >= LITTLE) return ok("data folder", message);
  return note(
    "data folder",
    message,
    "make room, or set MEDRESEARCHER_HOME to a larger disk: imports need 1 GB and more",
  );
}

function* checkReadFolders(): Generator<Finding> {
  const folders = (process.env["MEDRESEARCHER_READ_DIRS"] ?? "").split(delimiter).filter(Boolean);
  for (const folder of folders) {
    yield statSync(folder, { throwIfNoEntry: false })?.isDirectory()
      ? ok("read folder", folder)
      : problem("read folder", `${folder} of MEDRESEARCHER_READ_DIRS is no folder`, "correct MEDRESEARCHER_READ_DIRS");
  }
}

function nearestExisting(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

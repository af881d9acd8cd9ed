/** Files of this machine: read only under folders that the operator named, with links resolved first. */
import { readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, resolve, sep } from "node:path";
import { notFound, ToolError } from "../kit/failure.ts";

const MAX_BYTES = 50 * 1024 * 1024;

/** `MEDRESEARCHER_READ_DIRS`: folders separated as in PATH; none by default. */
function readableFolders(): string[] {
  return (process.env["MEDRESEARCHER_READ_DIRS"] ?? "").split(delimiter).filter(Boolean);
}

/**
 * The bytes of a file and its real path. The folder is judged before the file is looked for, so that a refusal does
 * not tell whether it exists.
 * @throws ToolError `refused`, `not_found` or `too_large`
 */
export async function readLocalFile(path: string): Promise<{ path: string; bytes: Uint8Array }> {
  const wanted = resolve(path.replace(/^~(?=$|[/\\])/, homedir()));
  const folders = await Promise.all(readableFolders().map(realOrGiven));
  if (folders.length === 0) {
    throw refused(
      `files of this machine are not read unless the operator names folders (asked for ${path})`,
      "the operator may set MEDRESEARCHER_READ_DIRS to the folders that may be read; else give a web address or a document id",
    );
  }
  const real = await realOrGiven(wanted);
  if (!folders.some((folder) => isUnder(real, folder))) {
    throw refused(
      `${path} is outside the folders that may be read`,
      `give a file under ${folders.join(" or ")}, or have the operator add its folder to MEDRESEARCHER_READ_DIRS`,
    );
  }
  const found = await stat(real).catch(() => undefined);
  if (!found?.isFile()) throw notFound(`a file at ${path}`, "check the path; folders are not read, only files");
  if (found.size > MAX_BYTES) {
    throw new ToolError({
      reason: "too_large",
      message: `${path} has ${found.size} bytes; the limit is ${MAX_BYTES}`,
      recovery: "give the part of it that matters as a file of its own",
      retryable: false,
    });
  }
  return { path: real, bytes: await readFile(real) };
}

async function realOrGiven(path: string): Promise<string> {
  return realpath(resolve(path)).catch(() => resolve(path));
}

function isUnder(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function refused(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "refused", message, recovery, retryable: false });
}

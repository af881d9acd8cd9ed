/** Files of this machine: read only under folders that the operator named, with links resolved, and judged again once open. */
import { constants } from "node:fs";
import { open, realpath, stat, type FileHandle } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, resolve, sep } from "node:path";
import { notFound, ToolError } from "../kit/failure.ts";

const MAX_BYTES = 50 * 1024 * 1024;
/** The system itself in the form of files: never read, whatever folders are named. */
const SYSTEM = ["/proc", "/sys", "/dev"];

/** `MEDRESEARCHER_READ_DIRS`: folders separated as in PATH; none by default. */
function readableFolders(): string[] {
  return (process.env["MEDRESEARCHER_READ_DIRS"] ?? "").split(delimiter).filter(Boolean);
}

/**
 * The bytes of a file and its real path. The folder is judged before the file is looked for, so that a refusal does
 * not tell whether it exists; and the file is judged again when it is open, so that nothing can be put in its place meanwhile.
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
  if (folders.includes(real)) throw notFound(`a file at ${path}`, "it is a folder: give the path of a file in it");
  refuseOutside(real, path, folders);
  // Pipes and devices are not even opened: that alone can block or do something.
  const found = await stat(real).catch(() => undefined);
  if (!found?.isFile()) throw notFound(`a file at ${path}`, "check the path; folders are not read, only files");
  const file = await openOnly(real).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EACCES" || error.code === "EPERM") {
      throw refused(
        `${path} may not be read by this program`,
        "have the operator give this program the right to read it",
      );
    }
    throw notFound(`a file at ${path}`, "check the path; it may have been moved just now");
  });
  try {
    return { path: real, bytes: await readOpened(file, real, path, folders) };
  } finally {
    await file.close();
  }
}

/** Follows no link that was put there since, and waits for no other end of a pipe. */
async function openOnly(path: string): Promise<FileHandle> {
  // Systems that lack a flag have it as undefined, which adds nothing.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants;
  return open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
}

async function readOpened(file: FileHandle, real: string, path: string, folders: string[]): Promise<Uint8Array> {
  const opened = await file.stat();
  if (!opened.isFile()) throw notFound(`a file at ${path}`, "check the path; folders are not read, only files");
  // Where the opened file lies now, should a folder on its way have been exchanged. Not every system can say.
  const where = await realpath(`/proc/self/fd/${file.fd}`).catch(() => real);
  refuseOutside(where, path, folders);
  if (opened.size > MAX_BYTES) throw tooLarge(path, opened.size);
  const buffer = Buffer.allocUnsafe(opened.size + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  // What is written to it meanwhile is left for the next reading.
  return buffer.subarray(0, Math.min(length, opened.size));
}

function refuseOutside(real: string, path: string, folders: string[]): void {
  const isOpen = folders.some((folder) => isUnder(real, folder));
  if (isOpen && !SYSTEM.some((folder) => isUnder(real, folder))) return;
  throw refused(
    `${path} is outside the folders that may be read`,
    `give a file under ${folders.join(" or ")}, or have the operator add its folder to MEDRESEARCHER_READ_DIRS`,
  );
}

async function realOrGiven(path: string): Promise<string> {
  return realpath(resolve(path)).catch(() => resolve(path));
}

function isUnder(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function tooLarge(path: string, size: number): ToolError {
  return new ToolError({
    reason: "too_large",
    message: `${path} has ${size} bytes; the limit is ${MAX_BYTES}`,
    recovery: "give the part of it that matters as a file of its own",
    retryable: false,
  });
}

function refused(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "refused", message, recovery, retryable: false });
}

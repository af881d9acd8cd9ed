/** One process at a time runs in a folder; the lock of a process that is gone is taken over. */
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** What this process has: a lock with our number that is not among them was left by an earlier process of that number. */
const held = new Set<string>();

/** @returns gives the folder back @throws Error that names the process that has it */
export function takeFolder(folder: string): () => void {
  const file = resolve(folder, "lock");
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // A link appears with its content in one step.
        linkSync(draft, file);
        held.add(file);
        return () => {
          held.delete(file);
          rmSync(file, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = ownerOf(file);
      if (attempt > 0 || (owner !== undefined && isAlive(owner, file))) {
        throw new Error(
          `${folder} is in use by process ${owner ?? "unknown"}; if that one is gone for good, remove ${file}`,
        );
      }
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number, file: string): boolean {
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

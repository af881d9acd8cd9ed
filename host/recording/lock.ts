/** One process at a time writes a session. A lock whose process is gone is taken over. */
import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

interface Owner {
  pid: number;
  host: string;
  token: string;
}

/** The locks that this process holds: a lock with our pid that is not among them was left by an earlier process of that pid. */
const held = new Set<string>();

class SessionBusy extends Error {
  override readonly name = "SessionBusy";
}

/** Takes the lock file or throws `SessionBusy`; the returned function gives it back. */
export function takeLock(file: string): () => void {
  const mine: Owner = { pid: process.pid, host: hostname(), token: randomBytes(8).toString("hex") };
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(file, mine)) {
      held.add(mine.token);
      return () => {
        held.delete(mine.token);
        if (readOwner(file)?.token === mine.token) rmSync(file, { force: true });
      };
    }
    const owner = readOwner(file);
    if (owner && isAlive(owner)) {
      throw new SessionBusy(
        `the session is in use by process ${owner.pid} on ${owner.host}; if that one is gone for good, remove ${file}`,
      );
    }
    setAside(file, owner);
  }
  throw new SessionBusy(`the lock ${file} could not be taken; another process is taking it`);
}

/** By a link, so that the lock appears with its content in one step. */
function create(file: string, owner: Owner): boolean {
  const draft = `${file}.${owner.token}`;
  writeFileSync(draft, JSON.stringify(owner));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** A process of another machine cannot be asked, so it counts as alive. */
function isAlive({ pid, host, token }: Owner): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moves a stale lock away; one that changed hands in the meantime is put back. */
function setAside(file: string, stale: Owner | undefined): void {
  const aside = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  if (moved && moved.token !== stale?.token) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

/**
 * One writer a database: the node that describes the graph names it, and for how long. A writer that is alive renews its
 * lease; one that died is succeeded when the lease ends, or at once where it can be seen to be gone.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ToolError } from "../../kit/index.ts";
import type { Neo4jConnection, Run } from "./connection.ts";

const LEASE_MS = 20_000;
const RENEW_MS = 5000;
const RETRY_MS = 500;

export interface WriteLock {
  /** To be called first in every write transaction. @throws ToolError where the lock was lost to another */
  hold: (run: Run) => Promise<void>;
  release: () => Promise<void>;
}

/** Waits while another writes. `onWait` is called at every try that found it taken. @throws the signal's reason where it ended the wait */
export async function lockDatabase(
  connection: Neo4jConnection,
  { onWait, signal }: { onWait?: (() => void) | undefined; signal?: AbortSignal | undefined } = {},
): Promise<WriteLock> {
  const me = `${hostname()} ${process.pid} ${randomUUID()}`;
  while (!(await take(connection, me))) {
    onWait?.();
    await sleep(RETRY_MS, undefined, { signal });
  }
  const renew = setInterval(() => {
    // A server that is away now is met by the next batch, which says so.
    connection.write((run) => hold(run, me, connection.url)).catch(() => {});
  }, RENEW_MS);
  renew.unref();
  return {
    hold: (run) => hold(run, me, connection.url),
    async release() {
      clearInterval(renew);
      await connection
        .write((run) =>
          run("MATCH (g:MedresearcherGraph {one: true}) WHERE g.writer = $me REMOVE g.writer, g.writerUntil", { me }),
        )
        .catch(() => {});
    },
  };
}

function take(connection: Neo4jConnection, me: string): Promise<boolean> {
  return connection.write(async (run) => {
    // Setting a property first locks the node until the transaction ends.
    const [found] = await run(
      "MATCH (g:MedresearcherGraph {one: true}) SET g.one = true RETURN g.writer AS writer, g.writerUntil < timestamp() AS ended",
    );
    const writer = found?.["writer"] as string | null | undefined;
    if (writer && !found!["ended"] && !isGone(writer)) return false;
    await run(
      "MATCH (g:MedresearcherGraph {one: true}) SET g.writer = $me, g.writerUntil = timestamp() + toInteger($lease)",
      { me, lease: LEASE_MS },
    );
    return true;
  });
}

async function hold(run: Run, me: string, url: string): Promise<void> {
  const [held] = await run(
    `MATCH (g:MedresearcherGraph {one: true}) SET g.one = true WITH g WHERE g.writer = $me
     SET g.writerUntil = timestamp() + toInteger($lease) RETURN true AS held`,
    { me, lease: LEASE_MS },
  );
  if (held) return;
  throw new ToolError({
    reason: "unavailable",
    message: `another import took over the Neo4j at ${url}`,
    recovery: "run the same command again when the other one is done; it goes on from where it was",
    retryable: true,
  });
}

/** A process of this machine that is there no more. */
function isGone(writer: string): boolean {
  const [host, pid] = writer.split(" ");
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

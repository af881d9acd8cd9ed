/**
 * A limit on the work of a process. Parsers give way to the server and to whatever else runs: on a busy machine one that
 * has worked for a second may have waited for half a minute, and its document is none the worse for that.
 */
import { readFileSync } from "node:fs";

/** On a busy machine so many times the limit passes on the clock before a process is given up that has not worked so long. */
const PATIENCE = 4;
/** What is left of the work is looked at again no sooner than this. */
const LEAST_WAIT_MS = 20;

/**
 * Calls `giveUp` once the process `pid` has worked for `limitMs` from now on, or has had four times as long to do so.
 * Where the system does not tell how long a process has worked, time on the clock counts.
 * @returns what ends the watch
 */
export function limitWork(pid: number, limitMs: number, giveUp: () => void): () => void {
  const before = cpuMsOf(pid) ?? 0;
  const last = performance.now() + PATIENCE * limitMs;
  let timer: NodeJS.Timeout | undefined;
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      const left = limitMs - ((cpuMsOf(pid) ?? Number.POSITIVE_INFINITY) - before);
      const room = last - performance.now();
      if (left <= 0 || room <= 0) giveUp();
      else wait(Math.max(LEAST_WAIT_MS, Math.min(left, room)));
    }, ms);
  };
  wait(limitMs);
  return () => clearTimeout(timer);
}

/** Time on a processor that a process has used so far, in milliseconds; undefined where the system does not tell, or it is gone. */
export function cpuMsOf(pid: number): number | undefined {
  try {
    // After the name in brackets; Linux counts hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return undefined;
  }
}

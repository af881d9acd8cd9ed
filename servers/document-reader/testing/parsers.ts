/** The parsing processes of this program as the system sees them: where Linux tells whose children they are. */
import { existsSync, readFileSync } from "node:fs";
import { cpuMsOf } from "../formats/work-limit.ts";

const CHILDREN = `/proc/self/task/${process.pid}/children`;

/** Elsewhere there seem to be none. */
export const ARE_SEEN = existsSync(CHILDREN);

/** As far as this program has not yet heard of their end: their ids. */
export function parsers(): number[] {
  if (!ARE_SEEN) return [];
  const ids = readFileSync(CHILDREN, "utf8").trim().split(" ").map(Number);
  return ids.filter((id) => {
    const command = commandOf(id);
    // One that has ended, and whose end was not heard of, has no command any more.
    return command === "" || command?.includes("worker.ts") === true;
  });
}

/** Time on a processor that those of now have used, in milliseconds: unlike time on the clock, it is no other program's fault. */
export function parsersCpuMs(): number {
  return parsers().reduce((sum, id) => sum + (cpuMsOf(id) ?? 0), 0);
}

function commandOf(id: number): string | undefined {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return undefined; // It is gone.
  }
}

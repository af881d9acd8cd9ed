/** The parsing processes of this program as the system sees them: where Linux tells whose children they are. */
import { existsSync, readFileSync } from "node:fs";

const CHILDREN = `/proc/self/task/${process.pid}/children`;

/** Elsewhere there seem to be none. */
export const ARE_SEEN = existsSync(CHILDREN);

/** As far as this program has not yet heard of their end: their ids. */
export function parsers(): number[] {
  if (!ARE_SEEN) return [];
  const ids = readFileSync(CHILDREN, "utf8").trim().split(" ").map(Number);
  return ids.filter((id) => {
    const command = told(id, "cmdline");
    // One that has ended, and whose end was not heard of, has no command any more.
    return command === "" || command?.includes("worker.ts") === true;
  });
}

/** Time on a processor that those of now have used, in milliseconds: unlike time on the clock, it is no other program's fault. */
export function parsersCpuMs(): number {
  const ticks = parsers().map((id) => {
    // After the name in brackets; Linux counts hundredths of a second.
    const fields = told(id, "stat")?.split(") ").at(-1)!.split(" ") ?? [];
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return 10 * ticks.reduce((sum, n) => sum + n, 0);
}

function told(id: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return undefined; // It is gone.
  }
}

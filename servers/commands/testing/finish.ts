/** What a command wrote in a process of its own, and how it ended. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";

export interface Finished {
  code: number;
  out: string;
  err: string;
}

export async function finish(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  const [out, err, [code]] = await Promise.all([
    child.stdout.setEncoding("utf8").toArray(),
    child.stderr.setEncoding("utf8").toArray(),
    once(child, "exit") as Promise<[number]>,
  ]);
  return { code, out: out.join(""), err: err.join("") };
}

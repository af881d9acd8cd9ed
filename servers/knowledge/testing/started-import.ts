/** `import-process.ts` as tests start it: when it has said something, and how it ends. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { on, once } from "node:events";
import { join } from "node:path";
import type { ImportProcessOptions } from "./import-process.ts";

const PROGRAM = join(import.meta.dirname, "import-process.ts");

interface Import extends ImportProcessOptions {
  from: string;
  kind: string;
  home: string;
  /** No file may become larger, in KiB. */
  largestFile?: number;
}

export function startImport({ from, kind, home, largestFile, ...options }: Import): ChildProcessWithoutNullStreams {
  const args = [PROGRAM, from, kind, home, JSON.stringify(options)];
  if (largestFile === undefined) return spawn(process.execPath, args);
  return spawn("bash", ["-c", `ulimit -f ${largestFile}; exec "$0" "$@"`, process.execPath, ...args]);
}

/** How it ended, and all that it said. */
export async function ended(child: ChildProcessWithoutNullStreams) {
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (piece: Buffer) => out.push(String(piece)));
  child.stderr.on("data", (piece: Buffer) => err.push(String(piece)));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { code, signal, out: out.join(""), err: err.join("") };
}

/** Resolves when it has said so, or has nothing more to say. */
export async function saying(child: ChildProcessWithoutNullStreams, word: string): Promise<void> {
  for await (const [piece] of on(child.stdout, "data", { close: ["end"] })) if (String(piece).includes(word)) return;
}

/** Ends those that still run, and waits until they are gone: until then they may write. */
export async function endAll(children: ChildProcessWithoutNullStreams[]): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

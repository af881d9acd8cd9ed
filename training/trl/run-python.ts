/** Runs a module of the Python package: its events (JSON lines) come here, its stderr goes where ours goes. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { z } from "zod";
import { packageFolder, python } from "./environment.ts";

const Event = z.looseObject({ event: z.string() });
export type Event = z.infer<typeof Event>;

/**
 * Resolves to the exit code. Ctrl-C and a polite kill reach the module, which ends in order; a second one ends it at
 * once. Its standard input is a pipe that nothing is written to: it closes when this process is gone, however it went.
 * @throws MissingEnvironment
 */
export async function runPython(module: string, args: string[], onEvent: (event: Event) => void): Promise<number> {
  const child = spawn(python(), ["-m", `medresearcher_trl.${module}`, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PYTHONPATH: packageFolder(), PYTHONUNBUFFERED: "1", PYTHONDONTWRITEBYTECODE: "1" },
    // Of a group of its own, so that a terminal's Ctrl-C comes once, from here.
    detached: true,
  });
  let asked = 0;
  const stop = (signal: NodeJS.Signals) => child.kill(asked++ === 0 ? signal : "SIGKILL");
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
  try {
    const ended = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
    const [code] = await Promise.all([ended, readEvents(child.stdout, onEvent)]);
    return code;
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, stop);
  }
}

async function readEvents(stream: NodeJS.ReadableStream, onEvent: (event: Event) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) {
    const event = readEvent(line);
    if (event) onEvent(event);
    // A library that prints is no event, and no result of ours either.
    else process.stderr.write(`${line}\n`);
  }
}

function readEvent(line: string): Event | undefined {
  try {
    return Event.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** One process that parses: it reads no file but its own code, writes and starts nothing, sees no settings, and ends when its memory is used up. */
import { fork, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { ParsingAnswer, ParsingTask } from "./aside.ts";
import { permissionsFor } from "./permissions.ts";

/** Of a process's JavaScript objects. What lies outside (bytes that are unpacked) is bounded where it is made. */
const MEMORY_LIMIT_MB = 512;
/** Sources run as they are, or compiled. */
const FILE = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url));
const OPTIONS = [...permissionsFor(FILE), `--max-old-space-size=${MEMORY_LIMIT_MB}`, "--no-warnings"];

/** What a process is told; the bytes follow on its standard input. */
export type Announced = Omit<ParsingTask, "bytes"> & { length: number };

export class ParsingProcess {
  readonly #child: ChildProcess;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor() {
    const { SystemRoot } = process.env;
    this.#child = fork(FILE, [], {
      execArgv: OPTIONS,
      // Keys and tokens of the server are no business of a parser.
      env: SystemRoot ? { SystemRoot } : {},
      serialization: "advanced",
      // What a parser prints must not reach a server's standard output.
      stdio: ["pipe", "ignore", "ignore", "ipc"],
    });
    // It may die while it is written to: its exit says so.
    this.#child.stdin!.on("error", () => {});
    this.#child.on("error", () => {});
  }

  /** Of a process that could not be started: one that is none. */
  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Its answer, or how it died. One task at a time. */
  ask({ bytes, ...task }: ParsingTask): Promise<{ answer: ParsingAnswer } | { death: string }> {
    const child = this.#child;
    clearTimeout(this.#idleTimer);
    child.removeAllListeners("exit");
    this.#keepAlive(true);
    return new Promise((resolve) => {
      const died = (code: number | null, signal: NodeJS.Signals | null) => resolve({ death: causeOf(code, signal) });
      if (child.exitCode !== null || child.signalCode !== null) died(child.exitCode, child.signalCode);
      child.once("exit", died);
      child.once("message", (answer: ParsingAnswer) => {
        child.off("exit", died);
        resolve({ answer });
      });
      child.send({ ...task, length: bytes.length } satisfies Announced, () => {});
      child.stdin!.write(bytes);
    });
  }

  /** Waits without keeping this program alive. @param leave called when it has died or waited for long enough */
  rest(forMs: number, leave: () => void): void {
    this.#keepAlive(false);
    this.#child.once("exit", leave);
    this.#idleTimer = setTimeout(leave, forMs).unref();
  }

  end(): void {
    clearTimeout(this.#idleTimer);
    this.#child.kill("SIGKILL");
  }

  #keepAlive(isBusy: boolean): void {
    const child = this.#child;
    for (const part of [child, child.channel, child.stdin as Socket]) {
      if (isBusy) part?.ref();
      else part?.unref();
    }
  }
}

/** The engine ends a process whose memory is used up; so does the system, in its own way. */
function causeOf(code: number | null, signal: NodeJS.Signals | null): string {
  const isFull = signal === "SIGABRT" || signal === "SIGKILL" || code === 134;
  return isFull ? "takes too much memory to parse" : "cannot be parsed: it ends the parser";
}

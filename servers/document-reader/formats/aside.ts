/**
 * Documents are parsed in processes of their own: every format can be made to cost minutes or gigabytes, or to end the
 * process that parses it, and a server must go on meanwhile. Few processes; what comes beside waits in order.
 */
import { availableParallelism } from "node:os";
import type { ToolFailure } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import { ParsingProcess } from "./child.ts";
import { unreadable } from "./failures.ts";
import type { Parsed } from "./index.ts";
import type { Media } from "./media/kinds.ts";
import { Places } from "./places.ts";
import { limitWork } from "./work-limit.ts";

/** Of the parser's work: waiting for a place does not count, nor for a processor, as long as that has an end. */
const TIME_LIMIT_MS = 30_000;
const IDLE_MS = 60_000;
/** One core stays with the server itself. */
const PROCESSES = Math.min(3, Math.max(2, availableParallelism() - 1));
/** Documents of more bytes never hold all places, so that small ones need not wait for them. */
const LARGE_BYTES = 2 * 1024 * 1024;

export interface ParsingTask {
  bytes: Uint8Array;
  /** The `Content-Type` header, where there was one. */
  contentType?: string | undefined;
  /** Last part of the address or path. */
  name: string;
  /** Path inside the archive that the bytes are. */
  member?: string | undefined;
}

/** What a process answers: text, or what only a model can turn into text, or why there is neither. */
export type ParsingAnswer = { parsed: Parsed } | { media: Media } | { failure: ToolFailure };

const places = new Places(PROCESSES, PROCESSES - 1);
/** Processes that wait for a document. They do not keep this one alive. */
const idle: ParsingProcess[] = [];

/** @throws ToolError `unreadable` or `unsupported`, or the signal's reason */
export async function parseAside(
  task: ParsingTask,
  signal: AbortSignal,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<{ parsed: Parsed } | { media: Media }> {
  const leave = await places.take(task.bytes.length > LARGE_BYTES, signal);
  try {
    const answer = await inProcess(task, signal, timeLimitMs);
    if ("failure" in answer) throw new ToolError(answer.failure);
    return answer;
  } finally {
    leave();
  }
}

async function inProcess(task: ParsingTask, signal: AbortSignal, timeLimitMs: number): Promise<ParsingAnswer> {
  const parsing = idle.pop() ?? new ParsingProcess();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  const late = () => reject(gaveUp(`takes longer than ${timeLimitMs / 1000} s to parse`));
  const unwatch = limitWork(parsing.pid, timeLimitMs, late);
  signal.addEventListener("abort", abort, { once: true });
  let isFit = false;
  try {
    const answer = await Promise.race([parsing.ask(task), stopped]);
    isFit = "answer" in answer;
    if ("answer" in answer) return answer.answer;
    throw gaveUp(answer.death);
  } finally {
    unwatch();
    signal.removeEventListener("abort", abort);
    if (isFit) rest(parsing);
    else parsing.end();
  }
}

/** Keeps a process for the next document for a while: starting one costs more than most documents. */
function rest(parsing: ParsingProcess): void {
  const leave = () => {
    const at = idle.indexOf(parsing);
    if (at >= 0) idle.splice(at, 1);
    parsing.end();
  };
  idle.push(parsing);
  parsing.rest(IDLE_MS, leave);
}

function gaveUp(why: string): ToolError {
  return unreadable(`the document ${why}`, "look for the same document elsewhere, for instance in another format");
}

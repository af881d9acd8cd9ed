/**
 * Calls over a message port, in both directions at once: arguments and results are copied, failures keep what a caller
 * can act on, progress comes back on the way, and whoever called may give up.
 */
import type { Transferable } from "node:worker_threads";
import type { ToolFailure } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import type { Progress } from "../library.ts";

/** The end of a port: a thread's own, or the thread as its maker has it. */
interface Port {
  postMessage(message: Message, transfer?: Transferable[]): void;
  on(event: "message", listener: (message: Message) => void): unknown;
}

interface Call {
  call: number;
  method: string;
  /** The one argument. */
  given: unknown;
}

type Message =
  | Call
  | { progress: number; told: Parameters<Progress> }
  | { givenUp: number }
  | { answer: number; result: unknown }
  | { answer: number; failure: ToolFailure }
  | { answer: number; error: { message: string; stack: string } };

/** What may be called from the other end. */
export type Methods = Record<string, (given: never, signal: AbortSignal, progress: Progress) => unknown>;

interface Pending {
  settle: (message: Message & { answer: number }) => void;
  progress: Progress | undefined;
}

export class Line {
  readonly #port: Port;
  readonly #methods: Methods;
  /** Calls from here that wait for an answer. */
  readonly #pending = new Map<number, Pending>();
  /** Calls from there that are being answered. */
  readonly #running = new Map<number, AbortController>();
  #calls = 0;

  constructor(port: Port, methods: Methods) {
    this.#port = port;
    this.#methods = methods;
    port.on("message", (message) => this.#take(message));
  }

  /** @throws the signal's reason, or what the other end threw: a ToolError as one */
  async call<T>(method: string, given: unknown, signal?: AbortSignal, progress?: Progress): Promise<T> {
    signal?.throwIfAborted();
    const id = ++this.#calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const giveUp = () => {
      this.#post({ givenUp: id });
      reject(signal!.reason as Error);
    };
    signal?.addEventListener("abort", giveUp, { once: true });
    this.#pending.set(id, {
      progress,
      settle: (answer) => ("result" in answer ? resolve(answer.result) : reject(errorOf(answer))),
    });
    try {
      this.#post({ call: id, method, given });
      return (await promise) as T;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener("abort", giveUp);
    }
  }

  /** The other end is gone: whoever waits is told so. */
  fail(failure: ToolFailure): void {
    for (const [id, { settle }] of this.#pending) settle({ answer: id, failure });
    for (const controller of this.#running.values()) controller.abort(new ToolError(failure));
  }

  #take(message: Message): void {
    if ("call" in message) void this.#answer(message);
    else if ("answer" in message) this.#pending.get(message.answer)?.settle(message);
    else if ("progress" in message) this.#pending.get(message.progress)?.progress?.(...message.told);
    else this.#running.get(message.givenUp)?.abort(new Error("the caller gave up"));
  }

  async #answer({ call, method, given }: Call): Promise<void> {
    const controller = new AbortController();
    this.#running.set(call, controller);
    const progress: Progress = (...told) => this.#post({ progress: call, told });
    try {
      const result = await this.#methods[method]!(given as never, controller.signal, progress);
      this.#post({ answer: call, result }, movable(result));
    } catch (error) {
      this.#post({ answer: call, ...failureOf(error) });
    } finally {
      this.#running.delete(call);
    }
  }

  #post(message: Message, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

/** Large bytes change hands instead of being copied, where nothing else lies in the same memory. */
function movable(result: unknown): Transferable[] {
  const bytes = (result as { bytes?: unknown } | undefined)?.bytes;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength !== bytes.buffer.byteLength) return [];
  return [bytes.buffer as ArrayBuffer];
}

function failureOf(error: unknown): { failure: ToolFailure } | { error: { message: string; stack: string } } {
  if (error instanceof ToolError) return { failure: error.toJSON() };
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { error: { message, stack } };
}

function errorOf(answer: Message): Error {
  if ("failure" in answer) return new ToolError(answer.failure);
  const { message, stack } = (answer as { error: { message: string; stack: string } }).error;
  return Object.assign(new Error(message), { stack });
}

/** A server over standard input and output, in whichever protocol era the client opens. Only JSON-RPC goes to stdout. */
import { Console } from "node:console";
import { PassThrough } from "node:stream";
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/server";
import { serveStdio as serve, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import type { ServerFactory } from "./server.ts";

/** How long calls in flight may take to answer after the client closed its end. */
const DRAIN_MS = 10_000;

/** Resolves when the client is gone or a signal asked to stop; the engine is closed by then. */
export async function serveStdio(factory: ServerFactory): Promise<void> {
  // What a library prints must not end up between the messages.
  globalThis.console = new Console(process.stderr, process.stderr);
  const transport = new StdioTransport();
  const closed = new Promise<void>((resolve) => {
    transport.onend = resolve;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  const handle = serve(() => factory.create(), {
    transport,
    onerror: (error) => process.stderr.write(`${factory.name}: ${error.message}\n`),
  });
  await closed;
  await handle.close();
  await factory.close();
  process.stdin.destroy();
}

/**
 * The SDK's transport drops calls in flight when stdin ends. This one answers them first, so that
 * `echo '{…}' | medresearcher mcp kg-explorer` prints its answer.
 */
class StdioTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  /** The client's end is closed and everything that could be answered was. */
  onend?: () => void;
  readonly #input = new PassThrough();
  readonly #wire = new StdioServerTransport(this.#input, process.stdout);
  readonly #pending = new Set<string | number>();
  #ended = false;

  async start(): Promise<void> {
    this.#wire.onmessage = (message) => {
      if ("method" in message) {
        if ("id" in message) this.#pending.add(message.id);
        else if (message.method === "notifications/cancelled") this.#settle(message.params?.["requestId"]);
      }
      this.onmessage?.(message);
    };
    this.#wire.onerror = (error) => this.onerror?.(error);
    this.#wire.onclose = () => {
      this.onclose?.();
      this.onend?.();
    };
    await this.#wire.start();
    process.stdin.pipe(this.#input, { end: false });
    process.stdin.once("end", () => this.#end());
    process.stdin.once("close", () => this.#end());
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#wire.send(message);
    if (!("method" in message) && "id" in message) this.#settle(message.id);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #end(): void {
    this.#ended = true;
    // What was read is dispatched in this turn; then only answers are awaited.
    setImmediate(() => this.#settle(undefined));
    setTimeout(() => this.onend?.(), DRAIN_MS).unref();
  }

  #settle(id: unknown): void {
    this.#pending.delete(id as string | number);
    if (this.#ended && this.#pending.size === 0) this.onend?.();
  }
}

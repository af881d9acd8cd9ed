/** One server: connected, its tools listed, its calls turned into results. Reconnects once where repeating is harmless. */
import {
  Client,
  InMemoryTransport,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
} from "@modelcontextprotocol/client";
import type { CallToolResult, PriorDiscovery, Transport } from "@modelcontextprotocol/client";
import type { ToolCall } from "../../schemas/index.ts";
import { cancelled, failureFromText, timedOut, unreachable } from "./failures.ts";
import { failed, messageOf, succeeded } from "./result.ts";
import type { CallOptions, CallResult } from "./result.ts";
import type { ServerSpec } from "./specs.ts";

export interface ToolDefinition {
  server: string;
  tool: string;
  title?: string;
  description?: string;
  inputSchema: Record<string, unknown>;
  /** Only reads, or may be repeated: its lost calls are asked again. A hint of the server, untrusted for anything else. */
  repeatable: boolean;
}

export interface Connection {
  readonly tools: readonly ToolDefinition[];
  has(tool: string): boolean;
  call(call: ToolCall, options: CallOptions): Promise<CallResult>;
  close(): Promise<void>;
}

/** To connect and to list the tools; a server that needs longer is not waited for. */
const CONNECT_MS = 20_000;
/** Without any sign of life; progress starts it anew. */
const SILENCE_MS = 60_000;
const TOTAL_MS = 10 * 60_000;

/** Connects and lists the tools; rejects where the server cannot be reached. */
export async function connectServer(spec: ServerSpec, signal?: AbortSignal): Promise<Connection> {
  let live: Promise<Live> | undefined = connect(spec, signal);
  const { client } = await live;
  const tools = await list(client, spec.name, signal);
  // The era is known now: connecting again needs no probe (over stdio that is a process of its own).
  const discover = client.getDiscoverResult();
  const prior: PriorDiscovery = discover ? { kind: "modern", discover } : { kind: "legacy" };
  const byName = new Map(tools.map((tool) => [tool.tool, tool]));

  async function send(call: ToolCall, options: CallOptions): Promise<CallResult> {
    const { client } = await (live ??= connect(spec, options.signal, prior));
    const result = read(await client.callTool({ name: call.tool, arguments: call.arguments }, requestOptions(options)));
    // In one process results travel by reference: what is kept must be what JSON keeps, and ours alone.
    return spec.kind === "memory" ? (JSON.parse(JSON.stringify(result)) as CallResult) : result;
  }

  return {
    tools,
    has: (tool) => byName.has(tool),
    async call(call, options) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(call, options);
        } catch (error) {
          // The client reports our own abort as a time-out: ask the signal first.
          if (options.signal.aborted) return failed(cancelled());
          if (isTimeout(error)) return failed(timedOut(SILENCE_MS / 1000));
          if (!isLost(error)) return failed(failureFromText(messageOf(error)));
          const dead = live;
          live = undefined;
          await dead?.then((gone) => gone.close()).catch(() => undefined);
          if (attempt > 1 || !byName.get(call.tool)?.repeatable) {
            return failed(unreachable(spec.name, messageOf(error)));
          }
        }
      }
    },
    async close() {
      await live?.then((open) => open.close()).catch(() => undefined);
    },
  };
}

interface Live {
  client: Client;
  close(): Promise<void>;
}

async function connect(spec: ServerSpec, signal?: AbortSignal, prior?: PriorDiscovery): Promise<Live> {
  const client = new Client({ name: "medresearcher", version: "0.1.0" }, { versionNegotiation: { mode: "auto" } });
  const { transport, stop, lastWords } = await open(spec);
  const late = AbortSignal.timeout(CONNECT_MS);
  const options = {
    timeout: CONNECT_MS,
    signal: signal ? AbortSignal.any([signal, late]) : late,
    ...(prior ? { prior } : {}),
  };
  try {
    await client.connect(transport, options);
  } catch (error) {
    await client.close().catch(() => undefined);
    await stop();
    const why = late.aborted ? `no answer within ${CONNECT_MS / 1000} s` : messageOf(error);
    const said = lastWords?.();
    throw new NotConnected(said ? `${why}; it said: ${said}` : why);
  }
  return {
    client,
    async close() {
      await client.close();
      await stop();
    },
  };
}

/** The server could not be connected. */
class NotConnected extends Error {
  override readonly name = "NotConnected";
}

interface Opened {
  transport: Transport;
  stop: () => Promise<void>;
  /** The end of what a process wrote to stderr. */
  lastWords?: () => string;
}

const doNothing = () => Promise.resolve();

async function open(spec: ServerSpec): Promise<Opened> {
  switch (spec.kind) {
    case "memory": {
      const [ours, theirs] = InMemoryTransport.createLinkedPair();
      const server = spec.factory.create();
      await server.connect(theirs);
      return { transport: ours, stop: () => server.close() };
    }
    case "stdio": {
      const { StdioClientTransport, getDefaultEnvironment } = await import("@modelcontextprotocol/client/stdio");
      const { command, args = [], env, cwd } = spec;
      const transport = new StdioClientTransport({
        command,
        args,
        env: { ...getDefaultEnvironment(), ...env },
        stderr: "pipe",
        ...(cwd ? { cwd } : {}),
      });
      let words = "";
      transport.stderr?.on("data", (part: Buffer) => (words = `${words}${part.toString()}`.slice(-4000)));
      return { transport, stop: doNothing, lastWords: () => tellingLine(words) };
    }
    default: {
      const { url, headers } = spec;
      const init = headers ? { requestInit: { headers } } : {};
      return { transport: new StreamableHTTPClientTransport(new URL(url), init), stop: doNothing };
    }
  }
}

/** Of what a process wrote before it went: the line that names an error, else the last one. */
function tellingLine(words: string): string {
  const lines = words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").slice(0, 300);
}

async function list(client: Client, server: string, signal?: AbortSignal): Promise<ToolDefinition[]> {
  const { tools } = await client.listTools(undefined, { timeout: CONNECT_MS, ...(signal ? { signal } : {}) });
  return tools.map(({ name, title, description, inputSchema, annotations }) => ({
    server,
    tool: name,
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    inputSchema,
    repeatable: annotations?.readOnlyHint === true || annotations?.idempotentHint === true,
  }));
}

function requestOptions({ signal, onprogress }: CallOptions) {
  return {
    signal,
    timeout: SILENCE_MS,
    maxTotalTimeout: TOTAL_MS,
    resetTimeoutOnProgress: true,
    onprogress: ({ progress, total, message }: { progress: number; total?: number; message?: string }) =>
      onprogress?.({
        done: progress,
        ...(total === undefined ? {} : { total }),
        ...(message === undefined ? {} : { message }),
      }),
  };
}

function read({ isError, structuredContent, content }: CallToolResult): CallResult {
  const text = content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
  if (isError) return failed(failureFromText(text));
  if (structuredContent === undefined) return succeeded({ content });
  // The text that repeats the structure is dropped; everything else a server sent is kept.
  const others = content.filter((block) => block.type !== "text");
  return succeeded(others.length > 0 ? { ...structuredContent, content: others } : structuredContent);
}

function isTimeout(error: unknown): boolean {
  return error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;
}

/** What an HTTP server answers that has forgotten the session, or what stands before one that is gone. */
const GONE = [404, 502, 503, 504];

/** The connection is gone, or never came to be. */
function isLost(error: unknown): boolean {
  if (error instanceof NotConnected) return true;
  if (error instanceof SdkHttpError) return GONE.includes(error.status ?? 0);
  if (error instanceof SdkError) {
    const lost: SdkErrorCode[] = [
      SdkErrorCode.ConnectionClosed,
      SdkErrorCode.NotConnected,
      SdkErrorCode.SendFailed,
      SdkErrorCode.EraNegotiationFailed,
    ];
    return lost.includes(error.code);
  }
  if (!(error instanceof Error)) return false;
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code ?? (error as NodeJS.ErrnoException).code;
  return (
    error.message === "Not connected" ||
    error.message === "fetch failed" ||
    (typeof code === "string" && /^E[A-Z]+$/.test(code))
  );
}

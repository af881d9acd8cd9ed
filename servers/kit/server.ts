/** An MCP server from a definition: tools over an engine that is opened once, on first use, and shared by all sessions. */
import { McpServer } from "@modelcontextprotocol/server";
import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import type { ToolFailure } from "../../schemas/index.ts";
import { readArguments } from "./arguments.ts";
import { fitToBudget } from "./budget.ts";
import { asFailure, ToolError } from "./failure.ts";
import { inputOutline, outputOutline } from "./outline.ts";
import { appMeta, pictureCapabilities, pictureContent, pictureMeta, registerPicture } from "./pictures.ts";
import { wellFormed } from "./text.ts";
import type { Tool } from "./tool.ts";
import { VERSION } from "./version.ts";

export interface ServerSettings {
  /** Name of the knowledge folder: starter, home …; undefined for the default. */
  knowledge?: string;
}

export interface ServerDefinition<Engine> {
  name: string;
  title: string;
  /** For the model: what this server is for, which tool to start with. */
  instructions: string;
  tools: readonly Tool<Engine>[];
  open(settings: ServerSettings): Engine | Promise<Engine>;
}

export interface ServerFactory {
  readonly name: string;
  /** A fresh MCP server over the shared engine; the transport decides how many there are. */
  create(): McpServer;
  /** Closes the engine if it was opened. */
  close(): Promise<void>;
}

/** What a client may keep: the lists of a running server never change. */
const UNCHANGING = { ttlMs: 3_600_000, cacheScope: "public" } as const;
const LIST_CACHE = {
  "tools/list": UNCHANGING,
  "resources/list": UNCHANGING,
  "resources/templates/list": UNCHANGING,
} as const;

export function defineServer<Engine extends { close?(): unknown }>(definition: ServerDefinition<Engine>) {
  return (settings: ServerSettings = {}): ServerFactory => {
    let engine: Promise<Engine> | undefined;
    // A failed opening is tried again by the next call: the user may have mended it meanwhile.
    const open = () =>
      (engine ??= Promise.resolve()
        .then(() => definition.open(settings))
        .catch((error: unknown) => {
          engine = undefined;
          throw cannotOpen(definition.name, error);
        }));
    return {
      name: definition.name,
      create: () => assemble(definition, open),
      async close() {
        const opened = await engine?.catch(() => undefined);
        await opened?.close?.();
      },
    };
  };
}

function assemble<Engine>(definition: ServerDefinition<Engine>, open: () => Promise<Engine>): McpServer {
  const { name, title, instructions, tools } = definition;
  const server = new McpServer(
    { name, title, version: VERSION },
    {
      instructions,
      capabilities: { tools: { listChanged: false }, ...pictureCapabilities(tools) },
      cacheHints: LIST_CACHE,
    },
  );
  for (const tool of tools) {
    const { title, description, annotations } = tool;
    const config = {
      title,
      description,
      annotations,
      inputSchema: inputOutline(tool),
      outputSchema: outputOutline(tool),
      ...appMeta(tool),
    };
    const run = (args: unknown, context: ServerContext) => runTool(tool, args, context, open);
    server.registerTool(tool.name, config, (args: unknown, context: ServerContext) =>
      call(tool, args, context, server, run),
    );
    registerPicture(server, tool, run);
  }
  return server;
}

type Run = (raw: unknown, context: ServerContext) => ReturnType<typeof runTool>;

async function call<Engine>(
  tool: Tool<Engine>,
  raw: unknown,
  context: ServerContext,
  server: McpServer,
  run: Run,
): Promise<CallToolResult> {
  try {
    const { args, result } = await run(raw, context);
    const answer = success(result, tool.trim);
    answer.content.push(...pictureContent(server, tool, args, result, context));
    const isShortened = Object.hasOwn(answer.structuredContent ?? {}, "truncated");
    return { ...answer, ...pictureMeta(server, tool, { result, isShortened }, context) };
  } catch (error) {
    return failure(asFailure(error, context.mcpReq.signal));
  }
}

/** The arguments as the tool took them and its result before the byte budget. @throws whatever the tool throws */
async function runTool<Engine>(
  tool: Tool<Engine>,
  raw: unknown,
  context: ServerContext,
  open: () => Promise<Engine>,
): Promise<{ args: Record<string, unknown>; result: Record<string, unknown> }> {
  const { signal } = context.mcpReq;
  const { args, notes } = readArguments(tool, raw);
  const engine = await open();
  signal.throwIfAborted();
  const result = tool.output.parse(await tool.run(args, { engine, signal, progress: progressOf(context) }));
  if (notes.length > 0) result["notes"] = [...notes, ...((result["notes"] as string[] | undefined) ?? [])];
  return { args, result };
}

function success(result: Record<string, unknown>, trim: readonly string[] | undefined): CallToolResult {
  let { result: structuredContent, json } = fitToBudget(result, trim);
  if (LONE_SURROGATE.test(json)) {
    structuredContent = wellFormed(structuredContent);
    json = JSON.stringify(structuredContent);
  }
  return { content: [{ type: "text", text: json }], structuredContent };
}

/** JSON escapes a surrogate only where it stands alone. */
const LONE_SURROGATE = /\\ud[89a-f]/i;

function cannotOpen(name: string, error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ToolError(
    {
      reason: "unavailable",
      message: `${name} cannot open its knowledge: ${message}`,
      recovery: "tell the user what is missing; call again once it is mended",
      retryable: true,
    },
    { cause: error },
  );
}

function failure(failed: ToolFailure): CallToolResult {
  return { isError: true, content: [{ type: "text", text: JSON.stringify({ error: failed }) }] };
}

function progressOf(context: ServerContext) {
  const token = context.mcpReq._meta?.progressToken;
  return (done: number, total?: number, message?: string): void => {
    if (token === undefined) return;
    const params = {
      progressToken: token,
      progress: done,
      ...(total === undefined ? {} : { total }),
      ...(message ? { message } : {}),
    };
    // Progress is a courtesy: a client that is gone must not fail the call.
    context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
}

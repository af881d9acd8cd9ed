/** The tool pool: an MCP client and nothing but. Every call gets exactly one result, whatever happens on the way. */
import type { ToolCall } from "../../schemas/index.ts";
import { connectServer } from "./connection.ts";
import type { Connection, ToolDefinition } from "./connection.ts";
import { unknownTool } from "./failures.ts";
import { failed, messageOf } from "./result.ts";
import type { CallOptions, CallResult } from "./result.ts";
import type { ServerSpec } from "./specs.ts";

export interface ToolPool {
  /** In the order of the servers and of their lists; `server` is the configured key. */
  readonly tools: readonly ToolDefinition[];
  /** Servers that could not be reached when the pool was opened. */
  readonly unavailable: readonly { server: string; message: string }[];
  /** Never rejects. */
  call(call: ToolCall, options: CallOptions): Promise<CallResult>;
  close(): Promise<void>;
}

/** Connects to all servers at once; those that cannot be reached are named in `unavailable`. */
export async function openPool(
  specs: readonly ServerSpec[],
  options: { signal?: AbortSignal } = {},
): Promise<ToolPool> {
  const connections = new Map<string, Connection>();
  const unavailable: { server: string; message: string }[] = [];
  const settled = await Promise.allSettled(specs.map((spec) => connectServer(spec, options.signal)));
  for (const [i, result] of settled.entries()) {
    const server = specs[i]!.name;
    if (result.status === "fulfilled") connections.set(server, result.value);
    else unavailable.push({ server, message: messageOf(result.reason) });
  }
  const tools = [...connections.values()].flatMap((connection) => connection.tools);
  return {
    tools,
    unavailable,
    async call(call, { signal, onprogress }) {
      const connection = connections.get(call.server);
      if (!connection?.has(call.tool)) {
        const known = tools.map(({ server, tool }) => `${server}__${tool}`);
        return failed(unknownTool(call.server, call.tool, known));
      }
      return connection.call(call, { signal, ...(onprogress ? { onprogress } : {}) });
    },
    async close() {
      await Promise.allSettled([...connections.values()].map((connection) => connection.close()));
    },
  };
}

/** Where a server is found: in this process, behind a command, or at an address. */
import { readFileSync } from "node:fs";
import type { Transport } from "@modelcontextprotocol/client";
import { z } from "zod";

/** What the host needs of an MCP server that runs in this process. */
interface McpServerLike {
  connect(transport: Transport): Promise<void>;
  close(): Promise<void>;
}

/** A server that `cli` hands in: a fresh MCP server over a shared engine. */
export interface ServerFactoryLike {
  readonly name: string;
  create(): McpServerLike;
  close(): Promise<void>;
}

export type ServerSpec =
  | { kind: "memory"; name: string; factory: ServerFactoryLike }
  | { kind: "stdio"; name: string; command: string; args?: string[]; env?: Record<string, string>; cwd?: string }
  | { kind: "http"; name: string; url: string; headers?: Record<string, string> };

export function inProcess(factories: readonly ServerFactoryLike[]): ServerSpec[] {
  return factories.map((factory) => ({ kind: "memory", name: factory.name, factory }));
}

const Entry = z.union([
  z.object({
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
  z.object({ url: z.url(), headers: z.record(z.string(), z.string()).optional() }),
]);
const ServersFile = z
  .object({ mcpServers: z.record(z.string(), Entry), servers: z.record(z.string(), Entry) })
  .partial();

/** Reads `{mcpServers: {NAME: {command, args, env, cwd} | {url, headers}}}` (or VS Code's `servers`). Throws with what is wrong. */
export function readServersFile(file: string): ServerSpec[] {
  const parsed = ServersFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const entries = Object.entries({ ...parsed.data.servers, ...parsed.data.mcpServers });
  if (entries.length === 0) throw new Error(`${file} names no server under "mcpServers"`);
  return entries.map(([name, entry]) => {
    if (!/^[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*$/.test(name)) {
      throw new Error(`${file}: the server name ${JSON.stringify(name)} may hold letters, digits, - and single _ only`);
    }
    return "url" in entry ? { kind: "http", name, ...entry } : { kind: "stdio", name, ...entry };
  });
}

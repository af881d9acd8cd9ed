import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as OldHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer, SERVER_NAMES, type ServerName } from "../servers/commands/registry.ts";
import { serveHttp, type HttpHandle } from "../servers/kit/serve-http.ts";
import { TOOL_CALLS } from "./tool-calls.ts";
import { workplace } from "./workplace.ts";

const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
const place = workplace();
const served = new Map<ServerName, HttpHandle>();

beforeAll(async () => {
  for (const name of SERVER_NAMES) {
    served.set(name, await serveHttp(await openServer(name, { knowledge: "starter" }), { port: 0 }));
  }
});
afterAll(async () => {
  for (const server of served.values()) await server.close();
  place.remove();
});

/** What the clients of both SDKs have in common. */
interface AnyClient {
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const stdio = (name: ServerName) => ({
  command: process.execPath,
  args: [program, "mcp", name, "--knowledge", "starter"],
  env: place.env,
  stderr: "ignore" as const,
});
const url = (name: ServerName) => new URL(served.get(name)!.url);

async function current(transport: StdioClientTransport | StreamableHTTPClientTransport, mode: "legacy" | "auto") {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  await client.connect(transport);
  return client;
}

async function old(transport: OldStdio | OldHttp) {
  const client = new OldClient({ name: "test", version: "1" });
  await client.connect(transport);
  return client;
}

const WAYS: [string, (name: ServerName) => Promise<AnyClient>][] = [
  ["stdio, era of 2025", (name) => current(new StdioClientTransport(stdio(name)), "legacy")],
  ["stdio, era of 2026", (name) => current(new StdioClientTransport(stdio(name)), "auto")],
  ["stdio, SDK 1.x", (name) => old(new OldStdio(stdio(name)))],
  ["HTTP, era of 2025", (name) => current(new StreamableHTTPClientTransport(url(name)), "legacy")],
  ["HTTP, era of 2026", (name) => current(new StreamableHTTPClientTransport(url(name)), "auto")],
  ["HTTP, SDK 1.x", (name) => old(new OldHttp(url(name)))],
];

describe.each(SERVER_NAMES)("%s", (name) => {
  it.each(WAYS)("lists and answers every tool: %s", async (_, connect) => {
    const client = await connect(name);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(TOOL_CALLS[name].map(({ tool }) => tool));
    for (const { tool, args } of TOOL_CALLS[name]) {
      // Each client checks the structured content against the schema that tools/list gave it.
      const result = await client.callTool({ name: tool, arguments: args });
      const [content] = result["content"] as [{ text: string }];
      expect(result["isError"] ? content.text : undefined, tool).toBeUndefined();
      expect(JSON.parse(content.text), tool).toEqual(result["structuredContent"]);
      expect(result["structuredContent"], tool).toMatchObject({
        documents: expect.any(Array),
        outcomes: expect.any(Array),
      });
    }
    await client.close();
  });
});

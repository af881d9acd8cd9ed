/** Pictures over every transport and in both protocol eras: apps and SVG documents are resources, results stay text. */
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer, type ServerName } from "../servers/commands/registry.ts";
import { serveHttp, type HttpHandle } from "../servers/kit/serve-http.ts";
import { TOOL_CALLS } from "./tool-calls.ts";
import { workplace } from "./workplace.ts";

const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
const place = workplace();
const served = new Map<ServerName, HttpHandle>();

const DRAWN: [ServerName, string, string][] = [
  ["kg-explorer", "get_subgraph", "ui://kg-explorer/subgraph"],
  ["clinical-reasoning", "explain_diagnosis", "ui://clinical-reasoning/diagnosis"],
];

beforeAll(async () => {
  for (const [name] of DRAWN)
    served.set(name, await serveHttp(await openServer(name, { knowledge: "starter" }), { port: 0 }));
});
afterAll(async () => {
  for (const server of served.values()) await server.close();
  place.remove();
});

/** What the clients of both SDKs have in common. */
interface AnyClient {
  listTools(): Promise<{ tools: { name: string; _meta?: unknown }[] }>;
  listResources(): Promise<{ resources: { uri: string; mimeType?: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: unknown[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const url = (name: ServerName) => new URL(served.get(name)!.url);
const stdio = (name: ServerName) =>
  new StdioClientTransport({
    command: process.execPath,
    args: [program, "mcp", name, "--knowledge", "starter"],
    env: place.env,
    stderr: "ignore",
  });

async function connect(
  transport: StdioClientTransport | StreamableHTTPClientTransport,
  mode: "legacy" | "auto",
  capabilities = {},
): Promise<Client> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode }, capabilities });
  await client.connect(transport);
  return client;
}

const WAYS: [string, (name: ServerName, capabilities?: object) => Promise<AnyClient>][] = [
  ["stdio, era of 2025", (name, capabilities) => connect(stdio(name), "legacy", capabilities)],
  ["stdio, era of 2026", (name, capabilities) => connect(stdio(name), "auto", capabilities)],
  ["HTTP, era of 2025", (name, c) => connect(new StreamableHTTPClientTransport(url(name)), "legacy", c)],
  ["HTTP, era of 2026", (name, c) => connect(new StreamableHTTPClientTransport(url(name)), "auto", c)],
  [
    "HTTP, SDK 1.x",
    async (name, capabilities = {}) => {
      const client = new OldClient({ name: "test", version: "1" }, { capabilities });
      await client.connect(new OldHttp(url(name)));
      return client;
    },
  ],
];

const APPS = { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } } };

describe.each(DRAWN)("%s: %s", (server, tool, app) => {
  const { args } = TOOL_CALLS[server].find((call) => call.tool === tool)!;

  it.each(WAYS)("its picture is seen without apps: %s", async (_, open) => {
    const client = await open(server);
    const result = await client.callTool({ name: tool, arguments: args });
    const [text, link] = result["content"] as [{ text: string }, { type: string; uri: string; mimeType: string }];
    expect(JSON.parse(text.text)).toEqual(result["structuredContent"]);
    expect(link).toMatchObject({ type: "resource_link", mimeType: "image/svg+xml" });
    const [svg] = (await client.readResource({ uri: link.uri })).contents as [{ text: string; mimeType: string }];
    expect(svg).toMatchObject({ mimeType: "image/svg+xml", text: expect.stringMatching(/^<svg .*<\/svg>$/s) });
    await client.close();
  });

  it.each(WAYS.slice(2))("its app is found and read, and the result is text alone: %s", async (_, open) => {
    const client = await open(server, APPS);
    const found = (await client.listTools()).tools.find(({ name }) => name === tool)!;
    expect(found._meta).toMatchObject({ ui: { resourceUri: app } });
    expect((await client.listResources()).resources).toMatchObject([
      { uri: app, mimeType: "text/html;profile=mcp-app" },
    ]);
    const [page] = (await client.readResource({ uri: app })).contents as [{ text: string }];
    expect(page.text).toMatch(/^<!doctype html>/);
    const { content } = await client.callTool({ name: tool, arguments: args });
    expect((content as { type: string }[]).map(({ type }) => type)).toEqual(["text"]);
    await client.close();
  });
});

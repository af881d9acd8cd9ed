/** A real tool call (`get_entity`) beside an echo of the same payload by a bare server of the SDK: in memory, stdio, HTTP. */
import { spawn } from "node:child_process";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { InMemoryTransport, type McpServer, type Transport } from "@modelcontextprotocol/server";
import { openServer } from "../servers/commands/registry.ts";
import { workplace } from "../tests/workplace.ts";
import { bareServer } from "./bench/bare-server.mjs";
import { BARE, report, sideBySide } from "./bench/measure.ts";
import { CLI, startHttp } from "./clients/servers.ts";

const LIMIT = 2;
const ROUNDS = 1500;
const WARM_UP = 500;

const place = workplace();
const ending: (() => unknown)[] = [() => place.remove()];

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(transport);
  // As a host does: the list is known, so results are checked against the output schemas.
  await client.listTools();
  ending.push(() => client.close());
  return client;
}

async function inMemory(server: McpServer): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  return connect(near);
}

function stdio(...args: string[]): Promise<Client> {
  return connect(new StdioClientTransport({ command: process.execPath, args, env: place.env, stderr: "inherit" }));
}

async function bareHttp(): Promise<Client> {
  const child = spawn(process.execPath, [BARE, "http"], { stdio: ["ignore", "ignore", "pipe"] });
  ending.push(() => child.kill());
  const url = await new Promise<string>((resolve) => {
    child.stderr.once("data", (chunk: Buffer) => resolve(/http\S+/.exec(String(chunk))![0]));
  });
  return connect(new StreamableHTTPClientTransport(new URL(url)));
}

async function ownHttp(): Promise<Client> {
  const server = await startHttp("kg-explorer", place.env);
  ending.push(() => server.stop());
  return connect(new StreamableHTTPClientTransport(new URL(server.url)));
}

/** @returns milliseconds */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

async function entityId(client: Client): Promise<string> {
  const { structuredContent } = await client.callTool({ name: "find_entities", arguments: { query: "Entresto" } });
  return (structuredContent as { entities: { id: string }[] }).entities[0]!.id;
}

/** @returns whether the ratio is within the limit */
async function compare(what: string, ours: Client, bare: Client): Promise<boolean> {
  const request = { name: "get_entity", arguments: { id: await entityId(ours) } };
  const answer = await ours.callTool(request);
  if (answer.isError) throw new Error(JSON.stringify(answer.content));
  // The echo carries as many bytes back as the real answer has.
  const echo = { name: "echo", arguments: { payload: "x".repeat(JSON.stringify(answer.structuredContent).length) } };
  const own = () => timed(() => ours.callTool(request));
  const theirs = () => timed(() => bare.callTool(echo));
  await sideBySide(WARM_UP, own, theirs);
  return report(what, await sideBySide(ROUNDS, own, theirs), LIMIT);
}

console.log(
  `get_entity beside a bare echo of the same size, p50 of ${ROUNDS}\n${"".padEnd(22)}      ours         bare`,
);
const factory = await openServer("kg-explorer", { knowledge: "starter" });
ending.push(() => factory.close());
const verdicts = [
  await compare("in memory", await inMemory(factory.create()), await inMemory(bareServer())),
  await compare("stdio", await stdio(CLI, "mcp", "kg-explorer", "--knowledge", "starter"), await stdio(BARE, "stdio")),
  await compare("HTTP", await ownHttp(), await bareHttp()),
];
for (const end of ending.toReversed()) await end();
process.exitCode = verdicts.every(Boolean) ? 0 : 1;

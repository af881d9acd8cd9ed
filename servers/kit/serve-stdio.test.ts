import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("testing/toy-stdio.ts", import.meta.url));
const request = (id: number, method: string, params: object) => JSON.stringify({ jsonrpc: "2.0", id, method, params });
const initialize = request(1, "initialize", {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "test", version: "1" },
});

function start() {
  const child = spawn(process.execPath, [program], { stdio: "pipe" });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (said.err += String(chunk)));
  return { child, said };
}

interface Answer {
  id: number;
  result: { structuredContent?: object };
}
const answers = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);

describe("a server over stdio", () => {
  it.each(["legacy", "auto"] as const)("serves a client of the era %s", async (mode) => {
    const transport = new StdioClientTransport({ command: process.execPath, args: [program], stderr: "ignore" });
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(["echo_text", "fail_always", "wait_long"]);
    const result = await client.callTool({ name: "echo_text", arguments: { text: "hello" } });
    expect(result.structuredContent).toMatchObject({ echoed: ["hello"] });
    await client.close();
  });

  it("answers what is piped in before it ends, with nothing but JSON-RPC on stdout", async () => {
    const { child, said } = start();
    const call = request(2, "tools/call", { name: "wait_long", arguments: { steps: 2, ms: 50 } });
    child.stdin.end([initialize, "not JSON", call, ""].join("\n"));
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(answers(said.out).map(({ id }) => id)).toEqual([1, 2]);
    expect(answers(said.out)[1]!.result.structuredContent).toMatchObject({ steps: 2 });
    expect(said.err).toContain("a library says hello");
    expect(said.err).toContain("ended cleanly");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends cleanly on %s", async (signal) => {
    const { child, said } = start();
    child.stdin.write(`${initialize}\n`);
    await expect.poll(() => said.out, { timeout: 60_000 }).toContain("serverInfo");
    child.kill(signal);
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(said.err).toContain("ended cleanly");
  });
});

/** The SDK's 1.x client: checks structured content against the listed output schemas by itself. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { assertResult, check, type Check, type ForeignClient, type Target } from "./types.ts";

export const oldSdkClient: ForeignClient = async (targets) => {
  const checks: Check[] = [];
  for (const target of targets) checks.push(...(await one(target)));
  return checks;
};

async function one(target: Target): Promise<Check[]> {
  const where = `${target.name} over ${target.transport}`;
  const client = new Client({ name: "old-sdk", version: "1" });
  const checks = [
    await check(`${where}: tools/list`, async () => {
      await client.connect(transportTo(target));
      const { tools } = await client.listTools();
      if (tools.length !== target.calls.length) throw new Error(`${tools.length} tools`);
    }),
  ];
  for (const { tool, args } of target.calls) {
    const run = async () => assertResult(await client.callTool({ name: tool, arguments: args }));
    checks.push(await check(`${where}: ${tool}`, run));
  }
  await client.close();
  return checks;
}

function transportTo(target: Target) {
  if (target.transport === "http") return new StreamableHTTPClientTransport(new URL(target.url));
  const [command, ...args] = target.command;
  return new StdioClientTransport({ command: command!, args, env: target.env, stderr: "ignore" });
}

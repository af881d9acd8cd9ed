/**
 * Foreign clients against the five servers: the SDK's 1.x client, the Python `mcp` client (2.x) and the MCP Inspector's
 * command line each list and call every tool over stdio and HTTP. The latter two are installed into node_modules/.cache.
 * Says loudly what is missing, and fails then.
 */
import { existsSync } from "node:fs";
import { SERVER_NAMES } from "../servers/commands/registry.ts";
import { TOOL_CALLS } from "../tests/tool-calls.ts";
import { workplace } from "../tests/workplace.ts";
import { inspectorClient } from "./clients/inspector.ts";
import { oldSdkClient } from "./clients/old-sdk.ts";
import { pythonClient } from "./clients/python.ts";
import { CLI, startHttp } from "./clients/servers.ts";
import type { Check, ForeignClient, Target } from "./clients/types.ts";

const CLIENTS: [string, ForeignClient][] = [
  ["SDK 1.x", oldSdkClient],
  ["Python mcp", pythonClient],
  ["MCP Inspector", inspectorClient],
];

async function main(): Promise<number> {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there: run \`npm run prepare\` first`);
  const place = workplace();
  const servers = await Promise.all(SERVER_NAMES.map((name) => startHttp(name, place.env)));
  const targets: Target[] = servers.flatMap(({ name, url }) => {
    const calls = TOOL_CALLS[name];
    const command = [process.execPath, CLI, "mcp", name, "--knowledge", "starter"];
    return [
      { name, transport: "stdio" as const, command, calls, env: place.env },
      { name, transport: "http" as const, url, calls, env: place.env },
    ];
  });
  const checks: Check[] = [];
  try {
    for (const [title, run] of CLIENTS) {
      const started = performance.now();
      const found = await run(targets).catch((error: unknown): Check[] => [
        { what: "could not run", error: error instanceof Error ? error.message : String(error) },
      ]);
      checks.push(...found.map((check) => ({ ...check, what: `${title}: ${check.what}` })));
      const failed = found.filter(({ error }) => error !== undefined).length;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${title}: ${found.length - failed} passed, ${failed} failed (${seconds} s)`);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    place.remove();
  }
  const failed = checks.filter(({ error }) => error !== undefined);
  for (const { what, error } of failed) console.error(`\nFAILED ${what}\n  ${error}`);
  console.log(`\n${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = await main();

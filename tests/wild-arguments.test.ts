import type { Client } from "@modelcontextprotocol/client";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ToolFailure } from "../schemas/index.ts";
import { openServer, SERVER_NAMES, type ServerName } from "../servers/commands/registry.ts";
import { TOOL_CALLS } from "./tool-calls.ts";
import { workplace } from "./workplace.ts";
import { connected } from "../servers/kit/testing/connected.ts";

const place = workplace();
const clients = new Map<ServerName, Client>();
const ending: (() => Promise<void>)[] = [];

beforeAll(async () => {
  for (const name of SERVER_NAMES) {
    const factory = await openServer(name, { knowledge: "starter" });
    const client = await connected(factory);
    clients.set(name, client);
    ending.push(async () => {
      await client.close();
      await factory.close();
    });
  }
});
afterAll(async () => {
  for (const end of ending) await end();
  place.remove();
});

/** What went wrong with an answer; undefined where it is a result, or an error that the caller can act on. */
async function fault(server: ServerName, tool: string, args: Record<string, unknown>): Promise<string | undefined> {
  const result = await clients.get(server)!.callTool({ name: tool, arguments: args });
  const [content] = result.content as unknown as [{ text: string }];
  if (Buffer.byteLength(content.text) > 40_000) return `${Buffer.byteLength(content.text)} bytes`;
  if (!result.isError) return result.structuredContent === undefined ? "no structured content" : undefined;
  const { error } = JSON.parse(content.text) as { error: ToolFailure };
  const isActionable = error.reason !== "internal" && error.message !== "" && error.recovery !== "";
  return isActionable ? undefined : content.text;
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom<unknown>(
    "",
    "  ",
    "\u0000",
    "💊".slice(0, 1),
    "' OR 1=1 --",
    '"unclosed',
    "a* AND (b OR",
    "%",
    "[]",
    "{}",
    "null",
    "NaN",
    -1,
    0,
    1e308,
    2 ** 53,
    "x".repeat(5000),
    "word ".repeat(3000),
    ["", null],
    ["HP:0000001"],
    ["STARTER:entresto", "STARTER:entresto"],
    "HP:9999999",
    "STARTER:heart-failure",
    "heart failure",
    "__proto__",
    "../../etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:1/",
  ),
);

describe.each(SERVER_NAMES)("wild arguments for %s", (server) => {
  it.each(TOOL_CALLS[server])("$tool gives a result, or an error that one can act on", async (call) => {
    const fields = Object.keys(call.args);
    const mutation = fc.dictionary(fc.constantFrom(...fields, "limit", "unknown", "sources", "cursor"), junk, {
      maxKeys: 3,
    });
    await fc.assert(
      fc.asyncProperty(mutation, async (changes) => {
        expect(await fault(server, call.tool, { ...call.args, ...changes })).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it("a megabyte, and lists as text", async () => {
    for (const { tool, args } of TOOL_CALLS[server]) {
      for (const [field, value] of Object.entries(args)) {
        expect(await fault(server, tool, { ...args, [field]: "x".repeat(1_000_000) }), tool).toBeUndefined();
        const asText = typeof value === "string" ? value : JSON.stringify(value);
        expect(await fault(server, tool, { ...args, [field]: asText }), tool).toBeUndefined();
      }
    }
  });
});

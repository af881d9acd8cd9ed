/** The test server as a process of its own, with a tool that ends the process. */
import { appendFileSync, readFileSync } from "node:fs";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";
import { createTestServer } from "./servers.ts";

// Each start is noted, so that a test can count them.
const [starts] = process.argv.slice(2);
if (starts) appendFileSync(starts, `${process.pid}\n`);

serveStdio(() => {
  const server = createTestServer("stdio");
  const reads = { readOnlyHint: true };
  const once = z.object({ file: z.string() });
  const answer = { content: [{ type: "text" as const, text: "{}" }], structuredContent: {} };
  // Ends the process on the first call, answers the second.
  server.registerTool("die_once", { description: "", inputSchema: once, annotations: reads }, ({ file }) => {
    appendFileSync(file, "x");
    if (firstUse(file)) process.exit(1);
    return answer;
  });
  server.registerTool(
    "die",
    { description: "", inputSchema: once, annotations: { readOnlyHint: false } },
    ({ file }) => {
      appendFileSync(file, "x");
      process.exit(1);
    },
  );
  return server;
});

function firstUse(file: string): boolean {
  return readFileSync(file, "utf8").length === 1;
}

/** The measure of the kit: a server of the SDK and nothing else, over stdio or, with `http`, sessionful HTTP. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

const input = z.object({ payload: z.string() });
const output = z.object({ payload: z.string() });

/** An echo with schemas, as the SDK's documentation shows it. */
export function bareServer() {
  const server = new McpServer({ name: "bare", version: "1" });
  const config = { description: "Gives back its payload.", inputSchema: input, outputSchema: output };
  server.registerTool("echo", config, ({ payload }) => {
    const structuredContent = { payload };
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  });
  return server;
}

if (process.argv[2] === "stdio") {
  await bareServer().connect(new StdioServerTransport());
} else if (process.argv[2] === "http") {
  const sessions = new Map();
  const handle = async (req, res) => {
    let transport = sessions.get(req.headers["mcp-session-id"]);
    if (!transport) {
      transport = new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, transport),
      });
      await bareServer().connect(transport);
    }
    await transport.handleRequest(req, res);
  };
  const listener = createServer((req, res) => void handle(req, res));
  listener.listen(0, "127.0.0.1", () =>
    process.stderr.write(`serves http://127.0.0.1:${listener.address().port}/mcp\n`),
  );
}

import { request as httpRequest } from "node:http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, describe, expect, it } from "vitest";
import { serveHttp, type HttpOptions } from "./serve-http.ts";
import { toyEngine, toyServer } from "./testing/toy.ts";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

async function serve(options: Partial<HttpOptions> = {}) {
  const engine = toyEngine();
  const server = await serveHttp(toyServer(engine), { port: 0, ...options });
  ending.push(() => server.close());
  return { ...server, engine };
}

async function connect(url: string, mode: "legacy" | "auto", token?: string) {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  ending.push(() => client.close());
  return client;
}

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json, text/event-stream", ...headers },
  });
}

async function begin(url: string): Promise<string> {
  const response = await post(url, initialize);
  // To its end: a session is in use as long as one of its answers is on the way.
  await response.text();
  return response.headers.get("mcp-session-id")!;
}

async function isAlive(url: string, id: string): Promise<boolean> {
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  return (await post(url, list, { "Mcp-Session-Id": id })).status === 200;
}

/** `fetch` sets Host itself; a rebinding page's request carries another. */
function statusWithHost(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = httpRequest(url, { method: "POST", headers: { Host: host, "Content-Type": "application/json" } });
    req.on("response", (res) => {
      res.resume();
      resolve(res.statusCode!);
    });
    req.on("error", reject);
    req.end(JSON.stringify(initialize));
  });
}

describe.each(["legacy", "auto"] as const)("a server over HTTP, client of the era %s", (mode) => {
  it("lists and calls tools", async () => {
    const { url } = await serve();
    const client = await connect(url, mode);
    expect((await client.listTools()).tools).toHaveLength(3);
    const result = await client.callTool({ name: "echo_text", arguments: { text: "hello" } });
    expect(result.structuredContent).toMatchObject({ echoed: ["hello"] });
    const failed = await client.callTool({ name: "fail_always", arguments: { how: "not_found" } });
    expect(failed.isError).toBe(true);
    await expect(client.callTool({ name: "nothing", arguments: {} })).rejects.toMatchObject({ code: -32602 });
  });

  it("passes on progress and cancellation", async () => {
    const { url, engine } = await serve();
    const client = await connect(url, mode);
    const seen: number[] = [];
    await client.callTool(
      { name: "wait_long", arguments: { steps: 3, ms: 20 } },
      { onprogress: ({ progress }) => void seen.push(progress) },
    );
    expect(seen).toEqual([1, 2, 3]);
    const abort = new AbortController();
    const call = client.callTool(
      { name: "wait_long", arguments: { steps: 100_000, ms: 20 } },
      { signal: abort.signal, onprogress: () => abort.abort() },
    );
    await expect(call).rejects.toThrow(/abort/i);
    await expect.poll(() => engine.cancelled).toBe(1);
  });

  it("takes only callers with the token where one is set", async () => {
    const { url } = await serve({ token: "secret" });
    const client = await connect(url, mode, "secret");
    expect((await client.listTools()).tools).toHaveLength(3);
    await expect(connect(url, mode, "wrong")).rejects.toThrow(/401|unauthorized/i);
  });

  it("serves many clients at once", async () => {
    const { url } = await serve();
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(url, mode)));
    const results = await Promise.all(
      clients.map((client, i) => client.callTool({ name: "echo_text", arguments: { text: `t${i}` } })),
    );
    expect(results.map((result) => (result.structuredContent as { echoed: string[] }).echoed[0])).toEqual(
      clients.map((_, i) => `t${i}`),
    );
  });
});

describe("what an HTTP server refuses", () => {
  it("foreign Host and Origin: 403", async () => {
    const { url, port } = await serve();
    expect(await statusWithHost(url, "evil.example")).toBe(403);
    expect(await statusWithHost(url, `localhost:${port}`)).not.toBe(403);
    expect((await post(url, initialize, { Origin: "https://evil.example" })).status).toBe(403);
    expect((await post(url, initialize, { Origin: `http://localhost:${port}` })).status).toBe(200);
  });

  it("a missing or wrong token: 401 with a challenge", async () => {
    const { url } = await serve({ token: "secret" });
    const missing = await post(url, initialize);
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect((await post(url, initialize, { Authorization: "Bearer secre" })).status).toBe(401);
    expect((await post(url, initialize, { Authorization: "bearer secret" })).status).toBe(200);
  });

  it("other paths, unknown sessions, bodies that are no JSON, too large or of another type", async () => {
    const { url } = await serve();
    const elsewhere = await post(url.replace("/mcp", "/other"), initialize);
    expect([elsewhere.status, await elsewhere.json()]).toEqual([
      404,
      { error: "not_found", message: "the MCP endpoint is /mcp" },
    ]);
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
    expect((await post(url, list, { "Mcp-Session-Id": "gone" })).status).toBe(404);
    expect((await post(url, list)).status).toBe(400);
    expect(await (await post(url, "{")).json()).toMatchObject({ error: { code: -32700 } });
    expect((await post(url, `"${"x".repeat(5_000_000)}"`)).status).toBe(413);
    expect((await post(url, initialize, { "Content-Type": "text/plain" })).status).toBe(415);
    expect((await fetch(url)).status).toBe(400);
  });

  it("a port in use, in plain words", async () => {
    const { port } = await serve();
    await expect(serveHttp(toyServer(), { port })).rejects.toThrow(`port ${port} is in use`);
  });
});

describe("sessions of the 2025 era", () => {
  it("end by DELETE", async () => {
    const { url } = await serve();
    const id = await begin(url);
    expect(await isAlive(url, id)).toBe(true);
    expect((await fetch(url, { method: "DELETE", headers: { "Mcp-Session-Id": id } })).status).toBe(200);
    expect(await isAlive(url, id)).toBe(false);
  });

  it("expire when idle, and give way to new ones at the cap", async () => {
    const idle = await serve({ idleMs: 50 });
    const id = await begin(idle.url);
    // Asking keeps it alive, so rest longer than that in between.
    await expect.poll(() => isAlive(idle.url, id), { interval: 300 }).toBe(false);
    const capped = await serve({ maxSessions: 2 });
    const ids = [await begin(capped.url), await begin(capped.url), await begin(capped.url)];
    expect(await isAlive(capped.url, ids[0]!)).toBe(false);
    expect(await isAlive(capped.url, ids[2]!)).toBe(true);
  });

  it("resume a broken stream from the last event seen", async () => {
    const { url, engine } = await serve();
    const id = await begin(url);
    const headers = { "Mcp-Session-Id": id, "Mcp-Protocol-Version": "2025-11-25" };
    const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "wait_long", arguments: { ms: 100 } } };
    const broken = await post(url, call, headers);
    const reader = broken.body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    const lastEvent = /^id: (.*)$/m.exec(first)![1]!;
    await reader.cancel();
    // The answer comes while nobody listens.
    await expect.poll(() => engine.finished).toBe(1);
    const resumed = await fetch(url, {
      headers: { ...headers, Accept: "text/event-stream", "Last-Event-ID": lastEvent },
    });
    let heard = "";
    for await (const piece of resumed.body!.pipeThrough(new TextDecoderStream())) {
      heard += piece;
      if (heard.includes('"id":7')) break;
    }
    expect(heard).toContain('"id":7');
  });
});

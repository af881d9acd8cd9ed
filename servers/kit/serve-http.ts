/**
 * A server as Streamable HTTP at `/mcp`, for both protocol eras: requests of 2025 go to sessions, those of 2026 are
 * stateless. Cancellation and progress work on both.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { classifyInboundRequest, createMcpHandler } from "@modelcontextprotocol/server";
import { fromAllowedPlace, hasToken, LOOPBACK_HOSTS, readJson, sendError } from "./http-guards.ts";
import { HttpSessions, type SessionLimits } from "./http-sessions.ts";
import type { ServerFactory } from "./server.ts";

export interface HttpOptions extends Partial<SessionLimits> {
  /** 0 picks a free one. */
  port: number;
  host?: string;
  /** Host and Origin names accepted beside the loopback's and `host` itself. */
  allowedHosts?: string[];
  /** Callers must send it as a bearer token. */
  token?: string;
}

export interface HttpHandle {
  url: string;
  port: number;
  /** Only this machine can reach it. */
  loopback: boolean;
  close(): Promise<void>;
}

/** Listens; @throws Error in plain words when the port cannot be had. */
export async function serveHttp(factory: ServerFactory, options: HttpOptions): Promise<HttpHandle> {
  const { host = "127.0.0.1", allowedHosts = [], token, maxSessions = 200, idleMs = 30 * 60_000 } = options;
  const sessions = new HttpSessions(factory, { maxSessions, idleMs });
  const log = (error: unknown) =>
    process.stderr.write(`${factory.name}: ${error instanceof Error ? error.message : String(error)}\n`);
  const modern = createMcpHandler(() => factory.create(), { legacy: "reject", onerror: log });
  const serveModern = toNodeHandler(modern, { onerror: log });
  const hosts = [...LOOPBACK_HOSTS, bracketed(host), ...allowedHosts];

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!fromAllowedPlace(req, res, hosts)) return;
    if (!/^\/mcp\/?(\?|$)/.test(req.url ?? "")) return notFound(res);
    if (token && !hasToken(req, res, token)) return;
    const read = req.method === "POST" ? await readJson(req, res) : { body: undefined };
    if (!read) return;
    await (isLegacy(req, read.body) ? sessions.handle(req, res, read.body) : serveModern(req, res, read.body));
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      log(error);
      sendError(res, 500, -32603, "Internal server error");
    });
  });
  const port = await listen(server, options.port, host);
  return {
    url: `http://${bracketed(host)}:${port}/mcp`,
    port,
    loopback: LOOPBACK_HOSTS.includes(bracketed(host)),
    async close() {
      const stopped = new Promise((resolve) => server.close(resolve));
      await Promise.all([sessions.close(), modern.close()]);
      server.closeAllConnections();
      await stopped;
      await factory.close();
    },
  };
}

function isLegacy(req: IncomingMessage, body: unknown): boolean {
  const header = (name: string) => {
    const value = req.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const [version, method, name] = ["mcp-protocol-version", "mcp-method", "mcp-name"].map(header);
  const route = classifyInboundRequest({
    httpMethod: req.method ?? "GET",
    body,
    ...(version === undefined ? {} : { protocolVersionHeader: version }),
    ...(method === undefined ? {} : { mcpMethodHeader: method }),
    ...(name === undefined ? {} : { mcpNameHeader: name }),
  });
  return route.kind === "legacy";
}

function notFound(res: ServerResponse): void {
  res.writeHead(404, { "Content-Type": "application/json" });
  res.end(JSON.stringify({ error: "not_found", message: "the MCP endpoint is /mcp" }));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `port ${port} is in use; choose another, or 0 for a free one`,
        EACCES: `port ${port} is not ours to use; choose one above 1023`,
        EADDRNOTAVAIL: `${host} is no address of this machine`,
        ENOTFOUND: `${host} is no address of this machine`,
      };
      reject(new Error(reasons[error.code ?? ""] ?? error.message, { cause: error }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** As it stands in an address: IPv6 in brackets. */
function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

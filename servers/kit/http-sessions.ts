/** Sessions of the 2025 era over HTTP: one MCP server and one transport each, closed when idle, their number bounded. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { isInitializeRequest } from "@modelcontextprotocol/server";
import { RecentEvents } from "./event-store.ts";
import { sendError } from "./http-guards.ts";
import type { ServerFactory } from "./server.ts";

interface Session {
  transport: NodeStreamableHTTPServerTransport;
  lastUsed: number;
  /** Requests and streams in progress: a session that has any is not idle. */
  open: number;
}

export interface SessionLimits {
  maxSessions: number;
  idleMs: number;
}

export class HttpSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #factory: ServerFactory;
  readonly #limits: SessionLimits;
  readonly #sweep: NodeJS.Timeout;

  constructor(factory: ServerFactory, limits: SessionLimits) {
    this.#factory = factory;
    this.#limits = limits;
    this.#sweep = setInterval(() => this.#closeIdle(), Math.min(60_000, limits.idleMs));
    this.#sweep.unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Serves one request of the 2025 era. @param body the parsed JSON of a POST */
  async handle(req: IncomingMessage, res: ServerResponse, body: unknown): Promise<void> {
    const id = req.headers["mcp-session-id"];
    if (typeof id === "string") {
      const session = this.#sessions.get(id);
      if (!session) return sendError(res, 404, -32001, "Session not found: it ended or expired; initialize again");
      return this.#serve(session, req, res, body);
    }
    if (!isInitializeRequest(body)) {
      return sendError(res, 400, -32000, "Bad Request: no Mcp-Session-Id header; POST an initialize request first");
    }
    if (!this.#makeRoom()) {
      res.setHeader("Retry-After", "30");
      return sendError(res, 503, -32000, `All ${this.#limits.maxSessions} sessions are in use; try again later`);
    }
    return this.#serve(await this.#begin(), req, res, body);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.all([...this.#sessions.keys()].map((id) => this.#end(id)));
  }

  async #begin(): Promise<Session> {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new RecentEvents(),
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
      onsessionclosed: (id) => void this.#sessions.delete(id),
    });
    const session: Session = { transport, lastUsed: Date.now(), open: 0 };
    await this.#factory.create().connect(transport);
    return session;
  }

  async #serve(session: Session, req: IncomingMessage, res: ServerResponse, body: unknown): Promise<void> {
    session.open += 1;
    res.once("close", () => {
      session.open -= 1;
      session.lastUsed = Date.now();
    });
    await session.transport.handleRequest(req, res, body);
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    await session?.transport.close();
  }

  #closeIdle(): void {
    for (const [id, session] of this.#sessions) {
      if (session.open === 0 && Date.now() - session.lastUsed > this.#limits.idleMs) void this.#end(id);
    }
  }

  /** Below the cap, if need be by closing the session that has been idle longest. */
  #makeRoom(): boolean {
    if (this.#sessions.size < this.#limits.maxSessions) return true;
    const idle = [...this.#sessions].filter(([, session]) => session.open === 0);
    const oldest = idle.toSorted(([, a], [, b]) => a.lastUsed - b.lastUsed)[0];
    if (!oldest) return false;
    void this.#end(oldest[0]);
    return true;
  }
}

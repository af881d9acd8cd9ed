/** What a request must show before it reaches a server: a known Host and Origin, the token, a JSON body of bounded size. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isJsonContentType, validateHostHeader, validateOriginHeader } from "@modelcontextprotocol/server";

/** Names under which this machine's own programs reach it. */
export const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A JSON-RPC error as the whole HTTP answer. */
export function sendError(res: ServerResponse, status: number, code: number, message: string): void {
  if (res.headersSent) {
    res.end();
    return;
  }
  res.writeHead(status, { "Content-Type": "application/json" });
  res.end(JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null }));
}

/** Refuses what a web page could send by DNS rebinding. Answers 403 and returns false where it does. */
export function fromAllowedPlace(req: IncomingMessage, res: ServerResponse, hosts: string[]): boolean {
  for (const verdict of [
    validateHostHeader(req.headers.host, hosts),
    validateOriginHeader(req.headers.origin, hosts),
  ]) {
    if (verdict.ok) continue;
    sendError(res, 403, -32000, verdict.message);
    return false;
  }
  return true;
}

/** Answers 401 and returns false where the bearer token is missing or another one. */
export function hasToken(req: IncomingMessage, res: ServerResponse, token: string): boolean {
  const given = /^Bearer +(\S+)\s*$/i.exec(req.headers.authorization ?? "")?.[1];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return true;
  const why = given === undefined ? "" : ', error="invalid_token"';
  res.setHeader("WWW-Authenticate", `Bearer realm="medresearcher"${why}`);
  sendError(res, 401, -32000, "Unauthorized: send `Authorization: Bearer <token>`");
  return false;
}

/** The parsed body of a POST, or undefined after an answer of 413, 415 or 400. */
export async function readJson(req: IncomingMessage, res: ServerResponse): Promise<{ body: unknown } | undefined> {
  if (!isJsonContentType(req.headers["content-type"] ?? "")) {
    return refuse(res, 415, -32000, "Unsupported Media Type: Content-Type must be application/json");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped: a client that is still writing would not see the answer otherwise.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (size > 4 * MAX_BODY_BYTES) break;
  }
  if (size > MAX_BODY_BYTES) {
    res.setHeader("Connection", "close");
    return refuse(res, 413, -32000, `Payload Too Large: a request may have ${MAX_BODY_BYTES} bytes`);
  }
  try {
    return { body: JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown };
  } catch {
    return refuse(res, 400, -32700, "Parse error: the body is not JSON");
  }
}

function refuse(res: ServerResponse, status: number, code: number, message: string): undefined {
  sendError(res, status, code, message);
  return undefined;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

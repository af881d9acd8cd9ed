/** A loopback endpoint that speaks the streamed chat completion protocol, well or badly as it is told; for tests. */
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Turn {
  text?: string;
  reasoning?: string;
  calls?: { name: string; arguments: string; id?: string }[];
  /** An HTTP failure instead of an answer. */
  status?: number;
  headers?: Record<string, string>;
  /** Sent as it is, as the body of a 200. */
  raw?: string;
  /** The connection is closed in the middle of the stream. */
  cut?: boolean;
  /** No answer, ever. */
  silent?: boolean;
  noUsage?: boolean;
}

interface SeenRequest {
  model: string;
  messages: { role: string; content: unknown; tool_calls?: unknown; tool_call_id?: string }[];
  tools?: { function: { name: string; parameters: unknown } }[];
}

export interface ModelServer {
  url: string;
  requests: SeenRequest[];
  close(): Promise<void>;
}

/** Answers the n-th request (or the n-th message of a conversation) with the n-th turn; the last one is repeated. */
export async function modelServer(
  turns: readonly Turn[],
  count: "requests" | "messages" = "requests",
): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const seen = JSON.parse(body) as SeenRequest;
      requests.push(seen);
      const said = seen.messages.filter((message) => message.role === "assistant").length;
      const n = count === "requests" ? requests.length : said + 1;
      const turn = turns[Math.min(n, turns.length) - 1]!;
      if (!turn.silent) reply(response, turn);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function reply(response: ServerResponse, turn: Turn): void {
  if (turn.status) {
    response.writeHead(turn.status, { "content-type": "application/json", ...turn.headers });
    response.end(JSON.stringify({ error: { message: `status ${turn.status}` } }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (turn.raw !== undefined) {
    response.end(turn.raw);
    return;
  }
  const send = (fields: object) =>
    response.write(`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", ...fields })}\n\n`);
  const delta = (fields: object) => send({ choices: [{ index: 0, delta: fields }] });
  delta({ role: "assistant" });
  for (const part of pieces(turn.reasoning)) delta({ reasoning_content: part });
  for (const part of pieces(turn.text)) delta({ content: part });
  if (turn.cut) {
    response.write("data: {");
    setTimeout(() => response.destroy(), 20);
    return;
  }
  for (const [index, { name, arguments: args, id = `call_${index}` }] of (turn.calls ?? []).entries()) {
    delta({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
    for (const part of pieces(args)) delta({ tool_calls: [{ index, function: { arguments: part } }] });
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: turn.calls ? "tool_calls" : "stop" }] });
  if (!turn.noUsage) send({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } });
  response.end("data: [DONE]\n\n");
}

/** Streams come in small parts. */
function pieces(text = ""): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? [];
}

/** A loopback endpoint of plain chat completions that answers with what it is given; for tests of judges. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface SeenJudgeRequest {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string };
}

export interface JudgeServer {
  url: string;
  requests: SeenJudgeRequest[];
  close(): Promise<void>;
}

/** @param turns text of the n-th reply, or its HTTP status; the last one is repeated. A function sees the request. */
export async function judgeServer(
  turns: readonly (string | number)[] | ((request: SeenJudgeRequest) => string),
): Promise<JudgeServer> {
  const requests: SeenJudgeRequest[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const seen = JSON.parse(body) as SeenJudgeRequest;
      requests.push(seen);
      const turn = typeof turns === "function" ? turns(seen) : turns[Math.min(requests.length, turns.length) - 1]!;
      response.writeHead(typeof turn === "number" ? turn : 200, { "content-type": "application/json" });
      const message = { role: "assistant", content: turn };
      response.end(
        JSON.stringify(
          typeof turn === "number"
            ? { error: { message: `secret words of the prompt: ${seen.messages[0]!.content}` } }
            : {
                id: "j",
                object: "chat.completion",
                choices: [{ index: 0, message, finish_reason: "stop" }],
                usage: { prompt_tokens: 1000, completion_tokens: 100 },
              },
        ),
      );
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

/** A loopback server that answers as OpenAI-compatible `/embeddings` do: texts that share words are near each other. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "../../kit/testing/listen.ts";

interface EmbeddingCall {
  model: string;
  input: string[];
  authorization: string | undefined;
}

export interface EmbeddingServer {
  /** Of the service, `…/v1`. */
  url: string;
  calls: EmbeddingCall[];
  /** Answers instead of the usual; false where it leaves the call to that. */
  instead: (call: EmbeddingCall, response: ServerResponse, n: number) => boolean;
  close(): Promise<void>;
}

const DIMENSION = 64;

export async function embeddingServer(): Promise<EmbeddingServer> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { model, input } = JSON.parse(await bodyOf(request)) as { model: string; input: string[] };
    const call = { model, input, authorization: request.headers.authorization };
    service.calls.push(call);
    if (service.instead(call, response, service.calls.length)) return;
    // Backwards: the order is told by `index`.
    const data = input.map((text, index) => ({ index, embedding: wordVector(text) })).toReversed();
    response.setHeader("content-type", "application/json").end(JSON.stringify({ object: "list", model, data }));
  };
  const server = createServer((request, response) => void answer(request, response));
  const url = await listen(server);
  const service: EmbeddingServer = {
    url: `${url}/v1`,
    calls: [],
    instead: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return service;
}

/** Words that mean the same, so that meaning is more than words. */
const SAME: Record<string, string> = { therapy: "treatment", remedy: "treatment", physicians: "doctors" };

/** A sum of one direction for each word: not of length 1. */
export function wordVector(text: string): number[] {
  const vector = Array.from({ length: DIMENSION }, () => 0);
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    let hash = 7;
    for (const letter of SAME[word] ?? word) hash = (hash * 31 + letter.codePointAt(0)!) % 100_003;
    vector[hash % DIMENSION]! += 1;
  }
  return vector;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

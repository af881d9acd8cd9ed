/** A web site on loopback for tests: paths to answers, and what was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "./listen.ts";

export interface Page {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Site {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** `host:port`, as MEDRESEARCHER_ALLOW_HOSTS wants it. */
  host: string;
  requests: string[];
  close(): Promise<void>;
}

type Answer = Page | ((request: IncomingMessage) => Page | Promise<Page>);

/** Paths that are not in `pages` are 404. */
export async function openSite(pages: Record<string, Answer>): Promise<Site> {
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.url!);
    const found = pages[request.url!.split("?")[0]!] ?? { status: 404, body: "not here" };
    const { status = 200, headers = {}, body = "" } = typeof found === "function" ? await found(request) : found;
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };
  // Who asked may be gone before the answer is there.
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const url = await listen(server);
  return {
    url,
    host: new URL(url).host,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

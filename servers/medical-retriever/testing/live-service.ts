/** A live service on loopback for tests: what it says is decided by the test, what it was asked is kept. */
import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { httpClient } from "../../kit/http/index.ts";
import type { NamedEntity, SourceCall, SourceQuestion } from "../sources/source.ts";

export interface Asked {
  /** Without the query: `/label.json`. */
  path: string;
  parameters: Record<string, string>;
  /** As it came: `/label.json?search=…`. */
  raw: string;
  /** When, in milliseconds. */
  at: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** A text as it is, anything else as JSON. */
  body: unknown;
  /** Milliseconds before the answer. */
  after?: number;
}

export interface LiveService {
  url: string;
  asked: Asked[];
  /** Decides the answer; replaced at will. */
  answer: (asked: Asked, n: number) => Reply;
  /** A call of a source, with a deadline in milliseconds. */
  call(deadlineMs?: number, signal?: AbortSignal): SourceCall;
  close(): Promise<void>;
}

/** @param variable the environment variable that leads to the service: `OPENFDA_URL` */
export async function liveService(variable: string): Promise<LiveService> {
  const folder = mkdtempSync(join(tmpdir(), "live-"));
  const http = httpClient({ cacheFile: join(folder, "http.db") });
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://loopback");
    const parameters = Object.fromEntries(address.searchParams);
    const asked = { path: address.pathname, parameters, raw: request.url ?? "", at: Date.now() };
    service.asked.push(asked);
    const { status = 200, headers = {}, body, after = 0 } = service.answer(asked, service.asked.length);
    setTimeout(() => {
      response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
    }, after);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const service: LiveService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: () => ({ status: 500, body: "nothing was prepared" }),
    call: (deadlineMs = 8000, signal = new AbortController().signal) => ({ http, signal, deadlineMs }),
    async close() {
      vi.unstubAllEnvs();
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
  vi.stubEnv(variable, service.url);
  vi.stubEnv("MEDRESEARCHER_HOME", folder);
  return service;
}

/** A question that names these entities, by the words before the colon of each: `{ "Zelpa": { name: "zelpamab", category: "Drug" } }`. */
export function questionOf(
  query: string,
  entities: Record<string, Partial<NamedEntity> & { category: string }> = {},
  more: Partial<SourceQuestion> = {},
): SourceQuestion {
  const named = Object.entries(entities).map(([text, entity]) => ({
    id: `TEST:${text}`,
    name: text,
    synonyms: [],
    ...entity,
    text,
  }));
  return { query, entities: () => named, rarity: () => 0, limit: 20, ...more };
}

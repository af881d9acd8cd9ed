/** A live service on loopback for tests: what it says is decided by the test, what it was asked is kept. */
import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { vi } from "vitest";
import { httpClient } from "../../kit/http/index.ts";
import { listen } from "../../kit/testing/listen.ts";
import type { Service } from "../sources/json-answers.ts";
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
  /** Makes all kept answers so many days older. */
  age(days: number): void;
  close(): Promise<void>;
}

/** Where a deadline is not what is tested, no busy machine comes near it. */
const ENOUGH_MS = 30_000;

/** Between two requests of a test, which has no time for the pace of the real service. */
const QUICK_MS = 10;

/** @param of the service that it stands in for, whose pace is quicker meanwhile; `atItsPace` leaves it */
export async function liveService(of: Service, { atItsPace = false } = {}): Promise<LiveService> {
  const { spacingMs } = of.limit;
  if (!atItsPace) of.limit.spacingMs = QUICK_MS;
  const folder = mkdtempSync(join(tmpdir(), "live-"));
  const http = httpClient({ cacheFile: join(folder, "http.db"), firstWaitMs: QUICK_MS });
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
  const url = await listen(server);
  const service: LiveService = {
    url,
    asked: [],
    answer: () => ({ status: 500, body: "nothing was prepared" }),
    call: (deadlineMs = ENOUGH_MS, signal = new AbortController().signal) => ({ http, signal, deadlineMs }),
    age(days) {
      const kept = new DatabaseSync(join(folder, "http.db"));
      kept.prepare("UPDATE answers SET fetched = fetched - ?").run(days * 86_400_000);
      kept.close();
    },
    async close() {
      vi.unstubAllEnvs();
      if (spacingMs !== undefined) of.limit.spacingMs = spacingMs;
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
  vi.stubEnv(of.variable, service.url);
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

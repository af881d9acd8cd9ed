/** A loopback server that stands for PubMed, Europe PMC, PMC, iCite and the id converter at once; the test decides what it says. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import { listen } from "../../kit/testing/listen.ts";
import type { NamedEntity, SourceCall, SourceQuestion } from "../sources/source.ts";

export interface LiteratureRequest {
  /** `/eutils/efetch.fcgi`, `/europepmc/search`, `/icite/pubs`, `/idconv/articles/`, `/oa/…` */
  path: string;
  method: string;
  parameters: URLSearchParams;
}

export interface Literature {
  http: HttpClient;
  /** Where answers are kept. */
  folder: string;
  requests: LiteratureRequest[];
  /** Decides the answer; replaced at will. `n` counts requests from 1. */
  answer: (request: LiteratureRequest, response: ServerResponse, n: number) => void;
  /** The requests whose path ends so. */
  asked(path: string): LiteratureRequest[];
  close(): Promise<void>;
}

/** Where a deadline is not what is tested, no busy machine comes near it. */
const ENOUGH_MS = 30_000;

/** Also points the sources to it, and gives NCBI a key, so that requests follow each other quickly. */
export async function literature(): Promise<Literature> {
  const folder = mkdtempSync(join(tmpdir(), "literature-"));
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://loopback");
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method = "GET" } = request;
      const parameters = method === "POST" ? new URLSearchParams(body) : address.searchParams;
      const asked = { path: address.pathname, method, parameters };
      stub.requests.push(asked);
      stub.answer(asked, response, stub.requests.length);
    });
  });
  const url = await listen(server);
  vi.stubEnv("PUBMED_URL", `${url}/eutils`);
  vi.stubEnv("EUROPEPMC_URL", `${url}/europepmc`);
  vi.stubEnv("ICITE_URL", `${url}/icite`);
  vi.stubEnv("IDCONV_URL", `${url}/idconv`);
  vi.stubEnv("PMC_OA_URL", `${url}/oa`);
  vi.stubEnv("NCBI_API_KEY", "SECRET");
  const stub: Literature = {
    folder,
    http: httpClient({ cacheFile: join(folder, "http.db"), firstWaitMs: 10 }),
    requests: [],
    answer: (_, response) => response.writeHead(500).end(),
    asked: (path) => stub.requests.filter((request) => request.path.endsWith(path)),
    async close() {
      vi.unstubAllEnvs();
      stub.http.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      rmSync(folder, { recursive: true });
    },
  };
  return stub;
}

export function callOf(
  { http }: Pick<Literature, "http">,
  deadlineMs = ENOUGH_MS,
  signal = new AbortController().signal,
): SourceCall {
  return { http, signal, deadlineMs };
}

export function question(
  query: string,
  entities: Partial<NamedEntity>[] = [],
  more: Partial<SourceQuestion> = {},
): SourceQuestion {
  const named = entities.map((entity) => {
    const name = entity.name ?? entity.text ?? "";
    return { id: "X:1", category: "Disease", text: name, synonyms: [], ...entity, name };
  });
  return { query, entities: () => named, rarity: () => 1, limit: 20, ...more };
}

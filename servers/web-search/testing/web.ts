/** Providers on loopback for tests, each answering in the shape that the real one has, and the environment that leads to them. */
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openSite, type Page, type Site } from "../../kit/testing/site.ts";
import { WebSearch } from "../search.ts";

const PROVIDERS = {
  searxng: { address: "SEARXNG_URL", path: "/search" },
  wikipedia: { address: "WIKIPEDIA_URL", path: "/w/api.php" },
  brave: { address: "BRAVE_URL", path: "/res/v1/web/search", key: "BRAVE_API_KEY" },
  tavily: { address: "TAVILY_URL", path: "/search", key: "TAVILY_API_KEY" },
  serper: { address: "SERPER_URL", path: "/search", key: "SERPER_API_KEY" },
} as const;
export type ProviderName = keyof typeof PROVIDERS;

const SETTINGS = ["WEB_PROVIDERS", "WEB_BUDGET", "WEB_RECORD", "WEB_REPLAY", "BLOCKED", "OFFLINE", "HOME"].map(
  (name) => `MEDRESEARCHER_${name}`,
);

export interface Asked {
  parameters: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** What was posted, where something was. */
  body: Record<string, unknown> | undefined;
}

export interface FakeProvider extends Site {
  asked: Asked[];
}

/** A search that a busy machine does not make give up: none of its deadlines is near. */
export const patientSearch = (): WebSearch => new WebSearch({ deadlineMs: 60_000, allMs: 100_000 });

export class FakeWeb {
  readonly home = mkdtempSync(join(tmpdir(), "search-"));
  readonly #sites: Site[] = [];
  readonly #before: Record<string, string | undefined> = {};

  /** Nothing is configured, and Wikipedia is where nobody listens: no test asks the real one. */
  constructor() {
    for (const name of [
      ...SETTINGS,
      ...Object.values(PROVIDERS).flatMap((p) => [p.address, "key" in p ? p.key : ""]),
    ]) {
      if (name) this.set(name, undefined);
    }
    this.set("MEDRESEARCHER_HOME", this.home);
    this.set("WIKIPEDIA_URL", "http://127.0.0.1:9");
  }

  set(name: string, value: string | undefined): void {
    if (!(name in this.#before)) this.#before[name] = process.env[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }

  /** Opens a provider, with the key that it wants. */
  async serve(name: ProviderName, answer: Page | ((asked: Asked) => Page | Promise<Page>)): Promise<FakeProvider> {
    const provider = PROVIDERS[name];
    const asked: Asked[] = [];
    const site = await openSite({
      [provider.path]: async (request) => {
        const posted = request.method === "POST" ? await text(request) : "";
        asked.push({
          parameters: new URL(request.url!, "http://x").searchParams,
          headers: request.headers,
          body: posted ? (JSON.parse(posted) as Record<string, unknown>) : undefined,
        });
        return typeof answer === "function" ? answer(asked.at(-1)!) : answer;
      },
    });
    this.#sites.push(site);
    this.set(provider.address, site.url);
    if ("key" in provider) this.set(provider.key, `${name}-secret`);
    return Object.assign(site, { asked });
  }

  async close(): Promise<void> {
    await Promise.all(this.#sites.map((site) => site.close()));
    for (const [name, value] of Object.entries(this.#before)) this.set(name, value);
    rmSync(this.home, { recursive: true });
  }
}

export const json = (body: unknown, status = 200): Page => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

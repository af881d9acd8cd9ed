/** The engine: all configured providers at once, under one deadline; what could not be asked is said, never taken for "nothing found". */
import type { z } from "zod";
import type { Outcome, WebSearchResult } from "../../schemas/index.ts";
import { asFailure, invalidArguments } from "../kit/failure.ts";
import { httpClient, type HttpClient } from "../kit/http/index.ts";
import { isOffline } from "../kit/offline.ts";
import { mergeRankings, type MergedHit } from "./merge.ts";
import { PROVIDERS, type Provider, type WebHit } from "./providers/index.ts";

const DEADLINE_MS = 5000;
/**
 * A provider that did not answer in time is left alone for so long, so that a machine behind a silent network stays
 * quick. (What refuses the connection is remembered by the client, which still serves what it has cached.)
 */
const REST_MS = 60_000;

const NOTHING_ASKED =
  "no web search provider could be asked, so nothing is known of what the web says: set SEARXNG_URL to a SearXNG instance, or check the network; search_medical_evidence works without it";

export interface SearchRequest {
  query: string;
  limit?: number;
}

export interface WebSearchOptions {
  providers?: readonly Provider[];
  /** For all providers together, which are asked at once. */
  deadlineMs?: number;
}

interface Ranking {
  provider: string;
  hits: WebHit[];
  outcome: Outcome;
  /** The operator has not set it up. */
  missing?: boolean;
}

export class WebSearch {
  readonly #providers: readonly Provider[];
  readonly #deadlineMs: number;
  readonly #resting = new Map<string, { until: number; message: string }>();
  #http: HttpClient | undefined;

  constructor({ providers = PROVIDERS, deadlineMs = DEADLINE_MS }: WebSearchOptions = {}) {
    this.#providers = providers;
    this.#deadlineMs = deadlineMs;
  }

  async search({ query, limit = 8 }: SearchRequest, signal: AbortSignal): Promise<z.input<typeof WebSearchResult>> {
    const words = query.replace(/\s+/g, " ").trim();
    if (!words) throw invalidArguments("query is empty", "give the words to search for");
    const rankings = await Promise.all(this.#providers.map((p) => this.#ask(p, words, limit, signal)));
    signal.throwIfAborted();
    const hits = mergeRankings(rankings).slice(0, limit);
    const blind = rankings.every(({ outcome }) => outcome.outcome === "unavailable");
    // A provider that was never set up matters only where nothing else answered.
    const shown = blind ? rankings : rankings.filter((r) => !r.missing);
    return {
      results: hits.map(toResult),
      documents: hits.map(toDocument),
      outcomes: shown.map(({ outcome }) => outcome),
      ...(blind ? { notes: [NOTHING_ASKED] } : {}),
    };
  }

  close(): void {
    this.#http?.close();
  }

  async #ask(provider: Provider, query: string, limit: number, signal: AbortSignal): Promise<Ranking> {
    const { name } = provider;
    const missing = provider.missing();
    const why = missing ?? this.#whyNot(provider);
    if (why) return { ...unavailable(name, why), missing: missing !== undefined };
    const http = (this.#http ??= httpClient());
    try {
      const { hits, degraded } = await provider.search({ query, limit, http, signal, deadlineMs: this.#deadlineMs });
      const outcome = degraded ? "degraded" : hits.length > 0 ? "found" : "empty";
      return { provider: name, hits, outcome: { source: name, outcome, ...(degraded ? { message: degraded } : {}) } };
    } catch (error) {
      signal.throwIfAborted();
      const { reason, message, recovery } = asFailure(error);
      if (reason === "timeout") this.#resting.set(name, { until: Date.now() + REST_MS, message });
      return unavailable(name, `${message}; ${recovery}`);
    }
  }

  /** Why this provider is not asked now; undefined where it is. */
  #whyNot(provider: Provider): string | undefined {
    if (isOffline()) return "MEDRESEARCHER_OFFLINE is set";
    const rest = this.#resting.get(provider.name);
    if (!rest || rest.until <= Date.now()) return undefined;
    return `${rest.message}; asked again in ${Math.ceil((rest.until - Date.now()) / 1000)} s`;
  }
}

function unavailable(provider: string, message: string): Ranking {
  return { provider, hits: [], outcome: { source: provider, outcome: "unavailable", message } };
}

function toResult({ title, url, snippet, providers }: MergedHit) {
  return { title, url, snippet, provider: providers.join(", "), document: `URL:${url}` };
}

function toDocument({ title, url, published, score }: MergedHit) {
  return {
    id: `URL:${url}`,
    title,
    publisher: new URL(url).hostname,
    publicationTypes: ["Web Page"],
    score: Math.round(score * 10_000) / 10_000,
    ...(published ? { published } : {}),
  };
}

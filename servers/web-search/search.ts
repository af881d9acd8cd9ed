/** The engine: what is asked is understood, asked, held against the question, and merged; what could not be asked is said, never taken for "nothing found". */
import type { z } from "zod";
import type { WebSearchResult } from "../../schemas/index.ts";
import { ToolError } from "../kit/failure.ts";
import { blockedBy } from "../kit/http/blocked.ts";
import { Asking, type Ranking } from "./asking.ts";
import { withoutBlocked } from "./filter.ts";
import { kindOfSite } from "./kinds/kind.ts";
import { mergeRankings, type MergedHit } from "./merge.ts";
import { providersInOrder, type Provider } from "./providers/index.ts";
import { understand, type Question, type SearchRequest } from "./question/question.ts";
import { record, replay, replayFolder } from "./recording.ts";

export type { SearchRequest } from "./question/question.ts";

type Result = z.input<typeof WebSearchResult>;

const NOTHING_ASKED =
  "no web search provider could be asked, so nothing is known of what the web says: set SEARXNG_URL to a SearXNG instance, or BRAVE_API_KEY, TAVILY_API_KEY or SERPER_API_KEY, or check the network; search_medical_evidence works without it";

export interface WebSearchOptions {
  providers?: readonly Provider[];
  /** For each provider. */
  deadlineMs?: number;
  /** For all providers together. */
  allMs?: number;
}

export class WebSearch {
  readonly #providers: readonly Provider[] | undefined;
  readonly #asking: Asking;

  constructor({ providers, deadlineMs = 5000, allMs = 12_000 }: WebSearchOptions = {}) {
    this.#providers = providers;
    this.#asking = new Asking({ eachMs: deadlineMs, allMs });
  }

  /** @throws ToolError where the request cannot be understood, or asks for what is blocked */
  async search(request: SearchRequest, signal: AbortSignal): Promise<Result> {
    const asked = understand(request);
    const folder = replayFolder();
    if (folder) return unblocked(replay(folder, asked));
    const { question, notes } = withoutBlockedSites(asked);
    const rankings = await this.#asking.askAll(this.#providers ?? providersInOrder(), question, signal);
    const result = resultOf(rankings, question.limit, notes);
    record(asked, result);
    return result;
  }

  close(): void {
    this.#asking.close();
  }
}

function resultOf(rankings: readonly Ranking[], limit: number, before: readonly string[]): Result {
  const merged = withoutBlocked(mergeRankings([...rankings]));
  const hits = merged.hits.slice(0, limit);
  const blind = rankings.every(({ outcome }) => outcome.outcome === "unavailable");
  // A provider that was never set up matters only where nothing else answered.
  const shown = blind ? rankings : rankings.filter((r) => !r.isMissing);
  const notes = [...before, ...rankings.flatMap((r) => r.notes), ...merged.notes, ...(blind ? [NOTHING_ASKED] : [])];
  return {
    results: hits.map(toResult),
    documents: hits.map(toDocument),
    outcomes: shown.map(({ outcome }) => outcome),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** A site that is blocked as a whole is not even asked for. @throws ToolError `refused` where nothing else was */
function withoutBlockedSites(question: Question): { question: Question; notes: string[] } {
  const { sites } = question;
  const blocked = sites.include.filter(isBlocked);
  if (blocked.length === 0) return { question, notes: [] };
  const include = sites.include.filter((site) => !isBlocked(site));
  if (include.length === 0) {
    throw new ToolError({
      reason: "refused",
      message: `${blocked.join(", ")} is on the block list, and was not asked for`,
      recovery: "search other sites, or the whole web",
      retryable: false,
    });
  }
  return {
    question: { ...question, sites: { ...sites, include } },
    notes: [`${blocked.join(", ")} is on the block list, and was not asked for`],
  };
}

function isBlocked(site: string): boolean {
  return site.includes(".") && blockedBy(new URL(`https://${site}`)) !== undefined;
}

/** What is blocked today is not shown from a recording either. */
function unblocked(result: Result): Result {
  const { hits, notes } = withoutBlocked(result.results);
  if (notes.length === 0) return result;
  const kept = new Set(hits.map(({ document }) => document));
  return {
    ...result,
    results: hits,
    documents: result.documents?.filter(({ id }) => kept.has(id)),
    notes: [...(result.notes ?? []), ...notes],
  };
}

function toResult({ title, url, snippet, providers, published }: MergedHit): Result["results"][number] {
  const provider = providers.join(", ");
  return {
    title,
    url,
    snippet,
    provider,
    document: `URL:${url}`,
    ...(published ? { published } : {}),
    ...kindOfSite(url),
  };
}

function toDocument({ title, url, published, score, identifiers }: MergedHit) {
  return {
    id: `URL:${url}`,
    title,
    publisher: new URL(url).hostname,
    publicationTypes: ["Web Page"],
    score: Math.round(score * 10_000) / 10_000,
    ...(published ? { published } : {}),
    ...(Object.keys(identifiers).length > 0 ? { identifiers: { ...identifiers } } : {}),
  };
}

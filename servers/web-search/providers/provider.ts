/** What a web search provider is. A new one is a file beside this that exports a `Provider`, and a line in index.ts. */
import type { HttpClient } from "../../kit/http/index.ts";

export interface WebHit {
  title: string;
  url: string;
  /** Text or HTML; cleaned by the caller. */
  snippet: string;
  /** ISO 8601 date, where the provider knows it. */
  published?: string;
}

interface ProviderAnswer {
  /** Best first. */
  hits: WebHit[];
  /** Why the answer is partial or old, where it is. */
  degraded?: string;
}

export interface ProviderRequest {
  query: string;
  limit: number;
  http: HttpClient;
  signal: AbortSignal;
  deadlineMs: number;
}

export interface Provider {
  readonly name: string;
  /** What the operator must set before this provider can be asked; undefined when it is ready. */
  missing(): string | undefined;
  /** @throws ToolError (unavailable, rate_limited, timeout …) where it could not be asked: an empty list means that it has nothing */
  search(request: ProviderRequest): Promise<ProviderAnswer>;
}

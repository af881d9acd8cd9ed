/** What a web search provider is. A new one is a file beside this that exports a `Provider`, and a line in index.ts. */
import type { HttpClient } from "../../kit/http/index.ts";
import type { Question } from "../question/question.ts";

export interface WebHit {
  title: string;
  url: string;
  /** Text or HTML; cleaned by the caller. */
  snippet: string;
  /** ISO 8601 date, possibly only year or month, where the provider knows it. */
  published?: string;
}

export interface ProviderAnswer {
  /** Best first. */
  hits: WebHit[];
  /** Why the answer is partial or old, where it is. */
  degraded?: string;
  /** Whether the provider itself kept to the span that was asked for: then pages without a date are of it, too. */
  keepsSpan?: boolean;
  /** What of the question it could not be told. */
  notes?: string[];
}

export interface ProviderRequest extends Question {
  http: HttpClient;
  signal: AbortSignal;
  deadlineMs: number;
  /** To be called before a request is sent; throws where its budget is spent. */
  spend: () => void;
}

export interface Provider {
  readonly name: string;
  /** Paid ones are asked one at a time, and only where the free ones do not search the whole web. */
  readonly isPaid: boolean;
  /** Whether it searches the whole web, rather than one site. */
  readonly isWide: boolean;
  /** What the operator must set before this provider can be asked; undefined when it is ready. */
  missing(): string | undefined;
  /** Why it has no answer to such questions; undefined where it may have. */
  inapplicable?(question: Question): string | undefined;
  /** @throws ToolError (unavailable, rate_limited, timeout, bad_key, quota_spent …) where it could not be asked: an empty list means that it has nothing */
  search(request: ProviderRequest): Promise<ProviderAnswer>;
}

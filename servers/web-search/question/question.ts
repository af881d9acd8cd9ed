/** A search request, understood once, so that every provider is asked for the same. */
import { invalidArguments } from "../../kit/failure.ts";
import { readFreshness, type Span } from "./freshness.ts";
import { readLanguage, type Locale } from "./language.ts";
import { readSites, type Sites } from "./sites.ts";

export interface SearchRequest {
  query: string;
  limit?: number;
  /** `day`, `week`, `month`, `year`, or `2024-01-01..2024-06-30`. */
  freshness?: string;
  /** `de`, or `de-CH` for pages of a country. */
  language?: string;
  /** Hosts to search, or, with a minus, to leave out; `site:` in the query is read in the same way. */
  sites?: readonly string[];
}

export interface Question {
  /** Without `site:`. */
  words: string;
  limit: number;
  span?: Span;
  locale: Locale;
  sites: Sites;
}

const USUAL_LIMIT = 8;

/** @throws ToolError */
export function understand(request: SearchRequest): Question {
  const { limit = USUAL_LIMIT, freshness, language } = request;
  const { words, include, exclude } = readSites(request.query.replace(/\s+/g, " "), request.sites);
  if (!words && include.length === 0) throw invalidArguments("query is empty", "give the words to search for");
  return {
    words,
    limit,
    ...(freshness ? { span: readFreshness(freshness) } : {}),
    locale: language ? readLanguage(language) : {},
    sites: { include, exclude },
  };
}

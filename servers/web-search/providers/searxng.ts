/** A SearXNG instance of the operator's: one address in front of many search engines. */
import { z } from "zod";
import { HttpError } from "../../kit/http/index.ts";
import { ToolError } from "../../kit/failure.ts";
import { cleanLine } from "../../kit/unseen.ts";
import { isoDate } from "../question/dates.ts";
import type { Span } from "../question/freshness.ts";
import { withOperators } from "../question/sites.ts";
import { endpoint } from "./address.ts";
import { getJson } from "./json.ts";
import type { Provider } from "./provider.ts";
import { rowsOf } from "./rows.ts";

/** Characters about engines that did not answer. */
const MAX_WHY = 500;

const Answer = z.object({
  results: rowsOf(
    z.object({
      title: z.string().nullish(),
      url: z.string(),
      content: z.string().nullish(),
      publishedDate: z.string().nullish(),
    }),
  ),
  /** Pairs of engine and why it did not answer. */
  unresponsive_engines: z.array(z.array(z.unknown())).default([]),
});

export const searxng: Provider = {
  name: "searxng",
  isPaid: false,
  isWide: true,
  missing: () => (process.env["SEARXNG_URL"] ? undefined : "SEARXNG_URL is not set"),
  async search(request) {
    const { words, sites, span, locale } = request;
    const url = endpoint("SEARXNG_URL", "", "search");
    const range = span && timeRange(span);
    url.search = new URLSearchParams({
      q: withOperators(words, sites),
      format: "json",
      ...(range ? { time_range: range } : {}),
      ...(locale.language ? { language: [locale.language, locale.country].filter(Boolean).join("-") } : {}),
    }).toString();
    const { body, asked, degraded } = await getJson({ url }, Answer, request).catch((error: unknown) => {
      throw error instanceof HttpError && error.status === 403 ? jsonDisabled(url.host) : error;
    });
    const silent = cleanLine(
      body.unresponsive_engines.map(([engine, why]) => `${String(engine)}: ${String(why)}`).join(", "),
      MAX_WHY,
    );
    if (body.results.length === 0 && silent) throw enginesFailed(silent);
    const hits = body.results.map(({ title, url, content, publishedDate }) => ({
      title: title ?? "",
      url,
      snippet: content ?? "",
      published: isoDate(publishedDate, { asked }),
    }));
    const why = degraded ?? (silent ? `some engines did not answer (${silent})` : undefined);
    return { hits, keepsSpan: range !== undefined && range === span?.name, ...(why ? { degraded: why } : {}) };
  },
};

/** It knows a day, a month and a year (and leaves out engines that do not); what is between is filtered by date afterwards. */
function timeRange({ name }: Span): string | undefined {
  return name === "week" ? "month" : name;
}

function jsonDisabled(host: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: `${host} does not allow JSON answers (status 403)`,
    recovery: "add json to search.formats in the settings.yml of SearXNG",
    retryable: false,
  });
}

function enginesFailed(silent: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: `none of SearXNG's engines answered (${silent})`,
    recovery: "call again later, or enable other engines",
    retryable: true,
  });
}

/** Tavily: search for programs; spans and sites are fields of its own, languages are not. A search costs one credit. */
import { z } from "zod";
import { isoDate } from "../question/dates.ts";
import { endpoint } from "./address.ts";
import { getJson } from "./json.ts";
import { keyOf, missingKey, refusalOf, type Keyed } from "./keyed.ts";
import type { Provider } from "./provider.ts";
import { rowsOf } from "./rows.ts";
import type { Locale } from "../question/language.ts";
import type { Question } from "../question/question.ts";
import { cutAtWord } from "./words.ts";

const TAVILY: Keyed = {
  name: "tavily",
  key: "TAVILY_API_KEY",
  address: "TAVILY_URL",
  usualAddress: "https://api.tavily.com",
  // 432: the plan's limit, 433: that of pay-as-you-go.
  spentStatuses: [432, 433],
};
/** All that one request may bring: they cost no more, and one kept answer serves every limit. */
const RESULTS = 20;
const MAX_QUERY = { characters: 400 };
const MOST_INCLUDED = 300;
const MOST_EXCLUDED = 150;

const Answer = z.object({
  results: rowsOf(
    z.object({
      title: z.string().nullish(),
      url: z.string(),
      content: z.string().nullish(),
      published_date: z.string().nullish(),
    }),
  ),
});

export const tavily: Provider = {
  name: TAVILY.name,
  isPaid: true,
  isWide: true,
  missing: () => missingKey(TAVILY),
  async search(request) {
    const url = endpoint(TAVILY.address, TAVILY.usualAddress, "search");
    const headers = { authorization: `Bearer ${keyOf(TAVILY)}` };
    const body = parameters(request);
    const answer = await getJson({ url, headers, body, retries: 0 }, Answer, request).catch((error: unknown) => {
      throw refusalOf(TAVILY, error);
    });
    const { asked, degraded } = answer;
    const hits = answer.body.results.map(({ title, url, content, published_date }) => ({
      title: title ?? "",
      url,
      snippet: content ?? "",
      published: isoDate(published_date, { asked }),
    }));
    const { language } = request.locale;
    const notes = language ? [`tavily has no filter of language; its results may be in others than ${language}`] : [];
    return { hits, keepsSpan: true, notes, ...(degraded ? { degraded } : {}) };
  },
};

function parameters({ words, span, sites, locale }: Question): Record<string, unknown> {
  const include = hostsOf(sites.include).slice(0, MOST_INCLUDED);
  const exclude = hostsOf(sites.exclude.filter((site) => !site.includes("/"))).slice(0, MOST_EXCLUDED);
  const country = countryName(locale);
  return {
    query: cutAtWord(words || include.join(" "), MAX_QUERY),
    max_results: RESULTS,
    search_depth: "basic",
    ...(span?.name ? { time_range: span.name } : {}),
    ...(span && !span.name && span.from ? { start_date: span.from } : {}),
    ...(span && !span.name && span.to ? { end_date: span.to } : {}),
    ...(include.length > 0 ? { include_domains: include } : {}),
    ...(exclude.length > 0 ? { exclude_domains: exclude } : {}),
    ...(country ? { country } : {}),
  };
}

/** It filters by host; paths are filtered afterwards. */
function hostsOf(sites: readonly string[]): string[] {
  return [...new Set(sites.map((site) => site.split("/")[0]!))].filter((host) => host.includes("."));
}

const NAMES = new Intl.DisplayNames(["en"], { type: "region" });
/** Where its list of countries has another name. */
const OWN_NAMES: Record<string, string> = { CZ: "czech republic", TR: "turkey" };

function countryName({ country }: Locale): string | undefined {
  return country && (OWN_NAMES[country] ?? NAMES.of(country)?.toLowerCase());
}

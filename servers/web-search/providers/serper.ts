/** Serper: Google's results. Spans, languages and countries are Google's parameters; sites go by operators. */
import { z } from "zod";
import { isoDate } from "../question/dates.ts";
import type { Span } from "../question/freshness.ts";
import { withOperators } from "../question/sites.ts";
import { endpoint } from "./address.ts";
import { getJson } from "./json.ts";
import { keyOf, missingKey, refusalOf, type Keyed } from "./keyed.ts";
import type { Provider } from "./provider.ts";
import { rowsOf } from "./rows.ts";
import { cutAtWord } from "./words.ts";

const SERPER: Keyed = {
  name: "serper",
  key: "SERPER_API_KEY",
  address: "SERPER_URL",
  usualAddress: "https://google.serper.dev",
};
/** More than ten results cost two credits. */
const ONE_CREDIT = 10;
const MOST_RESULTS = 20;
/** Google reads the first 32 words. */
const MAX_QUERY = { characters: 2000, words: 32 };

const Answer = z.object({
  organic: rowsOf(
    z.object({
      title: z.string().nullish(),
      link: z.string(),
      snippet: z.string().nullish(),
      date: z.string().nullish(),
    }),
  ),
});

export const serper: Provider = {
  name: SERPER.name,
  isPaid: true,
  isWide: true,
  missing: () => missingKey(SERPER),
  async search(request) {
    const { words, sites, limit, span } = request;
    const { language, country } = request.locale;
    const url = endpoint(SERPER.address, SERPER.usualAddress, "search");
    const body = {
      q: cutAtWord(withOperators(words, sites), MAX_QUERY),
      num: limit <= ONE_CREDIT ? ONE_CREDIT : MOST_RESULTS,
      ...(language ? { hl: language } : {}),
      ...(country ? { gl: country.toLowerCase() } : {}),
      ...(span ? { tbs: spanOf(span) } : {}),
    };
    const answer = await getJson(
      { url, headers: { "x-api-key": keyOf(SERPER) }, body, retries: 0 },
      Answer,
      request,
    ).catch((error: unknown) => {
      throw refusalOf(SERPER, error);
    });
    const { asked, degraded } = answer;
    const hits = answer.body.organic.map(({ title, link, snippet, date }) => ({
      title: title ?? "",
      url: link,
      snippet: snippet ?? "",
      published: isoDate(date, { asked, ...(language ? { language } : {}) }),
    }));
    return { hits, keepsSpan: true, ...(degraded ? { degraded } : {}) };
  },
};

/** `qdr:w` the last week, `cdr:1,cd_min:1/31/2024,cd_max:…` from day to day. */
function spanOf({ name, from, to }: Span): string {
  if (name) return `qdr:${name[0]}`;
  const ends = [from && `cd_min:${american(from)}`, to && `cd_max:${american(to)}`].filter(Boolean);
  return ["cdr:1", ...ends].join(",");
}

function american(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${month}/${date}/${year}`;
}

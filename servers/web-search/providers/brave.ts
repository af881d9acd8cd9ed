/** Brave Search: an index of its own, with dates, spans, languages and countries; sites by operators. */
import { z } from "zod";
import { isoDate } from "../question/dates.ts";
import type { Locale } from "../question/language.ts";
import type { Span } from "../question/freshness.ts";
import { withOperators } from "../question/sites.ts";
import { isoDay } from "../question/freshness.ts";
import { endpoint } from "./address.ts";
import { getJson } from "./json.ts";
import { keyOf, missingKey, refusalOf, type Keyed } from "./keyed.ts";
import type { Provider } from "./provider.ts";
import { rowsOf } from "./rows.ts";
import { cutAtWord } from "./words.ts";

const BRAVE: Keyed = {
  name: "brave",
  key: "BRAVE_API_KEY",
  address: "BRAVE_URL",
  usualAddress: "https://api.search.brave.com",
};
/** All that one request may bring: they cost no more, and one kept answer serves every limit. */
const RESULTS = 20;
const MAX_QUERY = { characters: 400, words: 50 };

/** Of the languages and countries that it knows (others are a 422), those whose codes are not the usual ones, and the list. */
const LANGUAGES = new Set(
  "ar bn bg ca hr cs da nl en et fi fr gl de gu he hi hu is it jp kn ko lv lt ms ml mr nb pl pa ro ru sr sk sl es sv ta te th tr uk vi".split(
    " ",
  ),
);
const OWN_CODES: Record<string, string> = { ja: "jp", no: "nb", zh: "zh-hans", pt: "pt-pt" };
const OF_COUNTRY: Record<string, string> = {
  "pt-BR": "pt-br",
  "en-GB": "en-gb",
  "zh-TW": "zh-hant",
  "zh-HK": "zh-hant",
};
const COUNTRIES = new Set(
  "AR AU AT BE BR CA CL DK FI FR DE HK IN ID IT JP KR MY MX NL NZ NO CN PL PT PH RU SA ZA ES SE CH TW TR GB US".split(
    " ",
  ),
);

const Answer = z.object({
  web: z
    .object({
      results: rowsOf(
        z.object({
          title: z.string().nullish(),
          url: z.string(),
          description: z.string().nullish(),
          extra_snippets: z.array(z.string()).nullish(),
          page_age: z.string().nullish(),
          age: z.string().nullish(),
        }),
      ).default([]),
    })
    .nullish(),
  // Without it an error with status 200 would be an empty answer.
  type: z.literal("search"),
});

export const brave: Provider = {
  name: BRAVE.name,
  isPaid: true,
  isWide: true,
  missing: () => missingKey(BRAVE),
  async search(request) {
    const { words, sites, span, locale } = request;
    const { parameters, notes } = localised(locale);
    const url = endpoint(BRAVE.address, BRAVE.usualAddress, "res/v1/web/search");
    url.search = new URLSearchParams({
      q: cutAtWord(withOperators(words, sites), MAX_QUERY),
      count: String(RESULTS),
      result_filter: "web",
      text_decorations: "false",
      ...(span ? { freshness: freshness(span) } : {}),
      ...parameters,
    }).toString();
    const headers = { "x-subscription-token": keyOf(BRAVE) };
    const { body, asked, degraded } = await getJson({ url, headers, retries: 0 }, Answer, request).catch(
      (error: unknown) => {
        throw refusalOf(BRAVE, error);
      },
    );
    const hits = (body.web?.results ?? []).map(({ title, url, description, extra_snippets, page_age, age }) => ({
      title: title ?? "",
      url,
      snippet: [description, ...(extra_snippets ?? [])].filter(Boolean).join(" … "),
      published: isoDate(page_age, { asked }) ?? isoDate(age, { asked }),
    }));
    return { hits, keepsSpan: true, notes, ...(degraded ? { degraded } : {}) };
  },
};

function freshness({ name, from, to }: Span): string {
  return name ? `p${name[0]}` : `${from ?? "1990-01-01"}to${to ?? isoDay(Date.now())}`;
}

function localised({ language, country }: Locale): { parameters: Record<string, string>; notes: string[] } {
  const notes: string[] = [];
  const parameters: Record<string, string> = {};
  const code = language && (OF_COUNTRY[`${language}-${country}`] ?? OWN_CODES[language] ?? language);
  if (code && (LANGUAGES.has(code) || code.includes("-"))) parameters["search_lang"] = code;
  else if (code) notes.push(`brave does not know the language ${code}; its results may be in others`);
  if (country && COUNTRIES.has(country)) parameters["country"] = country;
  else if (country) notes.push(`brave does not know the country ${country}`);
  // Without a country it searches from the United States.
  else if (language && language !== "en") parameters["country"] = "ALL";
  return { parameters, notes };
}

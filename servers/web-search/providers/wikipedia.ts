/** Wikipedia by the MediaWiki API, in the language that is asked for: needs no key. One request gives the ranking, the matching snippets and the introductions. */
import { z } from "zod";
import { ToolError } from "../../kit/failure.ts";
import { liesIn } from "../question/sites.ts";
import type { Question } from "../question/question.ts";
import { endpoint } from "./address.ts";
import { getJson } from "./json.ts";
import type { Provider } from "./provider.ts";
import { cutAtWord } from "./words.ts";

/** The search refuses longer queries. */
const MAX_QUERY = { characters: 300 };

const Answer = z.object({
  error: z.object({ code: z.string(), info: z.string() }).optional(),
  query: z
    .object({
      pages: z
        .array(
          z.object({
            title: z.string(),
            index: z.number().default(Number.MAX_SAFE_INTEGER),
            extract: z.string().default(""),
            fullurl: z.string().optional(),
          }),
        )
        .default([]),
      search: z.array(z.object({ title: z.string(), snippet: z.string().default("") })).default([]),
    })
    .optional(),
});

function onWikipedia({ locale }: Question, path: string): URL {
  return endpoint("WIKIPEDIA_URL", `https://${locale.language ?? "en"}.wikipedia.org`, path);
}

export const wikipedia: Provider = {
  name: "wikipedia",
  isPaid: false,
  isWide: false,
  missing: () => undefined,
  inapplicable: (question) => {
    const { include, exclude } = question.sites;
    const page = new URL(`https://${question.locale.language ?? "en"}.wikipedia.org/wiki/`);
    const lies = (site: string) => liesIn(page, site);
    if (exclude.some(lies) || (include.length > 0 && !include.some(lies))) return "not among the sites asked for";
    if (question.span) return "its pages have no date of publication";
    return question.words ? undefined : "it needs words to search for";
  },
  async search(request) {
    const query = cutAtWord(request.words, MAX_QUERY);
    const limit = String(request.limit);
    const url = onWikipedia(request, "w/api.php");
    url.search = new URLSearchParams({
      action: "query",
      format: "json",
      formatversion: "2",
      generator: "search",
      gsrsearch: query,
      gsrlimit: limit,
      list: "search",
      srsearch: query,
      srlimit: limit,
      srprop: "snippet",
      prop: "extracts|info",
      inprop: "url",
      exintro: "1",
      explaintext: "1",
      exchars: "400",
      exlimit: "max",
    }).toString();
    const { body, degraded } = await getJson({ url }, Answer, request);
    // Errors come with status 200.
    if (body.error) throw failed(body.error);
    const snippets = new Map(body.query?.search.map(({ title, snippet }) => [title, snippet]));
    const pages = (body.query?.pages ?? []).toSorted((a, b) => a.index - b.index);
    const hits = pages.map(({ title, extract, fullurl }) => ({
      title,
      url: fullurl ?? onWikipedia(request, `wiki/${encodeURIComponent(title.replaceAll(" ", "_"))}`).href,
      snippet: [extract, snippets.get(title)].filter(Boolean).join(" … "),
    }));
    return { hits, ...(degraded ? { degraded } : {}) };
  },
};

function failed({ code, info }: { code: string; info: string }): ToolError {
  const busy = /^(?:maxlag|ratelimited|readonly)$/.test(code);
  return new ToolError({
    reason: busy ? "rate_limited" : "unavailable",
    message: `Wikipedia answered: ${info.slice(0, 300)}`,
    recovery: busy ? "call again in a minute" : "ask in other words",
    retryable: busy,
  });
}

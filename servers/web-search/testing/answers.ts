/** Answers in the shapes that the providers' documentation and their users' bug reports show (2026). */

/** As MediaWiki 1.4x answers `generator=search` with `list=search`, formatversion 2. */
export const WIKIPEDIA = {
  batchcomplete: true,
  continue: { gsroffset: 2, continue: "gsroffset||" },
  query: {
    pages: [
      {
        pageid: 2,
        ns: 0,
        title: "Sandoz",
        index: 2,
        extract: "Sandoz is a Swiss company.",
        fullurl: "https://en.wikipedia.org/wiki/Sandoz",
      },
      {
        pageid: 1,
        ns: 0,
        title: "Novartis",
        index: 1,
        extract: "Novartis AG is a Swiss company.",
        fullurl: "https://en.wikipedia.org/wiki/Novartis",
      },
    ],
    searchinfo: { totalhits: 2 },
    search: [
      {
        ns: 0,
        title: "Novartis",
        pageid: 1,
        snippet: 'the <span class="searchmatch">merger</span> of Ciba-Geigy &amp; Sandoz',
      },
      { ns: 0, title: "Sandoz", pageid: 2, snippet: "" },
    ],
  },
};

/** As SearXNG answers `format=json`. */
export const SEARXNG = {
  query: "novartis merger",
  number_of_results: 0,
  results: [
    {
      url: "https://www.en.wikipedia.org/wiki/Novartis/",
      title: "<b>Novartis</b> – Wikipedia",
      content: "Formed in 1996",
      engine: "a",
      engines: ["a"],
      score: 1,
    },
    {
      url: "https://news.example/merger?utm_source=x#c",
      title: "The merger",
      content: "Ciba-Geigy\nand Sandoz",
      publishedDate: "1996-03-07T00:00:00",
      engine: "b",
      score: 0.5,
    },
    { url: "javascript:alert(1)", title: "Bad", content: null, engine: "b", score: 0.1 },
  ],
  answers: [],
  corrections: [],
  infoboxes: [],
  suggestions: [],
  unresponsive_engines: [],
};

/** As Brave answers `web/search` with `result_filter=web`. */
export const BRAVE = {
  type: "search",
  query: { original: "sacubitril approval", more_results_available: true, spellcheck_off: false },
  mixed: { type: "mixed", main: [{ type: "web", index: 0, all: false }], top: [], side: [] },
  web: {
    type: "search",
    results: [
      {
        title: "FDA approves <strong>Entresto</strong>",
        url: "https://www.fda.gov/drugs/entresto",
        description: "The agency approved sacubitril &amp; valsartan.",
        age: "July 7, 2015",
        page_age: "2015-07-07T09:30:00",
        language: "en",
        profile: { name: "FDA", url: "https://www.fda.gov" },
        meta_url: { scheme: "https", netloc: "fda.gov", hostname: "www.fda.gov", path: "› drugs › entresto" },
        extra_snippets: ["It is marketed by Novartis."],
      },
      { title: "No date", url: "https://heart.example/entresto", description: null, is_source_local: false },
    ],
    family_friendly: true,
  },
};

export const BRAVE_ERRORS = {
  key: {
    type: "ErrorResponse",
    error: {
      id: "00000000-0000-0000-0000-000000000000",
      status: 422,
      code: "SUBSCRIPTION_TOKEN_INVALID",
      detail: "The provided subscription token is invalid: brave-secret.",
      meta: { component: "authentication" },
    },
    time: 1773685964,
  },
  rate: (quotaUsed: number) => ({
    type: "ErrorResponse",
    error: {
      id: "00000000-0000-0000-0000-000000000000",
      status: 429,
      detail: "Request rate limit exceeded for plan",
      meta: {
        plan: "Free",
        rate_limit: 1,
        rate_current: 1,
        quota_limit: 2000,
        quota_current: quotaUsed,
        component: "rate_limiter",
      },
      code: "RATE_LIMITED",
    },
    time: 1773685964,
  }),
  argument: {
    type: "ErrorResponse",
    error: {
      id: "00000000-0000-0000-0000-000000000000",
      status: 422,
      detail: "Unable to validate request parameter(s)",
      meta: { errors: [{ type: "enum", loc: ["query", "search_lang"], msg: "Input should be 'ar', 'eu' …" }] },
      code: "VALIDATION",
    },
    time: 1773685964,
  },
};

/** As Tavily answers `POST /search`; `published_date` comes with news. */
export const TAVILY = {
  query: "sacubitril approval",
  follow_up_questions: null,
  answer: null,
  images: [],
  results: [
    {
      url: "https://www.fda.gov/drugs/entresto",
      title: "FDA approves Entresto",
      content: "The agency approved it.",
      score: 0.98,
      raw_content: null,
    },
    {
      url: "https://www.reuters.com/entresto",
      title: "Entresto approved",
      content: "Novartis won approval.",
      score: 0.9,
      published_date: "Tue, 07 Jul 2015 21:04:11 GMT",
    },
  ],
  response_time: 1.09,
  request_id: "123e4567-e89b-12d3-a456-426614174111",
};

export const tavilyError = (error: string) => ({ detail: { error } });

/** As Serper answers `POST /search`. */
export const SERPER = {
  searchParameters: { q: "sacubitril approval", type: "search", num: 10, engine: "google" },
  organic: [
    {
      title: "FDA approves Entresto",
      link: "https://www.fda.gov/drugs/entresto",
      snippet: "The agency approved it.",
      date: "Jul 7, 2015",
      position: 1,
    },
    {
      title: "Entresto news",
      link: "https://www.statnews.com/entresto",
      snippet: "New.",
      date: "3 days ago",
      position: 2,
    },
  ],
  peopleAlsoAsk: [],
  relatedSearches: [],
  credits: 1,
};

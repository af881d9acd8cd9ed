/** Servers that the environment names, and live sources: whether they are set, and with `--live` whether they answer. */
import { isOffline } from "../../kit/offline.ts";
import { httpClient, HttpError, type HttpClient } from "../../kit/http/index.ts";
import { ANSWER_MS, messageOf, note, ok, problem, since, type Finding } from "./finding.ts";
import { pingRedis } from "./redis.ts";
import { checkEmbedder, checkProviders, checkSources } from "./sources.ts";

interface Endpoint {
  name: string;
  /** The variable that names it. */
  variable: string;
  /** A harmless question: its address and headers; the answer is judged by status, and by `judge`. */
  question: (base: string) => { url: string; headers?: Record<string, string> };
  /** What is wrong with an answer; undefined where it is as it should be. */
  judge?: (text: string) => string | undefined;
  /** What a status means beside "it does not work". */
  advice?: Readonly<Record<number, string>>;
}

const ENDPOINTS: readonly Endpoint[] = [
  {
    name: "Meilisearch",
    variable: "MEILISEARCH_URL",
    question: (base) => ({ url: `${base}/version`, headers: bearer("MEILISEARCH_KEY") }),
    judge: (text) => (text.includes("pkgVersion") ? undefined : "what answers is no Meilisearch"),
    advice: { 401: "set MEILISEARCH_KEY to the server's key", 403: "set MEILISEARCH_KEY to the server's key" },
  },
  {
    name: "model",
    variable: "OPENAI_BASE_URL",
    question: (base) => ({ url: `${base}/models`, headers: bearer("OPENAI_API_KEY") }),
    judge: (text) => modelProblem(text),
    advice: { 401: "set OPENAI_API_KEY to the endpoint's key", 403: "set OPENAI_API_KEY to the endpoint's key" },
  },
];

/** @param live ask them; else only say which are set */
export async function checkEndpoints(live: boolean): Promise<Finding[]> {
  if (!live) {
    const set = [
      ...ENDPOINTS.map((e) => ({ name: e.name, variable: e.variable })),
      { name: "Redis", variable: "REDIS_URL" },
      { name: "searxng", variable: "SEARXNG_URL" },
      ...["brave", "tavily", "serper"].map((name) => ({ name, variable: `${name.toUpperCase()}_API_KEY` })),
    ]
      .filter(({ variable }) => process.env[variable])
      .map(({ name, variable }) =>
        note(name, `set by ${variable}, not asked`, "`medresearcher doctor --live` asks it"),
      );
    return isOffline() ? [...set, note("live sources", "switched off by MEDRESEARCHER_OFFLINE")] : set;
  }
  // Loaded before anybody is asked: else a slow machine takes the time for theirs.
  await Promise.all([import("../../medical-retriever/probes.ts"), import("../../web-search/probes.ts")]);
  const http = httpClient({ cacheFile: false });
  try {
    const checks = ENDPOINTS.filter((e) => process.env[e.variable]).map((e) => ask(http, e));
    if (process.env["REDIS_URL"]) checks.push(pingRedis(process.env["REDIS_URL"]));
    const rest = [checkEmbedder(), checkProviders(http), isOffline() ? [] : checkSources(http)];
    const findings = (await Promise.all([...checks, ...rest])).flat();
    return isOffline() ? [...findings, note("live sources", "switched off by MEDRESEARCHER_OFFLINE")] : findings;
  } finally {
    http.close();
  }
}

async function ask(http: HttpClient, { name, variable, question, judge, advice }: Endpoint): Promise<Finding> {
  const base = process.env[variable]!.replace(/\/+$/, "");
  const started = performance.now();
  try {
    const { url, headers } = question(base);
    const answer = await http.fetchText(url, {
      signal: AbortSignal.timeout(2 * ANSWER_MS),
      deadlineMs: ANSWER_MS,
      retries: 0,
      ...(headers ? { headers } : {}),
    });
    const wrong = judge?.(answer.text);
    return wrong
      ? problem(name, `${hostOf(base)}: ${wrong}`, `correct ${variable}`)
      : ok(name, `${hostOf(base)} answers (${since(started)})`);
  } catch (error) {
    const todo = error instanceof HttpError && error.status !== undefined ? advice?.[error.status] : undefined;
    const usualAdvice = `start the server, or correct or unset ${variable}`;
    return problem(name, messageOf(error), todo ?? usualAdvice);
  }
}

function modelProblem(text: string): string | undefined {
  const wanted = process.env["MEDRESEARCHER_MODEL"];
  let ids: unknown[];
  try {
    ids = (JSON.parse(text) as { data: { id?: unknown }[] }).data.map((model) => model.id);
  } catch {
    return "what answers lists no models";
  }
  if (!wanted || ids.includes(wanted)) return undefined;
  return `has no model ${wanted} (MEDRESEARCHER_MODEL); it has ${ids.slice(0, 5).join(", ")}`;
}

function bearer(variable: string): Record<string, string> {
  const key = process.env[variable];
  return key ? { authorization: `Bearer ${key}` } : {};
}

function hostOf(base: string): string {
  return URL.parse(base)?.host ?? base.slice(0, 60);
}

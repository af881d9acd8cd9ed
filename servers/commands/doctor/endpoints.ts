/** Servers that the environment names, and live sources: whether they are set, and with `--live` whether they answer. */
import { connect as connectPlain } from "node:net";
import { connect as connectTls } from "node:tls";
import { isOffline } from "../../kit/offline.ts";
import { httpClient, HttpError, type HttpClient } from "../../kit/http/index.ts";
import { failed, note, ok, problem, type Finding } from "./finding.ts";

const ANSWER_MS = 8000;

interface Endpoint {
  name: string;
  /** The variable that names it. */
  variable: string;
  /** Asked where the variable is not set; such a source is a note when it cannot be reached. */
  usual?: string;
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
    name: "SearXNG",
    variable: "SEARXNG_URL",
    question: (base) => ({ url: `${base}/search?q=medicine&format=json` }),
    judge: (text) => (text.includes('"results"') ? undefined : "what answers is no SearXNG with JSON"),
    advice: { 403: "add json to search.formats in the settings.yml of SearXNG" },
  },
  {
    name: "model",
    variable: "OPENAI_BASE_URL",
    question: (base) => ({ url: `${base}/models`, headers: bearer("OPENAI_API_KEY") }),
    judge: (text) => modelProblem(text),
    advice: { 401: "set OPENAI_API_KEY to the endpoint's key", 403: "set OPENAI_API_KEY to the endpoint's key" },
  },
  {
    name: "PubMed",
    variable: "PUBMED_URL",
    usual: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    question: (base) => ({ url: `${base}/einfo.fcgi?db=pubmed&retmode=json` }),
  },
  {
    name: "Wikipedia",
    variable: "WIKIPEDIA_URL",
    usual: "https://en.wikipedia.org",
    question: (base) => ({ url: `${base}/w/api.php?action=query&meta=siteinfo&format=json` }),
  },
];

/** @param live ask them; else only say which are set */
export async function checkEndpoints(live: boolean): Promise<Finding[]> {
  if (!live) {
    const set = [
      ...ENDPOINTS.map((e) => ({ name: e.name, variable: e.variable })),
      { name: "Redis", variable: "REDIS_URL" },
    ]
      .filter(({ variable }) => process.env[variable])
      .map(({ name, variable }) =>
        note(name, `set by ${variable}, not asked`, "`medresearcher doctor --live` asks it"),
      );
    return isOffline() ? [...set, note("live sources", "switched off by MEDRESEARCHER_OFFLINE")] : set;
  }
  const http = httpClient({ cacheFile: false });
  try {
    const checks = ENDPOINTS.filter((e) => process.env[e.variable] || (e.usual && !isOffline())).map((e) =>
      ask(http, e),
    );
    if (process.env["REDIS_URL"]) checks.push(pingRedis(process.env["REDIS_URL"]));
    const findings = await Promise.all(checks);
    return isOffline() ? [...findings, note("live sources", "switched off by MEDRESEARCHER_OFFLINE")] : findings;
  } finally {
    http.close();
  }
}

async function ask(http: HttpClient, { name, variable, usual, question, judge, advice }: Endpoint): Promise<Finding> {
  const set = process.env[variable];
  const base = (set || usual!).replace(/\/+$/, "");
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
      : ok(name, `${hostOf(base)} answers`);
  } catch (error) {
    if (!set) {
      return note(
        name,
        `cannot be asked (${messageOf(error)})`,
        "without a network set MEDRESEARCHER_OFFLINE=1: stored knowledge is used",
      );
    }
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

/** A `PING` as the protocol has it; the password of the address is sent before it. */
async function pingRedis(address: string): Promise<Finding> {
  let url: URL;
  try {
    url = new URL(address);
    if (!/^rediss?:$/.test(url.protocol)) throw new Error("scheme");
  } catch {
    return problem("Redis", "REDIS_URL is no address of a Redis server", "set it to redis://[:PASSWORD@]HOST:6379");
  }
  const where = `${url.hostname}:${url.port || 6379}`;
  try {
    const reply = await redisReply(url);
    if (reply.startsWith("+PONG")) return ok("Redis", `${where} answers`);
    if (/^-(?:NOAUTH|WRONGPASS)/.test(reply)) {
      return problem(
        "Redis",
        `${where} refuses the password`,
        "put the password into REDIS_URL: redis://:PASSWORD@HOST:6379",
      );
    }
    return problem("Redis", `${where} is no Redis: it said ${JSON.stringify(reply.slice(0, 60))}`, "correct REDIS_URL");
  } catch (error) {
    return failed("Redis", new Error(`${where} could not be reached (${messageOf(error)})`));
  }
}

function redisReply(url: URL): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const target = { host: url.hostname, port: Number(url.port || 6379) };
  const socket =
    url.protocol === "rediss:" ? connectTls({ ...target, servername: url.hostname }) : connectPlain(target);
  const password = decodeURIComponent(url.password);
  const user = decodeURIComponent(url.username);
  const login = password ? command("AUTH", ...(user ? [user] : []), password) : "";
  let said = "";
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error("no answer")));
  socket.once("error", reject);
  socket.once("end", () => resolve(said));
  socket.on("data", (part) => {
    said += part.toString();
    // The answer to AUTH comes first; a refusal ends the matter.
    const lines = said.split("\r\n").slice(0, -1);
    const last = lines[password && lines[0]?.startsWith("+OK") ? 1 : 0];
    if (last === undefined) return;
    resolve(last);
    socket.end();
  });
  socket.write(login + command("PING"));
  return promise;
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}

function bearer(variable: string): Record<string, string> {
  const key = process.env[variable];
  return key ? { authorization: `Bearer ${key}` } : {};
}

function hostOf(base: string): string {
  return URL.parse(base)?.host ?? base.slice(0, 60);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

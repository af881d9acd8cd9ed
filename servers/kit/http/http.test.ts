import { getEventListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ToolError } from "../failure.ts";
import { listen, nobodysAddress } from "../testing/listen.ts";
import { useSteadyClock } from "../testing/steady-clock.ts";
import { httpClient, type HttpClient, type RequestOptions } from "./index.ts";
import { limiterOf } from "./limiter.ts";
import { retryAfterMs } from "./retry.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, n: number) => void;

useSteadyClock();

let server: Server;
let handler: Handler;
let base: string;
let folder: string;
let client: HttpClient;
/** When each request arrived, in milliseconds. */
let arrivals: number[];

beforeEach(async () => {
  arrivals = [];
  handler = (_, response, n) => response.end(`answer ${n}`);
  server = createServer((request, response) => {
    arrivals.push(performance.now());
    handler(request, response, arrivals.length);
  });
  base = await listen(server);
  folder = mkdtempSync(join(tmpdir(), "http-"));
  client = httpClient({ cacheFile: join(folder, "http.db"), firstWaitMs: 100 });
});

afterEach(() => {
  client.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const signal = () => new AbortController().signal;
const get = (path = "/", options: Partial<RequestOptions> = {}) =>
  client.fetchText(base + path, { signal: signal(), ...options });
const cache = { ttlSeconds: 60 };

const slowly: Handler = (_, response, n) => void setTimeout(() => response.end(`answer ${n}`), 60);
const refuseHtml: RequestOptions["verify"] = ({ text }) => {
  if (!text.startsWith("<html")) return;
  throw new ToolError({ reason: "unavailable", message: "throttled", recovery: "wait", retryable: true });
};

/** So long that whoever is told to wait for it is not served in a test. */
const AN_HOUR_MS = 3_600_000;

/** This process is busy with other things, and cannot see what arrives. */
function standStill(): void {
  queueMicrotask(() => vi.advanceTimersByTime(5000));
}

/** When the requests left the queue, in milliseconds. */
function departures() {
  const at: number[] = [];
  return { at, beforeSent: () => void at.push(performance.now()) };
}

describe("limits", () => {
  test("services on one host keep their own pace", async () => {
    const [one, two] = ["one", "two"].map((service) => ({ limit: { spacingMs: AN_HOUR_MS, service } }));
    await Promise.all([get("/a", one), get("/b", two)]);
    await expect(get("/c", { ...two, deadlineMs: 300 })).rejects.toMatchObject({ reason: "timeout" });
    expect(arrivals).toHaveLength(2);
  });

  test("starts to one host are spaced, whichever client asks", async () => {
    const other = httpClient({ cacheFile: false });
    const { at, beforeSent } = departures();
    const options = { limit: { spacingMs: 300, concurrency: 4 }, beforeSent };
    await Promise.all([
      get("/a", options),
      get("/b", options),
      other.fetchText(`${base}/c`, { signal: signal(), ...options }),
    ]);
    other.close();
    expect(arrivals).toHaveLength(3);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(300);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(300);
  });

  test("they are spaced as they leave, though this process was busy when it asked", async () => {
    const limit = { spacingMs: 300 };
    const { at, beforeSent } = departures();
    // Before the first one's connection is there, time goes by.
    const busy = () => {
      beforeSent();
      queueMicrotask(() => vi.advanceTimersByTime(400));
    };
    await Promise.all([get("/a", { limit, beforeSent: busy }), get("/b", { limit, beforeSent })]);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(400 + 300);
  });

  test("no more than the allowed number are in flight", async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    handler = (_, response) => void (most = Math.max(most, held.push(response)));
    const all = Promise.all(["/1", "/2", "/3", "/4"].map((path) => get(path, { limit: { concurrency: 2 } })));
    for (const arrived of [2, 4]) {
      await expect.poll(() => arrivals.length).toBe(arrived);
      for (const response of held.splice(0)) response.end("ok");
    }
    await all;
    expect(most).toBe(2);
  });

  test("429 with Retry-After holds back everyone, then succeeds", async () => {
    handler = (_, response, n) => {
      if (n === 1) response.writeHead(429, { "retry-after": "1" }).end("slow down");
      else response.end("ok");
    };
    const first = get("/a");
    await expect.poll(() => limiterOf(new URL(base).host).pausedUntil).toBeGreaterThan(0);
    const answers = await Promise.all([first, get("/b")]);
    expect(answers.map((a) => a.text)).toEqual(["ok", "ok"]);
    for (const at of arrivals.slice(1)) expect(at - arrivals[0]!).toBeGreaterThanOrEqual(1000);
  });

  test("a wait that the deadline does not allow fails at once and says how long to wait", async () => {
    handler = (_, response) => response.writeHead(429, { "retry-after": "120" }).end();
    const started = performance.now();
    await expect(get("/", { deadlineMs: 60_000 })).rejects.toMatchObject({
      reason: "rate_limited",
      retryable: true,
      recovery: expect.stringContaining("120 s") as string,
    });
    await expect(get("/other", { deadlineMs: 60_000 })).rejects.toMatchObject({ reason: "rate_limited" });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(arrivals).toHaveLength(1);
  });

  test("what waits in the queue beyond its deadline because of it says so", async () => {
    handler = (_, response, n) => response.writeHead(n === 1 ? 429 : 200, { "retry-after": "600" }).end();
    const limit = { concurrency: 1 };
    const [first, queued] = await Promise.allSettled([
      get("/a", { limit, retries: 0 }),
      get("/b", { limit, deadlineMs: 1500 }),
    ]);
    expect(first).toMatchObject({ reason: { reason: "rate_limited" } });
    expect(queued).toMatchObject({ reason: { reason: "rate_limited" } });
    expect(arrivals).toHaveLength(1);
  });

  test("Retry-After is read as seconds or as a date", () => {
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfterMs("3", now)).toBe(3000);
    expect(retryAfterMs(new Date(now + 5000).toUTCString(), now)).toBe(5000);
    expect(retryAfterMs("soon", now)).toBeUndefined();
    expect(retryAfterMs(null, now)).toBeUndefined();
  });
});

test("what is queued for a host that turns out to be away is not tried in vain", async () => {
  const options = { signal: signal(), limit: { spacingMs: 100, concurrency: 1 }, failFastSeconds: 60 };
  const asked = ["/a", "/b", "/c", "/d", "/e"].map((path) => client.fetchText(nobodysAddress() + path, options));
  const told = (await Promise.allSettled(asked)).map((end) => String((end as PromiseRejectedResult).reason));
  expect(told[0]).toMatch(/could not be reached/);
  for (const message of told.slice(1)) expect(message).toMatch(/was not asked again/);
});

const refuse = (response: ServerResponse, status = 429, headers = {}) => response.writeHead(status, headers).end();

describe("a source that says later", () => {
  test("is asked again oftener than one that fails, as long as there is time", async () => {
    handler = (_, response, n) => (n <= 3 ? refuse(response) : response.end("at last"));
    expect((await get("/", { deadlineMs: 15_000 })).text).toBe("at last");
    expect(arrivals).toHaveLength(4);
  });

  test("with 503 too, where it says when; it is not asked before", async () => {
    handler = (_, response, n) => (n <= 3 ? refuse(response, 503, { "retry-after": "0.5" }) : response.end("at last"));
    expect((await get()).text).toBe("at last");
    const waits = arrivals.slice(1).map((at, i) => at - arrivals[i]!);
    expect(Math.min(...waits)).toBeGreaterThan(400);
  });

  test("for ever: is not waited for beyond the deadline, nor hammered, and it is told what is the matter", async () => {
    handler = (_, response) => refuse(response);
    await expect(get("/", { deadlineMs: 2000 })).rejects.toMatchObject({
      reason: "rate_limited",
      status: 429,
      message: expect.stringContaining("is limiting requests") as string,
    });
    // Waits are scattered: at their shortest 50, 100, 200 and 400 ms, then halves of what is left, 625, 312 and 156.
    expect(arrivals.length).toBeGreaterThan(2);
    expect(arrivals.length).toBeLessThanOrEqual(8);
  });

  test("is asked no oftener than the caller wants", async () => {
    handler = (_, response) => refuse(response);
    for (const retries of [0, 1]) {
      arrivals = [];
      await expect(get("/", { retries })).rejects.toMatchObject({ reason: "rate_limited" });
      expect(arrivals).toHaveLength(retries + 1);
    }
    await expect(get("/", { method: "POST", body: "x" })).rejects.toMatchObject({ reason: "rate_limited" });
    expect(arrivals).toHaveLength(3);
  });

  test("is not waited for where an older answer is at hand", async () => {
    const old = { cache: { ttlSeconds: 0 } };
    await get("/", old);
    handler = (_, response) => refuse(response);
    expect(await get("/", old)).toMatchObject({ text: "answer 1", stale: true });
    expect(arrivals).toHaveLength(4);
  });
});

describe("retries", () => {
  test("a passing failure of a GET is retried, of a POST is not", async () => {
    handler = (_, response, n) => response.writeHead(n % 2 === 1 ? 500 : 200).end("ok");
    await expect(get("/", { method: "POST", body: "x" })).rejects.toMatchObject({ reason: "unavailable", status: 500 });
    expect(arrivals).toHaveLength(1);
    arrivals = [];
    expect((await get()).text).toBe("ok");
    expect(arrivals).toHaveLength(2);
  });

  test("a 404 is not retried; where the source means an empty answer, it is one", async () => {
    handler = (_, response) => response.writeHead(404).end("No matches found!");
    await expect(get()).rejects.toMatchObject({ reason: "bad_status", status: 404, retryable: false });
    expect(await get("/", { statuses: [404] })).toMatchObject({ status: 404, text: "No matches found!" });
    expect(arrivals).toHaveLength(2);
  });

  test("a body that hides a failure is judged by the caller, retried, and never kept", async () => {
    handler = (_, response, n) => response.end(n === 1 ? "<html>throttled</html>" : "good");
    expect((await get("/", { cache, verify: refuseHtml })).text).toBe("good");
    expect((await get("/", { cache, verify: refuseHtml })).fromCache).toBe(true);
    expect(arrivals).toHaveLength(2);
  });
});

describe("abort and deadline", () => {
  test("abort while queued leaves the queue, and the others go on", async () => {
    const limit = { spacingMs: 150 };
    const controller = new AbortController();
    const first = get("/1", { limit });
    const second = get("/2", { limit, signal: controller.signal });
    const third = get("/3", { limit });
    controller.abort(new Error("changed my mind"));
    await expect(second).rejects.toThrow("changed my mind");
    await Promise.all([first, third]);
    expect(arrivals).toHaveLength(2);
  });

  test("abort while waiting to retry", async () => {
    handler = (_, response) => response.writeHead(503, { "retry-after": "5" }).end();
    const leaving = new AbortController();
    const asked = get("/", { signal: leaving.signal });
    await expect.poll(() => limiterOf(new URL(base).host).pausedUntil).toBeGreaterThan(0);
    leaving.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    expect(arrivals).toHaveLength(1);
  });

  test("abort while the body arrives", async () => {
    handler = (_, response) => void response.writeHead(200).write("begin");
    const controller = new AbortController();
    const checkHead = () => queueMicrotask(() => controller.abort(new Error("enough")));
    await expect(get("/", { signal: controller.signal, checkHead })).rejects.toThrow("enough");
  });

  test("the deadline includes queueing", async () => {
    const limit = { spacingMs: 400 };
    const [first, second] = await Promise.allSettled([get("/1", { limit }), get("/2", { limit, deadlineMs: 100 })]);
    expect(first.status).toBe("fulfilled");
    expect(second).toMatchObject({ status: "rejected", reason: { reason: "timeout" } });
  });

  test("where there is no time to ask again, the reason is the failure and not the time", async () => {
    handler = (_, response) => response.writeHead(500).end("broken");
    const limit = { spacingMs: 3000 };
    await expect(get("/", { limit, deadlineMs: 900 })).rejects.toMatchObject({ reason: "unavailable", status: 500 });
    expect(arrivals).toHaveLength(1);
  });

  test("a shared signal keeps no listeners", async () => {
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, (_, i) => get(`/${i}`, { signal })));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("one flight", () => {
  test("equal requests share it, and one may leave", async () => {
    handler = slowly;
    const controller = new AbortController();
    const leaving = get("/", { signal: controller.signal });
    const staying = [get(), get()];
    controller.abort(new Error("left"));
    await expect(leaving).rejects.toThrow("left");
    expect((await Promise.all(staying)).map((a) => a.text)).toEqual(["answer 1", "answer 1"]);
    expect(arrivals).toHaveLength(1);
  });

  test("it is given up when all have left", async () => {
    let closed = false;
    const controller = new AbortController();
    handler = (_, response) => {
      response.on("close", () => (closed = true));
      controller.abort(new Error("left"));
    };
    await expect(get("/", { signal: controller.signal })).rejects.toThrow("left");
    await expect.poll(() => closed).toBe(true);
  });

  test("other headers are another request", async () => {
    handler = slowly;
    await Promise.all([get("/", { headers: { accept: "a" } }), get("/", { headers: { accept: "b" } })]);
    expect(arrivals).toHaveLength(2);
  });
});

describe("cache", () => {
  test("a fresh answer is served from disk, also to another client; keys are no part of its identity", async () => {
    const first = await get("/q?term=marfan&api_key=SECRET", { cache });
    expect(first).toMatchObject({ text: "answer 1", fromCache: false, stale: false, url: `${base}/q?term=marfan` });
    const other = httpClient({ cacheFile: join(folder, "http.db") });
    const second = await other.fetchText(`${base}/q?term=marfan&api_key=OTHER`, { signal: signal(), cache });
    other.close();
    expect(second).toMatchObject({ text: "answer 1", fromCache: true, fetchedAt: first.fetchedAt });
    expect(arrivals).toHaveLength(1);
  });

  test("an expired answer is renewed, and served as stale where the source cannot be asked", async () => {
    await get("/", { cache: { ttlSeconds: 0 } });
    expect((await get("/", { cache: { ttlSeconds: 0 } })).text).toBe("answer 2");
    handler = (request) => request.socket.destroy();
    expect(await get("/", { cache: { ttlSeconds: 0 } })).toMatchObject({ text: "answer 2", stale: true });
    await expect(get("/never-asked", { cache })).rejects.toMatchObject({ reason: "unavailable" });
  });
});

describe("unreachable hosts", () => {
  test("are told with a reason, also where a proxy wants a login and nothing is said", async () => {
    handler = (_, response) => void response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    await expect(get("/")).rejects.toMatchObject({ message: expect.stringMatching(/could not be reached \(.*proxy/) });
  });

  test("a request that waited in our own queue, or had no time to be answered, says nothing about its host", async () => {
    handler = (_, response) => void setTimeout(() => response.end("slow"), 300);
    const hurried = { limit: { spacingMs: 800 }, failFastSeconds: 60 };
    const [first, queued] = await Promise.allSettled([get("/1", hurried), get("/2", { ...hurried, deadlineMs: 500 })]);
    expect([first.status, queued.status]).toEqual(["fulfilled", "rejected"]);
    await expect(get("/3", { ...hurried, deadlineMs: 450 })).rejects.toMatchObject({ reason: "timeout" });
    expect((await get("/4", hurried)).text).toBe("slow");
  });

  test("nor does one whose deadline passed long ago when this process came to see it", async () => {
    handler = (_, response) => void response.end("there");
    await expect(get("/1", { deadlineMs: 500, beforeSent: standStill })).rejects.toMatchObject({ reason: "timeout" });
    expect((await get("/2", { failFastSeconds: 60 })).text).toBe("there");
  });

  test("are not asked again for a while by those who are in a hurry", async () => {
    handler = () => undefined;
    const hurried = { deadlineMs: 2000, failFastSeconds: 60 };
    await expect(get("/1", hurried)).rejects.toMatchObject({ reason: "timeout" });
    await expect(get("/2", hurried)).rejects.toMatchObject({ reason: "unavailable" });
    expect(arrivals).toHaveLength(1);
    handler = (_, response) => response.end("back");
    expect((await get("/3")).text).toBe("back");
    expect((await get("/4", { failFastSeconds: 60 })).text).toBe("back");
  });
});

test("what is blocked in a run is not read, nor what redirects to it; the rest is", async () => {
  handler = ({ url }, response) =>
    response.writeHead(url === "/away" ? 302 : 200, { location: "/set%73/answers" }).end();
  process.env["MEDRESEARCHER_BLOCKED"] = `example.org/x,${new URL(base).host}/Sets/`;
  try {
    for (const path of ["/sets/answers", "/SETS/%61nswers", "/away"])
      await expect(get(path)).rejects.toMatchObject({ reason: "refused", retryable: false });
    await expect(get("/other")).resolves.toMatchObject({ status: 200 });
  } finally {
    delete process.env["MEDRESEARCHER_BLOCKED"];
  }
  expect(arrivals).toHaveLength(2);
});

describe("size and redirects", () => {
  test("a body beyond the limit is an error, announced or not", async () => {
    handler = (request, response) => {
      if (request.url === "/announced") response.setHeader("content-length", 2000);
      response.end("x".repeat(2000));
    };
    await expect(get("/announced", { maxBytes: 1000 })).rejects.toMatchObject({ reason: "too_large" });
    await expect(get("/streamed", { maxBytes: 1000 })).rejects.toMatchObject({ reason: "too_large" });
    expect((await get("/fits", { maxBytes: 2000 })).text).toHaveLength(2000);
  });

  test("every hop is judged; a refused one is not asked", async () => {
    handler = (request, response) => {
      if (request.url === "/start") response.writeHead(302, { location: "/next" }).end();
      else if (request.url === "/next") response.writeHead(301, { location: "/secret" }).end();
      else response.end("end");
    };
    const seen: string[] = [];
    const check = (url: URL) => {
      seen.push(url.pathname);
      if (url.pathname === "/secret") throw new Error("not there");
    };
    await expect(get("/start", { redirect: "check", check })).rejects.toThrow("not there");
    expect(seen).toEqual(["/start", "/next", "/secret"]);
    expect(arrivals).toHaveLength(2);
    expect(await get("/start")).toMatchObject({ text: "end", url: `${base}/secret` });
    expect((await get("/start", { redirect: "manual" })).headers["location"]).toBe("/next");
    await expect(get("/start", { redirect: "check" })).rejects.toMatchObject({ reason: "refused" });
  });

  test("circles end", async () => {
    handler = (_, response) => response.writeHead(302, { location: "/again" }).end();
    await expect(get("/again")).rejects.toMatchObject({ reason: "refused" });
  });

  test("text is decoded by its charset, bytes come as they are", async () => {
    handler = (_, response) =>
      response.writeHead(200, { "content-type": "text/html; charset=iso-8859-1" }).end(Buffer.from([0x53, 0x6a, 0xf6]));
    expect((await get()).text).toBe("Sjö");
    const { bytes } = await client.fetchBytes(base, { signal: signal() });
    expect([...bytes]).toEqual([0x53, 0x6a, 0xf6]);
  });
});

describe("an answer that is late", () => {
  test("is not waited for, but kept for the next who asks", async () => {
    const asked = Promise.withResolvers<void>();
    handler = (_, response, n) => void asked.promise.then(() => response.end(`answer ${n}`));
    await expect(get("/", { cache, deadlineMs: 300 })).rejects.toMatchObject({ reason: "timeout" });
    // Whoever asks while it is under way joins it.
    const next = get("/", { cache });
    asked.resolve();
    expect(await next).toMatchObject({ text: "answer 1", fromCache: false });
    expect(await get("/", { cache })).toMatchObject({ text: "answer 1", fromCache: true });
    expect(arrivals).toHaveLength(1);
  });

  test("is given up where it may not be kept, and when the client is closed", async () => {
    let broken = 0;
    handler = (request) => void request.socket.once("close", () => (broken += 1));
    await expect(get("/uncached", { deadlineMs: 300 })).rejects.toMatchObject({ reason: "timeout" });
    await expect.poll(() => broken).toBe(1);
    await expect(get("/", { cache, deadlineMs: 300 })).rejects.toMatchObject({ reason: "timeout" });
    client.close();
    await expect.poll(() => broken).toBe(2);
    handler = (_, response, n) => response.end(`answer ${n}`);
    client = httpClient({ cacheFile: join(folder, "http.db") });
    expect(await get("/", { cache })).toMatchObject({ text: "answer 3", fromCache: false });
  });
});

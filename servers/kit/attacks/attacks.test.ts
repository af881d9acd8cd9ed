/** Every attack by address over the real client and real sockets: refused with a reason, in bounded time and memory. */
import { createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "undici";
import { guarded, publicWebOnly } from "../addresses.ts";
import { listen } from "../testing/listen.ts";
import { openSite, type Page, type Site } from "../testing/site.ts";
import { useSteadyClock } from "../testing/steady-clock.ts";
import { answers } from "./answers.ts";
import { refusalOf } from "./attack.ts";
import { redirects } from "./redirects.ts";
import { resolved, resolverOf } from "./resolved.ts";
import { written } from "./written.ts";

useSteadyClock();

const onward = (to: string): Page => ({ status: 302, headers: { location: to }, body: "moved" });

/** What must never be asked. */
let inside: Site;

beforeAll(async () => {
  inside = await openSite({ "/": { body: "a secret of the inside" } });
});
afterEach(() => {
  delete process.env["MEDRESEARCHER_ALLOW_HOSTS"];
  if (inside.requests.length > 0) throw new Error(`the inside was asked for ${inside.requests.join(" ")}`);
});
afterAll(() => inside.close());

it("there are at least eighty", () => {
  expect(written.length + resolved.length + redirects.length + answers.length).toBeGreaterThanOrEqual(80);
});

describe("an address as it is written", () => {
  it.each(written.map(({ address, refused }) => [address.slice(0, 80), address, refused] as const))(
    "%j",
    async (_, address, refused) => {
      expect(await refusalOf(address)).toMatch(refused);
    },
  );
});

describe("a name by what it leads to", () => {
  it.each(resolved)("$what", async (attack) => {
    const { resolve, asked } = resolverOf(attack);
    const guard = await publicWebOnly(guarded(resolve));
    try {
      expect(await refusalOf(`http://${attack.name}/`, { guard })).toMatch(/private network/);
      expect(asked()).toBe(attack.answers.length);
    } finally {
      await guard.dispatcher.destroy();
    }
  });

  it("would be reached without the guard, and is not with it, whatever was checked before", async () => {
    const attack = { what: "", name: "rebind.example.org", answers: [["127.0.0.1"]] };
    const address = `http://${attack.name}:${new URL(inside.url).port}/`;
    const { resolve } = resolverOf(attack);
    const open = new Agent({ connect: { lookup: (name, options, done) => resolve(name, options, done) } });
    expect(await (await fetch(address, { dispatcher: open })).text()).toContain("secret");
    expect(inside.requests.splice(0)).toEqual(["/"]);
    const { dispatcher } = await publicWebOnly(guarded(resolve));
    await expect(fetch(address, { dispatcher })).rejects.toMatchObject({ cause: { reason: "refused" } });
    await Promise.all([open.destroy(), dispatcher.destroy()]);
  });
});

it("what says to be packed many times over ends no process, guarded or not", async () => {
  const site = await openSite({
    "/": { headers: { "content-encoding": Array(100).fill("gzip").join(", ") }, body: "x" },
  });
  process.env["MEDRESEARCHER_ALLOW_HOSTS"] = site.host;
  const unguarded = { check: async () => {}, checkHead: () => {}, dispatcher: undefined };
  expect(await refusalOf(site.url)).toMatch(/could not be reached/);
  expect(await refusalOf(site.url, { guard: unguarded })).toMatch(/could not be reached/);
  await site.close();
});

describe("a redirect", () => {
  it.each(redirects)("$what", async ({ status = 302, location, refused }) => {
    const site = await openSite({
      "/start": { status, headers: { location: location(inside.host) as string } },
      "/circle": onward("/start"),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`/next/${n}`, onward(`/next/${n + 1}`)])),
    });
    process.env["MEDRESEARCHER_ALLOW_HOSTS"] = site.host;
    expect(await refusalOf(`${site.url}/start`)).toMatch(refused);
    expect(site.requests.length).toBeLessThanOrEqual(6);
    await site.close();
  });
});

describe("a server that", () => {
  let server: Server;
  const sockets = new Set<Socket>();

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((done) => server.close(done));
  });

  it.each(answers)("$what", async ({ answer, refused }) => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {}).once("data", () => answer(socket));
    });
    const { host } = new URL(await listen(server));
    process.env["MEDRESEARCHER_ALLOW_HOSTS"] = host;
    // Who is slow is waited for; all others are refused for what they do, however busy the machine.
    const deadlineMs = refused.test("timeout: ") ? 600 : 10_000;
    const started = performance.now();
    expect(await refusalOf(`http://${host}/`, { deadlineMs, maxBytes: 1_000_000 })).toMatch(refused);
    expect(performance.now() - started).toBeLessThan(deadlineMs + 5000);
    // A refusal ends the exchange: an error that comes later would end the process.
    await new Promise((done) => setTimeout(done, 20));
    const sent = [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
    // As much as the system's own buffers hold, of what has no end.
    expect(sent).toBeLessThan(100_000_000);
  });
});

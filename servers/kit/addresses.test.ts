import { lookup } from "node:dns";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { canonicalUrl, checkedLookup, checkUrl, isPublicAddress, publicWebOnly } from "./addresses.ts";
import { ToolError } from "./failure.ts";
import { openSite } from "./testing/site.ts";

const quad = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
type Quad = [number, number, number, number];
const asInteger = ([a, b, c, d]: Quad) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

/** Every way of writing an IPv4 host that URL parsers accept. */
function spellings(q: Quad): string[] {
  const n = asInteger(q);
  return [
    q.join("."),
    `${q.join(".")}.`,
    String(n),
    `0x${n.toString(16)}`,
    `0${n.toString(8)}`,
    q.map((x) => `0x${x.toString(16)}`).join("."),
    q.map((x) => `0${x.toString(8)}`).join("."),
    `${q[0]}.${n & 0xffffff}`,
    `${q[0]}.${q[1]}.${n & 0xffff}`,
    `[::ffff:${q.join(".")}]`,
    `[0:0:0:0:0:ffff:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}]`,
    `[64:ff9b::${q.join(".")}]`,
  ];
}

const privateQuad = fc.oneof(
  quad.map(([, b, c, d]): Quad => [10, b, c, d]),
  quad.map(([, b, c, d]): Quad => [127, b, c, d]),
  quad.map(([, , c, d]): Quad => [169, 254, c, d]),
  quad.map(([, , c, d]): Quad => [192, 168, c, d]),
  quad.map(([, b, c, d]): Quad => [172, 16 + (b % 16), c, d]),
  quad.map(([, b, c, d]): Quad => [100, 64 + (b % 64), c, d]),
  quad.map(([a, b, c, d]): Quad => [224 + (a % 32), b, c, d]),
  quad.map(([, b, c, d]): Quad => [0, b, c, d]),
);
/** 8.0.0.0/8 holds no special range. */
const publicQuad = quad.map(([, b, c, d]): Quad => [8, b, c, d]);

function attempt(check: () => string): string {
  try {
    return check();
  } catch (error) {
    return error instanceof ToolError && error.recovery ? "ToolError with a recovery" : String(error);
  }
}

function resolve(host: string, all: boolean): Promise<unknown> {
  return new Promise((done, fail) =>
    checkedLookup(host, { all }, (error, address) => (error ? fail(error) : done(address))),
  );
}

describe("addresses that may be fetched", () => {
  it("refuses a private IPv4 address in every spelling", () => {
    fc.assert(
      fc.property(privateQuad, (q) => {
        for (const host of spellings(q)) expect(() => checkUrl(`http://${host}/x`, [])).toThrow(/not fetched/);
      }),
    );
  });

  it("takes a public IPv4 address in every spelling", () => {
    fc.assert(
      fc.property(publicQuad, (q) => {
        for (const host of spellings(q)) expect(checkUrl(`https://${host}/x`, []).pathname).toBe("/x");
      }),
    );
  });

  it("opens no IPv6 outside global unicast", () => {
    const head = fc.oneof(fc.integer({ min: 0x65, max: 0x1fff }), fc.integer({ min: 0x4000, max: 0xffff }));
    fc.assert(
      fc.property(head, fc.array(fc.nat(0xffff), { minLength: 7, maxLength: 7 }), (head, rest) => {
        const address = [head, ...rest].map((group) => group.toString(16)).join(":");
        expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });

  it.each([
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "2002:7f00:1::",
    "2001:db8::1",
    "x",
    "",
  ])("is closed: %s", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::808:808", "8.8.8.8"])(
    "is open: %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it("answers every string with a URL or a refusal that says what to do", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const answer = attempt(() => checkUrl(text, []).protocol);
        expect(["http:", "https:", "ToolError with a recovery"]).toContain(answer);
      }),
    );
  });

  it.each([
    ["file:///etc/passwd", /file:/],
    ["ftp://example.org/", /ftp:/],
    ["javascript:alert(1)", /javascript:/],
    ["https://user:secret@example.org/", /credentials|password/],
    ["http://example.org:22/", /port 22/],
    ["http://localhost/", /private network/],
    ["http://localhost./", /private network/],
    ["http://printer/", /private network/],
    ["http://metadata.google.internal/", /private network/],
    ["http://168.63.129.16/", /private network/],
    ["http://①②⑦.0.0.1/", /private network/],
    ["not an address", /not a web address/],
  ])("refuses %s", (address, reason) => expect(() => checkUrl(address, [])).toThrow(reason));

  it("lets the operator name hosts, with or without a port", () => {
    expect(checkUrl("http://127.0.0.1:9999/", ["127.0.0.1:9999"]).port).toBe("9999");
    expect(() => checkUrl("http://127.0.0.1:9998/", ["127.0.0.1:9999"])).toThrow(/port 9998/);
    expect(checkUrl("http://wiki.lan/", ["wiki.lan"]).hostname).toBe("wiki.lan");
    expect(checkUrl("http://[::1]/", ["[::1]:80"]).hostname).toBe("[::1]");
  });
});

describe("the lookup at connect time", () => {
  afterEach(() => delete process.env["MEDRESEARCHER_ALLOW_HOSTS"]);

  it("refuses a name that resolves to this machine", async () => {
    // `localhost` is the one name that every machine resolves without a network.
    await expect(resolve("localhost", true)).rejects.toThrow(/private network/);
    await expect(resolve("localhost", false)).rejects.toMatchObject({ reason: "refused" });
  });

  it("hands on the addresses of an allowed host, in the form that was asked for", async () => {
    process.env["MEDRESEARCHER_ALLOW_HOSTS"] = "localhost:8123";
    const [one] = await new Promise<{ address: string }[]>((done, fail) =>
      lookup("localhost", { all: true }, (error, found) => (error ? fail(error) : done(found))),
    );
    expect(await resolve("localhost", false)).toBe(one!.address);
    expect(await resolve("localhost", true)).toContainEqual(expect.objectContaining({ address: one!.address }));
  });

  it("guards the socket itself, whatever was checked before", async () => {
    const site = await openSite({ "/": { body: "inside" } });
    const { check, dispatcher } = await publicWebOnly();
    const address = new URL(`http://localhost:${new URL(site.url).port}/`);
    const ask = async () => (await fetch(address, { dispatcher })).text();
    await expect(ask()).rejects.toMatchObject({ cause: { reason: "refused" } });
    await expect(check(address)).rejects.toMatchObject({ reason: "refused" });
    expect(site.requests).toEqual([]);
    process.env["MEDRESEARCHER_ALLOW_HOSTS"] = address.host;
    await check(address);
    // The site listens on IPv4 alone, where localhost may be IPv6 first: both addresses are tried.
    expect(await ask()).toBe("inside");
    await site.close();
  });
});

describe("a page's one address", () => {
  it.each([
    ["HTTPS://Example.org:443/a/../b#c", "https://example.org/b"],
    ["https://example.org/?utm_source=x&q=1&gclid=2", "https://example.org/?q=1"],
  ])("of %s is %s", (address, canonical) => expect(canonicalUrl(address)).toBe(canonical));
});

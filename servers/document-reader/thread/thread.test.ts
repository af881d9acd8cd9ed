import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invalidArguments, ToolError } from "../../kit/failure.ts";
import { openSite, type Site } from "../../kit/testing/site.ts";
import { DocumentReader } from "../reader.ts";
import { Line, type Methods } from "./line.ts";
import { ReaderThread } from "./reader-thread.ts";

const { signal } = new AbortController();

describe("a line between two threads", () => {
  const ports: { close(): void }[] = [];
  afterAll(() => ports.forEach((port) => port.close()));

  /** @returns the end that calls */
  function lineTo(methods: Methods): Line {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    const [near] = [new Line(port1, {}), new Line(port2, methods)];
    return near;
  }

  it("carries calls at once, each with its answer", async () => {
    const line = lineTo({ double: (n: number) => new Promise((done) => setTimeout(done, 30 - n, 2 * n)) });
    const calls = [1, 10, 20].map((n) => line.call("double", n));
    expect(await Promise.all(calls)).toEqual([2, 20, 40]);
  });

  it("carries progress before the answer", async () => {
    const told: unknown[] = [];
    const line = lineTo({
      work(_: undefined, _signal, progress) {
        progress(1, 2, "half");
        progress(2, 2);
      },
    });
    await line.call("work", undefined, signal, (...args) => told.push(args));
    expect(told).toEqual([
      [1, 2, "half"],
      [2, 2],
    ]);
  });

  it("keeps of a failure what to do next, and of any other error what it said", async () => {
    const line = lineTo({
      refuse: () => Promise.reject(invalidArguments("no such page", "give another")),
      fall: () => Promise.reject(new TypeError("oh")),
    });
    const refused = await line.call("refuse", 0).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ToolError);
    expect(refused).toMatchObject({ reason: "invalid_arguments", recovery: "give another", retryable: false });
    await expect(line.call("fall", 0)).rejects.toThrow("oh");
    await expect(line.call("unknown", 0)).rejects.toThrow("not a function");
  });

  it("lets the caller give up, and the other end know", async () => {
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    const line = lineTo({
      wait: (_: undefined, given: AbortSignal) =>
        new Promise(() => given.addEventListener("abort", () => resolve(), { once: true })),
    });
    const caller = new AbortController();
    const call = line.call("wait", undefined, caller.signal);
    caller.abort(new Error("no more"));
    await expect(call).rejects.toThrow("no more");
    await heard;
  });

  it("tells whoever waits when the other end is gone", async () => {
    const line = lineTo({ wait: () => new Promise(() => {}) });
    const call = line.call("wait", undefined);
    line.fail({ reason: "unavailable", message: "it ended", recovery: "call again", retryable: true });
    await expect(call).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  });

  it("moves large bytes", async () => {
    const bytes = new Uint8Array(100_000).fill(7);
    const line = lineTo({ fetch: () => ({ bytes }) });
    const { bytes: got } = await line.call<{ bytes: Uint8Array }>("fetch", undefined);
    expect([got.length, got[99_999], bytes.length]).toEqual([100_000, 7, 0]);
  });
});

describe("the reader in a thread of its own", () => {
  let home: string;
  let site: Site;
  let aside: ReaderThread;
  let here: DocumentReader;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "reader-"));
    site = await openSite({ "/a": { body: "<title>A</title><h2>Dose</h2><p>Give 80 mg.</p>" } });
    writeFileSync(join(home, "a.md"), "# Doses\n\nGive 40 mg.\n");
    Object.assign(process.env, {
      MEDRESEARCHER_HOME: home,
      MEDRESEARCHER_ALLOW_HOSTS: site.host,
      MEDRESEARCHER_READ_DIRS: home,
    });
    [aside, here] = [new ReaderThread(), new DocumentReader()];
  });
  afterAll(async () => {
    await aside.close();
    here.close();
    await site.close();
    for (const name of ["HOME", "ALLOW_HOSTS", "READ_DIRS"]) delete process.env[`MEDRESEARCHER_${name}`];
    rmSync(home, { recursive: true });
  });

  it.each(["NOTE:entresto-label", "a.md", "/a"])("reads %s as it does here", async (name) => {
    const source = name === "/a" ? `${site.url}/a` : name === "a.md" ? join(home, name) : name;
    const request = { source, goal: "dose" };
    expect(await aside.read(request, signal)).toEqual(await here.read(request, signal));
    const search = { document: source, query: "mg" };
    expect(await aside.find(search, signal)).toEqual(await here.find(search, signal));
  });

  it("fetches pages here, with progress, and refuses as here", async () => {
    const told: string[] = [];
    await aside.read({ source: `${site.url}/a?other` }, signal, (_, __, message) => told.push(message ?? ""));
    expect(told[0]).toMatch(/^asking 127\.0\.0\.1/);
    await expect(aside.read({ source: "http://127.0.0.1:1/" }, signal)).rejects.toMatchObject({ reason: "refused" });
  });

  it("obeys settings that are changed while it runs", async () => {
    process.env["MEDRESEARCHER_READ_DIRS"] = "";
    await expect(aside.read({ source: join(home, "a.md") }, signal)).rejects.toMatchObject({ reason: "refused" });
    process.env["MEDRESEARCHER_READ_DIRS"] = home;
    await aside.read({ source: join(home, "a.md") }, signal);
  });

  it("is started anew after it was closed", async () => {
    await aside.close();
    expect((await aside.read({ source: "NOTE:entresto-label" }, signal)).document).toBe("NOTE:entresto-label");
  });
});

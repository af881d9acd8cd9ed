import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { serveHttp } from "../../servers/kit/serve-http.ts";
import { toyServer } from "../../servers/kit/testing/toy.ts";
import { cassettePool, CassetteMiss, openCassette } from "../cassette.ts";
import { NOBODY, openGate } from "../testing/gate.ts";
import { abstain, call, runScript } from "../testing/run.ts";
import { testServer } from "../testing/servers.ts";
import { openPool } from "./pool.ts";
import type { ToolPool } from "./pool.ts";
import { inProcess, readServersFile } from "./specs.ts";
import type { ServerSpec } from "./specs.ts";

const folder = () => mkdtempSync(join(tmpdir(), "medresearcher-pool-"));
const signal = new AbortController().signal;
const toCall = (server: string, tool: string, args: Record<string, unknown> = {}) => ({
  id: "1.1",
  server,
  tool,
  arguments: args,
});
const command = (...args: string[]) => ({
  command: process.execPath,
  args: [fileURLToPath(new URL("../testing/stdio-server.ts", import.meta.url)), ...args],
});
const nowhere: ServerSpec = { kind: "http", name: "gone", url: `${NOBODY}/mcp` };

let pool: ToolPool | undefined;
afterEach(() => pool?.close());

test("a server in this process, one behind a command and one at an address are called alike", async () => {
  const http = await serveHttp(toyServer(), { port: 0 });
  const stdio = command();
  pool = await openPool([
    ...inProcess([testServer("graph")]),
    { kind: "stdio", name: "child", ...stdio },
    { kind: "http", name: "web", url: http.url },
  ]);
  expect(pool.unavailable).toEqual([]);
  expect(pool.tools.find((t) => t.server === "web" && t.tool === "echo_text")).toMatchObject({ repeatable: true });
  const here = await pool.call(toCall("graph", "find", { query: "x" }), { signal });
  expect(here).toMatchObject({ isError: false, outcomes: [{ source: "notes", outcome: "found" }] });
  expect(await pool.call(toCall("child", "find", { query: "x" }), { signal })).toEqual(here);
  expect(await pool.call(toCall("web", "echo_text", { text: "hi" }), { signal })).toMatchObject({
    isError: false,
    result: { echoed: ["hi"] },
  });
  await pool.close();
  await http.close();
});

test("an HTTP server that goes away is said to be gone, and is used again when it is back", async () => {
  const gate = await openGate();
  const first = await serveHttp(toyServer(), { port: 0 });
  gate.leadTo(first.port);
  pool = await openPool([{ kind: "http", name: "web", url: `http://127.0.0.1:${gate.port}/mcp` }]);
  const echo = () => pool!.call(toCall("web", "echo_text", { text: "hi" }), { signal });
  expect(await echo()).toMatchObject({ isError: false });
  gate.leadTo();
  await first.close();
  expect(await echo()).toMatchObject({ isError: true, result: { reason: "server_unreachable" } });
  const second = await serveHttp(toyServer(), { port: 0 });
  gate.leadTo(second.port);
  expect(await echo()).toMatchObject({ isError: false });
  await second.close();
  await gate.close();
});

test("a server that cannot be reached is named, and the run goes on with the rest", async () => {
  pool = await openPool([
    nowhere,
    { kind: "stdio", name: "none", command: process.execPath, args: ["-e", "throw new Error('no key')"] },
    ...inProcess([testServer()]),
  ]);
  expect(pool.unavailable).toEqual([
    { server: "gone", message: expect.any(String) },
    { server: "none", message: expect.stringContaining("no key") },
  ]);
  const outcome = await runScript([call("find"), abstain()], { pool });
  expect(outcome).toMatchObject({ termination: "abstained", message: expect.stringContaining("gone") });
});

test("with no server at all the run ends as an infrastructure error", async () => {
  pool = await openPool([nowhere]);
  const outcome = await runScript([abstain("Nothing is known about it.")], { pool });
  expect(outcome.termination).toBe("infrastructure_error");
  expect(outcome.answer).not.toContain("Nothing is known");
});

test("a lost server is connected again for a call that only reads", async () => {
  const [starts, uses] = [join(folder(), "starts"), join(folder(), "uses")];
  pool = await openPool([{ kind: "stdio", name: "child", ...command(starts) }]);
  const before = readFileSync(starts, "utf8").split("\n").length;
  expect(await pool.call(toCall("child", "die_once", { file: uses }), { signal })).toMatchObject({ isError: false });
  expect(readFileSync(starts, "utf8").split("\n").length).toBeGreaterThan(before);
});

test("a lost call that may have had effects is not repeated", async () => {
  const uses = join(folder(), "uses");
  pool = await openPool([{ kind: "stdio", name: "child", ...command() }]);
  const result = await pool.call(toCall("child", "die", { file: uses }), { signal });
  expect(result).toMatchObject({ isError: true, result: { reason: "server_unreachable" } });
  expect(readFileSync(uses, "utf8")).toBe("x");
  // The server is started again for the next call.
  expect(await pool.call(toCall("child", "find", { query: "x" }), { signal })).toMatchObject({ isError: false });
});

test("when every server is gone in the middle of a run, that is how it ends", async () => {
  pool = await openPool([{ kind: "stdio", name: "child", ...command() }]);
  const uses = join(folder(), "uses");
  const outcome = await runScript([call("die", { file: uses }, "child"), abstain("Nothing is known.")], { pool });
  expect(outcome).toMatchObject({ termination: "infrastructure_error", message: expect.stringContaining("child") });
  expect(outcome.answer).not.toContain("Nothing is known");
});

test("a cancelled call is reported as cancelled, not as a time-out", async () => {
  pool = await openPool(inProcess([testServer("graph", { endingCalls: 0 })]));
  const result = await pool.call(toCall("graph", "slow", { ms: 1 }), { signal: AbortSignal.timeout(30) });
  expect(result).toMatchObject({ isError: true, result: { reason: "cancelled" } });
});

function write(value: unknown): string {
  const file = join(folder(), "servers.json");
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
}

test("a servers file in the mcpServers form, or what is wrong with it", () => {
  const file = write({ mcpServers: { a: { command: "x", args: ["y"] }, b: { url: "http://localhost:1/mcp" } } });
  expect(readServersFile(file)).toEqual([
    { kind: "stdio", name: "a", command: "x", args: ["y"] },
    { kind: "http", name: "b", url: "http://localhost:1/mcp" },
  ]);
  expect(() => readServersFile(write("{"))).toThrow("JSON");
  expect(() => readServersFile(write({}))).toThrow("names no server");
  expect(() => readServersFile(write({ mcpServers: { a: {} } }))).toThrow("mcpServers.a");
  expect(() => readServersFile(write({ mcpServers: { "a b": { command: "x" } } }))).toThrow('"a b"');
});

test("a cassette answers recorded calls, and a miss is heard, not recorded as a tool's failure", async () => {
  const file = join(folder(), "cassette.jsonl");
  const live = await openPool(inProcess([testServer()]));
  const script = [call("find"), call("fail"), abstain()];
  const recorded = await runScript(script, { pool: cassettePool(live, openCassette(file, "record")) });
  const dead = { ...live, call: () => Promise.reject(new Error("nobody is called")) };
  const played = await runScript(script, { pool: cassettePool(dead, openCassette(file, "replay")) });
  expect(played.state.steps.map((s) => s.returned.map((r) => r.result))).toEqual(
    recorded.state.steps.map((s) => s.returned.map((r) => r.result)),
  );
  const other = runScript([call("find", { query: "other" }), abstain()], {
    pool: cassettePool(dead, openCassette(file, "replay")),
  });
  await expect(other).rejects.toThrow(CassetteMiss);
});

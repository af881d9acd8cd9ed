import { spawn } from "node:child_process";
import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { SessionEvent } from "../schemas/index.ts";
import { llm } from "./policies/llm/index.ts";
import { scripted } from "./policies/scripted.ts";
import type { Script } from "./policies/scripted.ts";
import { SessionLog } from "./recording/log.ts";
import { listSessions, readSession, sessionsFolder } from "./recording/sessions.ts";
import { replaySession } from "./replay.ts";
import { resumeSession } from "./session.ts";
import type { PolicyFactory } from "./session.ts";
import { modelServer } from "./testing/model-server.ts";
import { answer, call, runScript, temporaryHome } from "./testing/run.ts";
import { PASSAGE, testServer } from "./testing/servers.ts";
import { openPool } from "./tools/pool.ts";
import { inProcess } from "./tools/specs.ts";

const slow = (ms: number) => ({ server: "graph", tool: "slow", arguments: { ms } });
const script: Script = [
  call("find"),
  { kind: "act", thought: "", calls: [slow(1), slow(2), { server: "graph", tool: "fail", arguments: { query: "x" } }] },
  answer(),
];

/** What happened, without when: two runs that did the same are equal. */
function deeds(events: readonly SessionEvent[]) {
  return events
    .filter((e) => e.type !== "annotation" && !(e.type === "session.ended" && e.termination === "aborted"))
    .map((e) => {
      const {
        at: _at,
        seq: _seq,
        ms: _ms,
        usage,
        session: _session,
        ...rest
      } = e as SessionEvent & Record<string, unknown>;
      const { seconds: _seconds, ...counted } = (usage ?? {}) as Record<string, unknown>;
      return usage ? { ...rest, usage: counted } : rest;
    });
}

function run(args: string[], env: Record<string, string> = {}) {
  const file = fileURLToPath(new URL("testing/slow-run.ts", import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (output += part));
  const ended = new Promise<string>((resolve) => child.once("close", () => resolve(output)));
  return { child, ended };
}

async function resume(home: string, session: string, policy: PolicyFactory, effects: string[] = []) {
  const pool = await openPool(inProcess([testServer("graph", { effects })]));
  const warnings: string[] = [];
  const outcome = await resumeSession({ home, pool, policy, session, warn: (w) => warnings.push(w) });
  await pool.close();
  return { outcome, warnings };
}

test("a process killed in the middle of its calls is resumed and ends as the uninterrupted one did", async () => {
  const [home, other] = [temporaryHome(), temporaryHome()];
  const whole = run([other]);
  // It has the first of three results, and would wait for the others for ever.
  const { child, ended } = run([home], { TEST_ENDING_CALLS: "1" });
  const hanging = () => listSessions(home).find((s) => s.events === 9);
  while (!hanging() && child.exitCode === null) await sleep(5);
  const { id } = hanging()!;
  child.kill("SIGKILL");
  await ended;
  expect(readSession(home, id).events.at(-1)).toMatchObject({ type: "tool.returned", result: { waited: 5 } });

  const resumed = await run([home, id]).ended;
  expect(JSON.parse(resumed)).toEqual(JSON.parse(await whole.ended));
  expect(deeds(readSession(home, id).events)).toEqual(deeds(readSession(other, "latest").events));
});

test("wherever the log is cut, at a line's end or within one, the resumed session does the same and replays the same", async () => {
  const policy: PolicyFactory = () => scripted(script);
  const reference = temporaryHome();
  const { session } = await runScript(script, { home: reference });
  const { lines, events } = readSession(reference, session);
  for (let kept = 1; kept < lines.length; kept++) {
    for (const torn of ["", lines[kept]!.slice(0, 30)]) {
      const home = temporaryHome();
      const copy = await cutCopy(home, lines.slice(0, kept), torn);
      const { outcome, warnings } = await resume(home, copy, policy);
      expect(outcome.answer).toBe("FBN1 [1].");
      expect(deeds(readSession(home, copy).events)).toEqual(deeds(events));
      expect(warnings).toHaveLength(torn ? 1 : 0);
      const aside = join(sessionsFolder(home), copy, "events.jsonl.torn");
      expect(existsSync(aside) ? readFileSync(aside, "utf8") : "").toBe(torn && `${torn}\n`);
      expect(await replaySession({ home, session: copy, policy: () => policy })).toMatchObject({ same: true });
    }
  }
});

/** A session with the given lines, and something torn after them. */
async function cutCopy(home: string, lines: string[], torn: string): Promise<string> {
  const { session } = await runScript([answer()], { home, question: "a place for the copy" });
  writeFileSync(join(sessionsFolder(home), session, "events.jsonl"), `${lines.join("\n")}\n${torn}`);
  return session;
}

test("a session of a model, cut anywhere, goes on from the recorded messages and asks only for those that are missing", async () => {
  const find = { name: "graph__find", arguments: '{"query": "marfan"}' };
  const broken = { name: "graph__find", arguments: '{"query"' };
  const turns = [{ calls: [find, broken] }, { text: "" }, { calls: [find] }, { text: `FBN1 [${PASSAGE.id}].` }];
  const server = await modelServer(turns, "messages");
  const reference = temporaryHome();
  const settings = { name: "llm", model: "m", baseUrl: server.url };
  const { session, answer: whole } = await runScript([], { home: reference, settings, policy: llm });
  const { lines, events } = readSession(reference, session);
  const home = temporaryHome();
  for (let kept = 1; kept < lines.length; kept++) {
    const copy = await cutCopy(home, lines.slice(0, kept), "");
    const before = server.requests.length;
    const { outcome } = await resume(home, copy, llm);
    const had = events.slice(0, kept).filter((e) => e.type === "model.called").length;
    expect(server.requests.length - before).toBe(turns.length - had);
    expect(outcome.answer).toBe(whole);
    expect(deeds(readSession(home, copy).events)).toEqual(deeds(events));
    expect(await replaySession({ home, session: copy, policy: () => llm })).toMatchObject({ same: true });
  }
  await server.close();
});

test("a stopped run is recorded as aborted, each call with one result; resumed, it ends as the uninterrupted one", async () => {
  const home = temporaryHome();
  const policy: PolicyFactory = () => scripted(script);
  const stop = new AbortController();
  const slowFirst: Script = [{ kind: "act", thought: "", calls: [slow(1), slow(20)] }, ...script.slice(1)];
  const outcome = await runScript(slowFirst, {
    home,
    // The second call ends only by being stopped.
    pool: await openPool(inProcess([testServer("graph", { endingCalls: 1 })])),
    signal: stop.signal,
    observe: (event) => event.type === "tool.returned" && stop.abort(),
  });
  expect(outcome).toMatchObject({ termination: "aborted", abstained: true });
  expect(outcome.state.pending).toEqual([]);
  expect(outcome.state.steps[0]!.returned.map((r) => r.isError)).toEqual([false, true]);

  const again: PolicyFactory = () => scripted([slowFirst[0]!, call("find"), answer()]);
  const { outcome: ended } = await resume(home, outcome.session, again);
  expect(ended.termination).toBe("answered");
  expect(ended.state.steps[0]!.returned.map((r) => r.result)).toEqual([{ waited: 1 }, { waited: 20 }]);
  const same = await replaySession({ home, session: outcome.session, policy: () => again });
  expect(same).toMatchObject({ same: true });
  await expect(resume(home, outcome.session, policy)).rejects.toThrow("has ended");
});

test("a call that may have had effects is not repeated", async () => {
  const home = temporaryHome();
  const writing: Script = [call("write", { query: "once" }), call("find"), answer()];
  const { session } = await runScript(writing, { home });
  const { lines, events } = readSession(home, session);
  const called = events.findIndex((e) => e.type === "tool.called") + 1;
  const copy = await cutCopy(home, lines.slice(0, called), "");
  const effects: string[] = [];
  const { outcome } = await resume(home, copy, () => scripted(writing), effects);
  expect(effects).toEqual([]);
  expect(outcome.state.steps[0]!.returned[0]).toMatchObject({ isError: true, result: { reason: "interrupted" } });
  expect(outcome.termination).toBe("answered");
});

test("a policy that now decides otherwise goes its own way; the old events are kept aside", async () => {
  const home = temporaryHome();
  const { session } = await runScript(script, { home });
  const file = join(sessionsFolder(home), session, "events.jsonl");
  const { lines } = readSession(home, session);
  truncateSync(file, Buffer.byteLength(`${lines.slice(0, 6).join("\n")}\n`));
  const { outcome, warnings } = await resume(home, session, () => scripted([call("find"), call("find"), answer()]));
  expect(outcome.termination).toBe("answered");
  expect(warnings).toEqual([expect.stringContaining("decides otherwise")]);
  expect(readFileSync(`${file}.torn`, "utf8")).toContain('"slow"');
});

test("a session is resumed by one process at a time; a dead one's lock is taken over", async () => {
  const home = temporaryHome();
  const { session } = await runScript(script, { home });
  const folder = join(sessionsFolder(home), session);
  const log = new SessionLog(folder);
  expect(() => new SessionLog(folder)).toThrow("in use by process");
  log.close();
  // No process has so high a number.
  writeFileSync(join(folder, "lock"), JSON.stringify({ pid: 999_999_999, host: hostname(), token: "gone" }));
  const taken = new SessionLog(folder);
  taken.close();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("many runs at once in one folder: all are recorded, each on its own", async () => {
  const home = temporaryHome();
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => runScript(script, { home })));
  expect(new Set(outcomes.map((o) => o.session)).size).toBe(12);
  const listed = listSessions(home);
  expect(listed.map((s) => s.termination)).toEqual(outcomes.map(() => "answered"));
  expect(listed.map((s) => s.id)).toEqual(
    outcomes
      .map((o) => o.session)
      .toSorted()
      .toReversed(),
  );
});

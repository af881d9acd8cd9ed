import { expect, test } from "vitest";
import { readSession } from "./recording/sessions.ts";
import { scripted } from "./policies/scripted.ts";
import type { Script } from "./policies/scripted.ts";
import { replaySession } from "./replay.ts";
import { answer, call, runScript, temporaryHome } from "./testing/run.ts";

const script: Script = [call("find"), call("big"), call("fail"), answer()];

test("a replay makes the same events, byte for byte", async () => {
  const home = temporaryHome();
  const { session } = await runScript(script, { home });
  const replayed = await replaySession({ home, session, policy: () => () => scripted(script) });
  expect(replayed).toEqual({ session, same: true, events: readSession(home, session).events.length, warnings: [] });
});

test("a policy that decides otherwise is found at the first event that differs", async () => {
  const home = temporaryHome();
  const { session } = await runScript(script, { home });
  const other = scripted([call("find"), call("find"), answer()]);
  const { same, difference } = await replaySession({ home, session, policy: () => () => other });
  expect(same).toBe(false);
  expect(difference).toMatchObject({ seq: 4, made: expect.stringContaining("use find") });
});

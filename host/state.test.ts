import fc from "fast-check";
import { expect, test } from "vitest";
import { readSession } from "./recording/sessions.ts";
import { apply, fold } from "./state.ts";
import type { SessionEvent } from "../schemas/index.ts";
import { answer, call, runScript, temporaryHome } from "./testing/run.ts";
import { PASSAGE } from "./testing/servers.ts";

async function events() {
  const home = temporaryHome();
  const { session, state } = await runScript([call("find"), call("big"), answer()], { home });
  return { events: readSession(home, session).events, state };
}

test("the state of a finished run is the fold of its log, and nothing else", async () => {
  const { events: recorded, state } = await events();
  expect(fold(recorded)).toEqual(state);
  expect(state.passages.get(PASSAGE.id)).toEqual(PASSAGE);
  expect(state.documents.get("PMID:1")?.integrity).toBe("retracted");
});

test("apply leaves the state before it as it was, at every event", async () => {
  const { events: recorded } = await events();
  let state = fold([]);
  for (const event of recorded) {
    const before = structuredClone(state);
    const after = apply(state, event);
    expect(state).toEqual(before);
    state = after;
  }
});

const base = { v: 1 as const, seq: 0 };
const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
const thought = (step: number, ms: number): SessionEvent => ({ ...base, at: at(ms), type: "thought", step, text: "" });

test("the time between a stop and a resume does not count", () => {
  const resumed: SessionEvent = { ...base, at: at(9_000_000), type: "annotation", author: "host", label: "resumed" };
  const state = fold([thought(1, 0), thought(2, 1500), resumed, thought(3, 9_000_500)]);
  expect(state.usage.seconds).toBe(2);
});

const returned = (id: string, integrity?: string): SessionEvent[] => [
  { ...base, at: at(0), type: "tool.called", step: 1, call: { id, server: "s", tool: "t", arguments: {} } },
  {
    ...base,
    at: at(0),
    type: "tool.returned",
    step: 1,
    call: id,
    ms: 1,
    isError: false,
    outcomes: [],
    result: { documents: [{ id: "PMID:1", title: "x", ...(integrity ? { integrity } : {}) }] },
  },
];

test("a document that was once seen as retracted stays retracted", () => {
  const state = fold([...returned("1.1", "retracted"), ...returned("1.2", "ok")]);
  expect(state.documents.get("PMID:1")?.integrity).toBe("retracted");
});

test("whatever a foreign server sends as documents or passages, folding goes on", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (documents, passages) => {
      const call: SessionEvent = {
        ...base,
        at: at(0),
        type: "tool.called",
        step: 1,
        call: { id: "1.1", server: "s", tool: "t", arguments: {} },
      };
      const returned: SessionEvent = {
        ...base,
        at: at(1),
        type: "tool.returned",
        step: 1,
        call: "1.1",
        ms: 1,
        isError: false,
        outcomes: [],
        result: { documents, passages },
      };
      expect(fold([call, returned]).steps[0]!.returned).toHaveLength(1);
    }),
  );
});

/** Runs a recorded session again, against its recorded results and clock, and says whether every event comes out the same. */
import { Divergence, EndOfRecord, Journal } from "./journal.ts";
import { runLoop } from "./loop.ts";
import { readSession } from "./recording/sessions.ts";
import { definitionsOf, pastOf } from "./session.ts";
import type { PolicyFactory, PolicySettings, SessionStarted } from "./session.ts";
import { apply, fold } from "./state.ts";
import type { ToolPool } from "./tools/pool.ts";

export interface ReplayResult {
  session: string;
  same: boolean;
  /** Events that came out the same, byte for byte. */
  events: number;
  /** The first event that did not. */
  difference?: { seq: number; recorded: string; made: string };
  warnings: string[];
}

export interface ReplayOptions {
  home: string;
  session: string;
  policy: (settings: PolicySettings) => PolicyFactory | Promise<PolicyFactory>;
}

export async function replaySession({ home, session, policy }: ReplayOptions): Promise<ReplayResult> {
  const stored = readSession(home, session);
  const { id, events, warnings } = stored;
  const started = events[0] as SessionStarted;
  const make = await policy(started.policy);
  const tools = definitionsOf(stored) ?? [];
  const journal = new Journal({
    state: apply(fold([]), started),
    seq: 1,
    past: pastOf(stored).slice(1),
  });
  const done = { session: id, warnings };
  const signal = new AbortController().signal;
  try {
    while (journal.hasPast) await runLoop({ policy: make(started.policy, tools), pool: recordedPool, journal, signal });
  } catch (error) {
    if (error instanceof Divergence) {
      const { seq, recorded, made } = error;
      return { ...done, same: false, events: seq, difference: { seq, recorded, made } };
    }
    // A session that was killed is the same as far as it goes.
    if (!(error instanceof EndOfRecord)) throw error;
  }
  return { ...done, same: true, events: events.length };
}

/** Results come from the record; a call that has none there is where the record ends. */
const recordedPool: ToolPool = {
  tools: [],
  unavailable: [],
  call: () => Promise.reject(new EndOfRecord("the record ends here")),
  close: async () => undefined,
};

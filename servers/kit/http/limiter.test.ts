/** The limiter alone, on a clock of its own, so that its times are exact. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HostLimiter } from "./limiter.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] }));
afterEach(() => void vi.useRealTimers());

const patient = new AbortController().signal;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One that asks: when, how long until it is on its way, how long until it has its answer, and what that says. */
interface Caller {
  comes: number;
  connects: number;
  answers: number;
  retryAfter?: number | undefined;
  leaves?: number | undefined;
}

interface Sent {
  at: number;
  end: number;
}

/** Lets all of them ask at once, and time go by. @returns who was sent, in order, and how the others ended */
async function run(callers: readonly Caller[], pace: { spacingMs: number; concurrency: number }) {
  const limiter = new HostLimiter();
  const sent: Sent[] = [];
  const pauses: { from: number; to: number }[] = [];
  const one = async ({ comes, connects, answers, retryAfter, leaves }: Caller) => {
    await sleep(comes);
    const controller = new AbortController();
    if (leaves !== undefined) setTimeout(() => controller.abort(new Error("left")), leaves);
    const turn = await limiter.acquire(pace, leaves === undefined ? patient : controller.signal);
    if (connects > 0) await sleep(connects);
    turn.sent();
    const request = { at: performance.now(), end: Infinity };
    sent.push(request);
    await sleep(answers);
    request.end = performance.now();
    if (retryAfter !== undefined) {
      limiter.pauseUntil(Date.now() + retryAfter);
      pauses.push({ from: performance.now(), to: performance.now() + retryAfter });
    }
    turn.end(true);
  };
  const all = Promise.allSettled(callers.map(one));
  await vi.runAllTimersAsync();
  return { outcomes: await all, sent, pauses };
}

const ms = (max: number) => fc.integer({ min: 0, max });
const callers = fc.array(
  fc.record({
    comes: ms(2000),
    connects: ms(300),
    answers: ms(800),
    retryAfter: fc.option(ms(3000), { nil: undefined, freq: 4 }),
    leaves: fc.option(ms(1500), { nil: undefined, freq: 4 }),
  }),
  { minLength: 1, maxLength: 30 },
);
const paces = fc.record({ spacingMs: fc.integer({ min: 1, max: 500 }), concurrency: fc.integer({ min: 1, max: 4 }) });

test("whatever comes, connects slowly, is told to wait or leaves: no pace is broken, and everyone who stays is served", async () => {
  await fc.assert(
    fc.asyncProperty(callers, paces, async (asked, pace) => {
      const { outcomes, sent, pauses } = await run(asked, pace);
      const patient = outcomes.filter((_, i) => asked[i]!.leaves === undefined);
      expect(patient.every(({ status }) => status === "fulfilled")).toBe(true);
      for (const [i, { at }] of sent.entries()) {
        expect(at - (sent[i - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(pace.spacingMs);
        expect(sent.slice(0, i).filter(({ end }) => end > at).length).toBeLessThan(pace.concurrency);
        // One that had started when the pause was told was on its way.
        for (const { from, to } of pauses) expect(at > from + 300 && at < to).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});

test("one that never gets through holds the others back for a second, and no longer", async () => {
  const { sent } = await run(
    [
      { comes: 0, connects: 60_000, answers: 0 },
      { comes: 1, connects: 0, answers: 0 },
      { comes: 2, connects: 0, answers: 0 },
    ],
    { spacingMs: 100, concurrency: 3 },
  );
  expect(sent.map(({ at }) => Math.floor(at / 100))).toEqual([10, 11, 600]);
});

test("a turn that was not used is the next one's", async () => {
  const limiter = new HostLimiter();
  const pace = { spacingMs: 1000, concurrency: 2 };
  const unused = await limiter.acquire(pace, patient);
  const next = limiter.acquire(pace, patient);
  unused.end(false);
  await next;
  expect(performance.now()).toBeLessThan(1000);
});

test("a date in a far year holds nobody back for longer than timers go", async () => {
  const limiter = new HostLimiter();
  limiter.pauseUntil(Date.UTC(9999, 0, 1));
  const asked = limiter.acquire({ spacingMs: 0, concurrency: 1 }, patient);
  await vi.runAllTimersAsync();
  await asked;
  expect(Date.now()).toBeLessThan(Date.UTC(9998, 0, 1));
});

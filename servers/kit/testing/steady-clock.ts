/**
 * A clock for tests that goes on only as this process does. On a busy machine a process may stand still for seconds, and
 * all its deadlines are over when it wakes, though it had no chance to keep them. On this clock such a pause is one tick.
 */
import { afterAll, beforeAll, vi } from "vitest";

const TICK_MS = 5;

/** For all tests of the file: timers, `Date` and `performance` of this process; what waits for another process, or in `node:timers`, does so in real time. */
export function useSteadyClock(): void {
  beforeAll(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
      shouldAdvanceTime: true,
      advanceTimeDelta: TICK_MS,
    });
  });
  afterAll(() => {
    vi.useRealTimers();
  });
}

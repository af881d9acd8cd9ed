/** The time, as a parameter: tests and replays bring their own. */
export interface Clock {
  /** Milliseconds since 1970, for events. */
  now(): number;
  /** Milliseconds from an arbitrary start that never jumps, for durations. */
  tick(): number;
}

export const systemClock: Clock = { now: () => Date.now(), tick: () => performance.now() };

/** A duration for the log: a tenth of a millisecond is enough. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}

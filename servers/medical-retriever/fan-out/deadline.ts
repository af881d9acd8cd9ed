/** Waiting no longer than a given time; the work itself goes on. */

/** Settles as the promise does. @throws Error that says so, when the time is up */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const { passed, clear } = deadline(ms);
  try {
    return await Promise.race([work, passed]);
  } finally {
    clear();
  }
}

/** One timer for as many as wait for it. */
export function deadline(ms: number): { passed: Promise<never>; clear: () => void } {
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`did not answer within ${(ms / 1000).toFixed(1)} s`)), ms);
  // It may come when all have answered.
  passed.catch(() => undefined);
  return { passed, clear: () => clearTimeout(timer) };
}

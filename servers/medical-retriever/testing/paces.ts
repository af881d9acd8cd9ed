/** Whether requests keep the pace that is stated of a service, by when they arrived. */

/** Arrivals are told late on a busy machine, and then close together. */
const JITTER_MS = 250;

/** Any requests, over whatever time, that followed each other faster than one in `spacingMs`. @param times of arrival, in milliseconds */
export function tooSoon(times: readonly number[], spacingMs: number): string[] {
  return times.flatMap((at, i) =>
    times.slice(i + 1).flatMap((later, n) => {
      const least = (n + 1) * spacingMs - JITTER_MS;
      return later - at >= least ? [] : [`${n + 2} requests in ${Math.round(later - at)} ms`];
    }),
  );
}

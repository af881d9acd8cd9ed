/** Whether requests keep the pace that is stated of a service, by when they arrived. */

/** On the steady clock of tests an arrival is told some ticks late, and the next one may come close behind it. */
const JITTER_MS = 100;

/** Any requests, over whatever time, that followed each other faster than one in `spacingMs`. @param times of arrival, in milliseconds */
export function tooSoon(times: readonly number[], spacingMs: number): string[] {
  return times.flatMap((at, i) =>
    times.slice(i + 1).flatMap((later, n) => {
      const least = (n + 1) * spacingMs - JITTER_MS;
      return later - at >= least ? [] : [`${n + 2} requests in ${Math.round(later - at)} ms`];
    }),
  );
}

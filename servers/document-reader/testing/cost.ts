/** What work costs, for tests that it costs little: time on a processor, which other programs do not lengthen. */

/** Milliseconds on a processor that `work` takes in this process. */
export function costMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

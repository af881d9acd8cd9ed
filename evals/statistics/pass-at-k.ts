/** pass@k without bias: the chance that at least one of k attempts, drawn from the n that were made, is right. */

/** 1 − C(n−c, k) / C(n, k) for one task with @param correct c of @param attempts n; undefined where k is more than n. */
export function passAtK(attempts: number, correct: number, k: number): number | undefined {
  if (k > attempts) return undefined;
  if (attempts - correct < k) return 1;
  let allWrong = 1;
  for (let i = 0; i < k; i++) allWrong *= (attempts - correct - i) / (attempts - i);
  return 1 - allWrong;
}

/** The mean over tasks; undefined where a task has fewer than k attempts. */
export function meanPassAtK(tasks: readonly { attempts: number; correct: number }[], k: number): number | undefined {
  const values = tasks.map(({ attempts, correct }) => passAtK(attempts, correct, k));
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return values.reduce<number>((sum, value) => sum + value!, 0) / values.length;
}

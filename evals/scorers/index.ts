/** Scorers: what training and the evaluation harness use to tell a right answer from a wrong one. */
export { scoreExact } from "./exact/index.ts";
export type { Score } from "./verdict.ts";

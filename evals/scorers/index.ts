/** Scorers: what training and the evaluation harness use to tell a right answer from a wrong one. */
export { scoreByRule, type Family } from "./by-rule.ts";
export { scoreExact } from "./exact/index.ts";
export { finalAnswer } from "./final-answer.ts";
export { scoreMedBrowseComp } from "./medbrowsecomp/index.ts";
export { matchesXbench, officialVerdict, robustVerdict } from "./xbench/index.ts";
export type { Mode, Score } from "./verdict.ts";

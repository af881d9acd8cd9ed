/** Trajectories: rollouts of the host over questions with proofs. */
export { collect, type Collected, type CollectOptions, type Progress } from "./collect.ts";
export { maskedPath } from "./guidance.ts";
export { planCells, type Configuration } from "./plan.ts";
export { statisticsPage, statisticsText } from "./page.ts";
export { statisticsOf, wilson } from "./statistics.ts";

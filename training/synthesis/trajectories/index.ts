/** Trajectories: rollouts of the host over questions with proofs. */
export { behaviourOf, hasFailed } from "./behaviour.ts";
export { collect, type Collected, type CollectOptions, type Progress } from "./collect.ts";
export { maskedPath } from "./guidance.ts";
export { planCells, type Cell, type Configuration } from "./plan.ts";
export { statisticsPage, statisticsText } from "./page.ts";
export { statisticsOf, wilson, type Share, type Statistics } from "./statistics.ts";

/** The constants of the method, in one place; chosen on development cases (see bench/phenopackets.ts). */

export interface Settings {
  /** Likelihood ratio of a finding whose ancestor a the disease shows: backOff · P(a | D) / P(a | not D) … */
  backOff: number;
  /** … times (20 / (5 + number of the disease's findings)) to this power: a long list is related to anything. */
  crowding: number;
  /** Smallest likelihood ratio that a single observed finding can have. */
  floor: number;
  /** Diseases' worth of each finding added to the background, so that nothing is impossible elsewhere. */
  smoothing: number;
  /** δ: an annotated finding that nobody mentions costs log(1 − δ·f). */
  missPenalty: number;
  /** Weight of an excluded finding's log likelihood ratio, at most .3: published cases exclude the disease's own features. */
  negationWeight: number;
  /** Frequencies are clipped here before they are used against a disease. */
  negationClip: number;
  /** Likelihood ratio of an observed finding that the disease's own annotation excludes. */
  ownExclusion: number;
  /** Likelihood ratio of a sex in which the disease hardly occurs, and of an age before its onset. */
  sexMismatch: number;
  beforeOnset: number;
  /** The log likelihood ratio is multiplied by this before it becomes a posterior: findings are not independent. */
  temperature: number;
}

export const SETTINGS: Settings = {
  backOff: 0.1,
  crowding: 0.7,
  floor: 0.01,
  smoothing: 0.1,
  missPenalty: 0.15,
  negationWeight: 0.05,
  negationClip: 0.9,
  ownExclusion: 0.05,
  sexMismatch: 0.1,
  beforeOnset: 0.2,
  temperature: 0.3,
};

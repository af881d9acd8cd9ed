/**
 * The constants of the method, in one place. They were fitted together by conditional logistic regression on development
 * cases, each disease weighing as the square root of its cases, half of them ranked with other papers' counts; then
 * rounded. Which rules to have was decided on four folds of diseases that the fit had not seen; there they reach
 * .33/.47/.60 (top-1/3/10, annotations alone, clean papers) and .56/.68/.76 (with other papers' counts), about what
 * bench/reasoning.ts prints for all. The temperature alone was set on all cases; bench/calibration.ts compares it, on
 * diseases and papers left out, with rules that leave a share of the posterior to none of the candidates: they lower the
 * calibration error of no stratum of clean papers beyond chance, so that there is none. A finding is worth about its log
 * likelihood ratio, and the sum is divided by the square root of the number of findings, since those of one patient are
 * not independent.
 */

export interface Settings {
  /**
   * A finding that the disease shows (it, or something below it, is annotated): base + weight · log(f / P(finding)) …
   * The base depends on what f rests on: counted patients, a stated share or band, or the bare statement that it occurs.
   */
  shownBase: Readonly<Record<"counted" | "stated" | "bare", number>>;
  shownWeight: number;
  /** … − crowding · breadth: a disease with many annotated findings shows anything. Breadth: log((5 + findings) / 20). */
  shownCrowding: number;
  /** A finding whose ancestor the disease shows: the same with these, over that ancestor; the best ancestor counts. */
  relatedBase: number;
  relatedWeight: number;
  relatedCrowding: number;
  /** Added where the ancestor itself is annotated: the report is more specific than the annotation, not beside it. */
  moreSpecific: number;
  /** Ancestors that more than this share of all diseases show relate nothing. */
  mostGeneral: number;
  /** A finding that has nothing but general ancestors in common with the disease's. */
  unrelated: number;
  /** An observed finding that the disease's own annotation excludes. */
  contradiction: number;
  /** Diseases' worth of each finding added to the background, so that nothing is impossible elsewhere. */
  smoothing: number;
  /** δ and weight: an annotated finding that nobody mentions costs weight · log(1 − δ·f). */
  missPenalty: number;
  missWeight: number;
  /** Weight of an excluded finding relative to that of an observed one. */
  negationWeight: number;
  /** Frequencies are clipped here before they are used against a disease. */
  negationClip: number;
  /**
   * What an excluded finding is worth in published cases, instead of negationWeight. Authors name as absent what they
   * looked for, and they look for what the disease under suspicion may show: each such finding adds `lookedFor` to the
   * diseases that show it, and `shared` where the disease's earlier patients were also without it. It says something of
   * the report and nothing of the patient, so that the answers of a patient who is asked never get it.
   */
  published: { negationWeight: number; lookedFor: number; shared: number };
  /** Per unit of breadth: what is described at length is more often met. */
  breadth: number;
  /** Log prior of a disease that only this registry lists; most of them are groups of diseases that OMIM lists one by one. */
  registry: Readonly<Record<string, number>>;
  /** A sex in which the disease hardly occurs, and an age before its onset. */
  sexMismatch: number;
  beforeOnset: number;
  /** Everything is multiplied by (observed findings)^−this: the more findings, the more they depend on one another. */
  dependence: number;
  /** The score is multiplied by this before it becomes a posterior: what makes it say how often it is right. */
  temperature: number;
}

export const SETTINGS: Settings = {
  shownBase: { counted: 0.45, stated: -0.05, bare: 0.55 },
  shownWeight: 1,
  shownCrowding: 0.42,
  relatedBase: 0.05,
  relatedWeight: 0.6,
  relatedCrowding: 0.63,
  moreSpecific: 0.58,
  mostGeneral: 0.7,
  unrelated: 0,
  contradiction: -0.3,
  smoothing: 0.3,
  missPenalty: 0.15,
  missWeight: 0.55,
  negationWeight: 0.3,
  negationClip: 0.9,
  published: { negationWeight: 0.1, lookedFor: 1.3, shared: 1.1 },
  breadth: 0.85,
  registry: { ORPHA: -5, DECIPHER: -4 },
  sexMismatch: -5,
  beforeOnset: -2.5,
  dependence: 0.5,
  temperature: 1.35,
};

/** What the pictures of a diagnosis read of an `explain_diagnosis` result. */
export interface ContributionLike {
  finding: string;
  label: string;
  kind: string;
  logLikelihoodRatio: number;
  via?: string | undefined;
  frequency?: number | undefined;
  source?: string | undefined;
}
export interface DiseaseLike {
  disease: string;
  name: string;
  posterior: number;
  interval?: readonly [number, number] | undefined;
}
/** The parts of an `explain_diagnosis` result that are drawn. */
export interface ExplanationLike {
  diagnosis: DiseaseLike & { contributions: readonly ContributionLike[] };
  rank: number;
  leading?: readonly DiseaseLike[] | undefined;
}

/** What every scorer says of an answer. */
export interface Score {
  correct: boolean;
  /** Why, in a few words that quote neither the question nor the gold. */
  reason: string;
}

export const right = (reason: string): Score => ({ correct: true, reason });
export const wrong = (reason: string): Score => ({ correct: false, reason });

/** official: as the benchmark's own code decides, quirks kept · robust: the same rules without the quirks. */
export type Mode = "official" | "robust";

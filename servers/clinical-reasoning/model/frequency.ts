/**
 * How often a disease shows a finding, as a Beta posterior. Counts of patients add up over papers; percentages and
 * frequency bands do not, they are averaged and count as a few patients. The prior is what published cases show: where
 * an annotation rests on one or two patients, only about half of later patients have the finding; what a source that
 * states no frequency is worth beside those that do is fitted with the ranking (Settings.shownBase).
 */

/** Middle of each HPO frequency band, by identifier and by name. */
const BANDS: Record<string, number> = {
  "HP:0040280": 0.99,
  "HP:0040281": 0.9,
  "HP:0040282": 0.545,
  "HP:0040283": 0.17,
  "HP:0040284": 0.025,
  "HP:0040285": 0,
  obligate: 0.99,
  "very frequent": 0.9,
  frequent: 0.545,
  occasional: 0.17,
  "very rare": 0.025,
  excluded: 0,
};

/** Patients with and without the finding that every disease is credited with before any is counted. */
const PRIOR = { alpha: 2.1, beta: 3.9 };
/** As many patients as a band or a percentage counts for: it is one author's impression. */
const BAND_PATIENTS = 3;
/** P(finding | disease) where the source only says that it occurs, and how many patients that is worth. */
const UNSTATED = 0.5;
const UNSTATED_PATIENTS = 3;

/** What one source says: patients with the finding out of patients examined, or a share, or nothing. */
export interface Statement {
  n: number;
  m: number;
  share: number | undefined;
}

/** All statements about one finding of one disease, added up. `shares` are the stated shares, in no particular order. */
export interface Counts {
  n: number;
  m: number;
  shares: readonly number[];
}

/** Reads "12/30", "HP:0040281", "45%", "Frequent". Unreadable text is undefined, absent text says nothing. */
export function parseFrequency(raw: string | undefined): Statement | undefined {
  const text = raw?.trim();
  if (!text) return { n: 0, m: 0, share: undefined };
  const fraction = /^(\d+)\s*(?:\/|of)\s*(\d+)$/u.exec(text);
  if (fraction) {
    const n = Number(fraction[1]);
    const m = Number(fraction[2]);
    return m > 0 && n <= m && m < 2 ** 31 ? { n, m, share: undefined } : undefined;
  }
  const range = /^(\d+(?:\.\d+)?)\s*%?\s*[-–]\s*(\d+(?:\.\d+)?)\s*%$/u.exec(text);
  if (range) return ofShare((Number(range[1]) + Number(range[2])) / 200);
  const percent = /^(\d+(?:\.\d+)?)\s*%$/u.exec(text);
  if (percent) return ofShare(Number(percent[1]) / 100);
  const band = BANDS[text] ?? BANDS[text.toLowerCase()];
  return band === undefined ? undefined : ofShare(band);
}

function ofShare(share: number): Statement | undefined {
  return share >= 0 && share <= 1 ? { n: 0, m: 0, share } : undefined;
}

/** Parameters of the Beta posterior of P(finding | disease); its mean is the frequency that the formula uses. */
export function betaOf(counts: Counts): { alpha: number; beta: number } {
  if (counts.m > 0) return { alpha: counts.n + PRIOR.alpha, beta: counts.m - counts.n + PRIOR.beta };
  const { shares } = counts;
  if (shares.length === 0) return { alpha: UNSTATED * UNSTATED_PATIENTS, beta: (1 - UNSTATED) * UNSTATED_PATIENTS };
  // Sorted, so that the sum does not depend on the order in which sources were read.
  const total = shares.toSorted((a, b) => a - b).reduce((sum, share) => sum + share, 0);
  const mean = total / shares.length;
  return { alpha: mean * BAND_PATIENTS + PRIOR.alpha, beta: (1 - mean) * BAND_PATIENTS + PRIOR.beta };
}

/** How a frequency reads: "12 of 30", "about 90%", "frequency not stated". */
export function describeCounts(counts: Counts): string {
  if (counts.m > 0) return `${counts.n} of ${counts.m} patients`;
  if (counts.shares.length === 0) return "frequency not stated";
  const mean = counts.shares.reduce((sum, share) => sum + share, 0) / counts.shares.length;
  return `about ${Number((mean * 100).toPrecision(2))}% of patients`;
}

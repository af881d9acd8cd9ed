/** Words that the pictures of a diagnosis share. */
import { clean } from "../../kit/drawing/text.ts";
import type { ExplanationLike } from "./explanation.ts";
import { percent } from "./numbers.ts";

export const FOR_AND_AGAINST = "What each finding does to the odds: right speaks for it, left against it";
export const LIMITS =
  "From published annotations; findings count as independent, which they are not. This supports a clinician's decision and does not replace it.";

/** "OMIM:154700 · rank 1 · posterior 45% (90% interval 30%–60%)" */
export function headline({ diagnosis, rank }: ExplanationLike): string {
  const { disease, posterior, interval } = diagnosis;
  const range = interval ? ` (90% interval ${percent(interval[0])}–${percent(interval[1])})` : "";
  return `${clean(disease)} · rank ${rank} · posterior ${percent(posterior)}${range}`;
}

/** Which of several findings to name first. */
import type { Link } from "./links.ts";

/** Best supported first: by the number of statements, then by how often it is seen where that is stated. */
export function strength(links: readonly Link[]): number {
  const documents = new Set(links.flatMap((l) => l.relation.evidence.map((e) => e.document)));
  return documents.size + Math.max(0, ...links.map((l) => share(l.relation.qualifiers?.clinical?.frequency)));
}

/** Frequency as a share in [0,1]: "12/30", "45%", an HPO frequency term; unknown counts as little. */
function share(frequency: string | undefined): number {
  if (!frequency) return 0.1;
  const ratio = /^(\d+)\/(\d+)$/.exec(frequency);
  if (ratio) return Number(ratio[1]) / Math.max(1, Number(ratio[2]));
  if (frequency.endsWith("%")) return Number.parseFloat(frequency) / 100;
  return FREQUENCY_TERMS[frequency] ?? 0.1;
}

/** Obligate, very frequent, frequent, occasional, very rare, excluded: the middles of the bands of the HPO. */
const FREQUENCY_TERMS: Record<string, number> = {
  "HP:0040280": 1,
  "HP:0040281": 0.9,
  "HP:0040282": 0.545,
  "HP:0040283": 0.17,
  "HP:0040284": 0.025,
  "HP:0040285": 0,
};

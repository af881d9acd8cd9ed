/**
 * A ranking as PhEval's standardised disease result: `pheval_disease_results/STEM-pheval_disease_result.tsv` with the
 * columns rank, score, disease_name, disease_identifier, where STEM is the phenopacket's file name without ".json" and
 * equal scores share a rank (1, 1, 3). PhEval finds the truth in the phenopacket itself; nothing of it stands here.
 */

export const PHEVAL_FOLDER = "pheval_disease_results";

interface Scored {
  disease: string;
  name: string;
  posterior: number;
}

/** @param ranking best first */
export function phevalTable(ranking: readonly Scored[]): string {
  let rank = 0;
  const rows = ranking.map(({ disease, name, posterior }, i) => {
    if (i === 0 || posterior !== ranking[i - 1]!.posterior) rank = i + 1;
    return [rank, posterior, name.replaceAll(/[\t\r\n]+/gu, " "), disease].join("\t");
  });
  return `${["rank\tscore\tdisease_name\tdisease_identifier", ...rows].join("\n")}\n`;
}

export function phevalFile(stem: string): string {
  return `${stem}-pheval_disease_result.tsv`;
}

/** The account of a diagnosis in plain words for a reader, with the numbers. */
import type { Contribution, Diagnosis } from "../../schemas/index.ts";
import type { Explanation } from "./explain.ts";
import type { Patient } from "./inference/query.ts";
import { factor, percent } from "./pictures/numbers.ts";

interface Subject extends Pick<Explanation, "rank" | "leading" | "unmentioned"> {
  diagnosis: Diagnosis;
  patient: Patient;
  /** How many were ranked. */
  diseases: number;
}

export function account(subject: Subject): string {
  const { diagnosis, rank, patient, diseases, unmentioned } = subject;
  const { contributions } = diagnosis;
  return [
    `${diagnosis.name} (${diagnosis.disease}) ranks ${rank} of ${diseases} diseases for these ${patient.observed.length} observed and ${patient.excluded.length} excluded findings.`,
    howSure(subject),
    section("Speaks for it", contributions.filter((c) => c.logLikelihoodRatio > 0).map(line)),
    section("Speaks against it", contributions.filter((c) => c.logLikelihoodRatio < 0).map(line)),
    section(
      "Not known: typical and not mentioned, worth looking for",
      unmentioned.map(({ label, source }) => `${label}: ${source}`),
    ),
    `Limits: The numbers come from published annotations and treat findings as independent, which they are not; the tempering allows for that only on average. A disease that is not annotated cannot be ranked.${patient.observed.length < 3 ? " So few findings are too little for a differential." : ""} This supports a clinician's decision and does not replace it.`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function howSure({ diagnosis, rank, leading }: Subject): string {
  const [low, high] = diagnosis.interval!;
  const other = leading.find((d) => d.disease !== diagnosis.disease);
  return [
    `How sure: posterior ${percent(diagnosis.posterior)} (90% interval ${percent(low)} to ${percent(high)}); all findings together change the odds by ${factor(diagnosis.logLikelihoodRatio)} before tempering.`,
    inWords(diagnosis.posterior, leading[0]?.posterior ?? 1),
    other ? `${rank === 1 ? "Next" : "First"} is ${other.name} with ${percent(other.posterior)}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function inWords(posterior: number, first: number): string {
  const rest = percent(1 - posterior);
  if (posterior >= 0.9) return `It stands out: ${rest} is left for all other diseases.`;
  if (posterior >= 0.5) return `It is more likely than all others together, but ${rest} lies with them.`;
  if (posterior >= 0.1) return `It is one of several to consider: ${rest} lies with other diseases.`;
  return `${first < 0.1 ? "No diagnosis stands out" : "It is not likely"}: ${rest} lies with other diseases.`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? `${title}:\n${lines.map((l) => `- ${l}`).join("\n")}` : "";
}

function line({ label, kind, logLikelihoodRatio, via, source }: Contribution): string {
  const through = via && !via.startsWith(`${label} (`) ? ` through ${via}` : "";
  const absent = kind === "excluded" ? " absent" : "";
  return `${label}${absent}: odds ${factor(logLikelihoodRatio)}${through}${source ? `; ${source}` : ""}`;
}

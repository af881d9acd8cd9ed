/** What a search is limited to: dates of publication and kinds of evidence. Live records are held to it as stored ones are. */
import type { Document } from "../../schemas/index.ts";
import { invalidArguments } from "../kit/index.ts";
import { kindOf, KINDS, type Kind } from "./kinds.ts";
import { isWithin } from "./sources/date-range.ts";

export interface EvidenceFilter {
  /** `YYYY[-MM[-DD]]`, inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  /** All kinds where absent. */
  kinds?: readonly Kind[] | undefined;
}

/** How people and models also call them. */
const ALSO: Record<string, Kind | readonly Kind[]> = {
  rct: "randomized_trial",
  randomised_trial: "randomized_trial",
  randomized_controlled_trial: "randomized_trial",
  randomised_controlled_trial: "randomized_trial",
  meta_analysis: "systematic_review",
  meta_analyse: "systematic_review",
  practice_guideline: "guideline",
  // Registered, published or randomised: whoever asks for trials wants them all.
  trial: ["randomized_trial", "clinical_trial", "planned_trial"],
  registered_trial: ["clinical_trial", "planned_trial"],
  trial_registration: ["clinical_trial", "planned_trial"],
  label: "regulator_label",
  drug_label: "regulator_label",
  case: "case_report",
  observational_study: "cohort",
  cohort_study: "cohort",
  journal_article: "article",
  letter: "comment",
  editorial: "comment",
};

/** @throws ToolError that names the known kinds; or says what is wrong with a date */
export function readFilter(options: { from?: string; to?: string; kinds?: readonly string[] }): EvidenceFilter {
  const { from, to, kinds } = options;
  for (const date of [from, to]) if (date !== undefined) checkDate(date);
  if (from && to && !isWithin(from, { to })) {
    throw invalidArguments(`from (${from}) is after to (${to})`, "give the earlier date as from");
  }
  return {
    from,
    to,
    ...(kinds && kinds.length > 0 ? { kinds: [...new Set(kinds.flatMap(readKind))].toSorted() } : {}),
  };
}

/** Whether a document may be shown; one without a date of publication lies in no range. */
export function fits(document: Document, { from, to, kinds }: EvidenceFilter): boolean {
  return isWithin(document.published, { from, to }) && (!kinds || kinds.includes(kindOf(document)));
}

function checkDate(date: string): void {
  const [, month = "01", day = "01"] = date.split("-");
  const isDate =
    /^\d{4}(?:-\d\d){0,2}$/.test(date) &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= 31;
  if (!isDate) throw invalidArguments(`${date} is no date`, "give dates as 2019, 2019-06 or 2019-06-30");
}

function readKind(text: string): Kind | readonly Kind[] {
  const name = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const singular = name.replace(/ies$/, "y").replace(/s$/, "");
  for (const spelling of [name, singular]) {
    if (Object.hasOwn(KINDS, spelling)) return spelling as Kind;
    const other = ALSO[spelling];
    if (other) return other;
  }
  throw invalidArguments(`${text.slice(0, 60)} is no kind of evidence`, `kinds are: ${Object.keys(KINDS).join(", ")}`);
}

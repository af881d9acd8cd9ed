/** Questions in the language of ClinicalTrials.gov (Essie): names as quoted phrases, which it widens by its own synonyms. */
import { firstDay, lastDay, type DateRange } from "../date-range.ts";
import type { Named, NamedThings } from "../named-things.ts";

/** So many names of a thing are asked for. */
const ASKED_NAMES = 3;
const ASKED_THINGS = 3;

/** A whole record has 70 KB, most of it places and results: these parts say what the trial is about. */
export const FIELDS = [
  "IdentificationModule",
  "StatusModule",
  "SponsorCollaboratorsModule",
  "DescriptionModule",
  "ConditionsModule",
  "DesignModule",
  "ArmsInterventionsModule",
  "OutcomesModule",
  "EligibilityModule",
  "ReferencesModule",
  // Small, and there only where a trial has results.
  "ParticipantFlowModule",
  "ConditionMeshTerm",
  "InterventionMeshTerm",
  "HasResults",
].join("|");

export type TrialQuery = Readonly<Record<string, string>>;

/** From the narrowest to the widest: all conditions with all drugs, any of them, then the words anywhere. */
export function trialQueries(things: NamedThings, words: readonly string[]): TrialQuery[] {
  const drugs = things.drugs.filter(({ known }) => known);
  const loose = [...things.unknown, ...things.drugClasses, ...things.others];
  const narrow: TrialQuery = {
    ...asked("query.cond", things.conditions, " AND "),
    ...asked("query.intr", [...drugs, ...things.drugClasses], " AND "),
    ...asked("query.term", things.unknown, " AND "),
  };
  const wide: TrialQuery = {
    ...asked("query.cond", things.conditions, " OR "),
    ...asked("query.intr", drugs, " OR "),
  };
  const anywhere = asked("query.term", [...things.conditions, ...drugs, ...loose], " OR ");
  const plain: TrialQuery = words.length > 0 ? { "query.term": words.map(quoted).join(" AND ") } : {};
  const named = [narrow, wide, anywhere].filter((query) => Object.keys(query).length > 0);
  const queries = named.length > 0 ? named : [plain].filter((query) => Object.keys(query).length > 0);
  return [...new Map(queries.map((query) => [JSON.stringify(query), query])).values()];
}

/** Dates of the last update, which is the date that a trial's document bears. */
export function updatedWithin({ from, to }: DateRange): string[] {
  if (!from && !to) return [];
  return [`AREA[LastUpdatePostDate]RANGE[${from ? firstDay(from) : "MIN"},${to ? lastDay(to) : "MAX"}]`];
}

const PHASES: readonly (readonly [RegExp, string])[] = [
  [/\bphase[- ]?(?:3|iii)\b/i, "PHASE3"],
  [/\bphase[- ]?(?:2|ii)\b/i, "PHASE2"],
  [/\bphase[- ]?(?:1|i)\b/i, "PHASE1"],
  [/\bphase[- ]?(?:4|iv)\b/i, "PHASE4"],
];

/** What the question says of phase and recruitment. There is no `filter.phase`: areas are searched. */
export function statedFilters(query: string): { advanced: string[]; status: string[] } {
  const phases = PHASES.filter(([said]) => said.test(query)).map(([, code]) => `AREA[Phase]${code}`);
  const recruiting = /\brecruiting\b|\benrol(?:l|ling|ing)\b/i.test(query);
  return {
    advanced: phases.length > 0 ? [phases.length > 1 ? `(${phases.join(" OR ")})` : phases[0]!] : [],
    status: recruiting ? ["RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"] : [],
  };
}

function asked(parameter: string, things: readonly Named[], by: " AND " | " OR "): Record<string, string> {
  if (things.length === 0) return {};
  const each = things.slice(0, ASKED_THINGS).map(({ names }) => {
    const phrases = names.slice(0, ASKED_NAMES).map(quoted);
    return phrases.length > 1 ? `(${phrases.join(" OR ")})` : phrases[0]!;
  });
  return { [parameter]: each.join(by) };
}

/** A phrase: nothing in it is an operator. */
function quoted(name: string): string {
  return `"${name.replaceAll(/["\\[\]]|[\p{Cc}\s]+/gu, " ").trim()}"`;
}

/** Findings of a patient in a text: which, where, denied or not, of the patient or of a relative. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { ageIn, sexIn } from "./demographics.ts";
import type { Dictionary } from "./dictionary.ts";
import { directMatches, wordsOf } from "./matches.ts";
import { denialScopes, familyScopes, givenToRelative, within } from "./scopes.ts";

export interface Identified {
  findings: Finding[];
  age?: string;
  sex?: "male" | "female";
}

/** Longest names first; `text.slice(start, end)` are the words of each finding. */
export function identifyFindings(model: ClinicalModel, dictionary: Dictionary, text: string): Identified {
  const words = wordsOf(dictionary, text);
  const spans = directMatches(dictionary, words, text).map(({ from, to, term }) => ({
    term,
    start: words[from]!.start,
    end: words[to - 1]!.end,
  }));
  const denied = denialScopes(text, spans);
  const family = familyScopes(text);
  const findings = spans.map(({ term, start, end }): Finding => {
    const finding: Finding = {
      id: model.termId(term),
      label: model.label(term),
      start,
      end,
      negated: within(denied, start, end),
      text: text.slice(start, end),
    };
    if (within(family, start, end) || givenToRelative(text, end)) finding.family = true;
    return finding;
  });
  const age = ageIn(text);
  const sex = sexIn(text);
  return { findings, ...(age ? { age } : {}), ...(sex ? { sex } : {}) };
}

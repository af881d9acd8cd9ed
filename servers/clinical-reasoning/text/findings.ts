/** Findings of a patient in a text: which, where, denied or not, of the patient or of a relative. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { withAbbreviations, type Span } from "./abbreviations.ts";
import { coordinatedMatches } from "./coordination.ts";
import { ageIn, sexIn } from "./demographics.ts";
import type { Dictionary } from "./dictionary.ts";
import { directMatches, wordsOf } from "./matches.ts";
import { denialScopes, familyScopes, givenToRelative, within } from "./scopes.ts";
import { statureIn } from "./stature.ts";

export interface Identified {
  findings: Finding[];
  age?: string;
  sex?: "male" | "female";
}

/** In order of the text; `text.slice(start, end)` are the words of each finding. */
export function identifyFindings(model: ClinicalModel, dictionary: Dictionary, text: string): Identified {
  const spans = namedIn(dictionary, text);
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

function namedIn(dictionary: Dictionary, text: string): Span[] {
  const words = wordsOf(dictionary, text);
  const direct = directMatches(dictionary, words, text);
  const spans = [...direct, ...coordinatedMatches(dictionary, words, text, direct)].map(({ from, to, term }): Span => ({
    term,
    start: words[from]!.start,
    end: words[to - 1]!.end,
  }));
  for (const { label, start, end } of statureIn(text)) {
    const term = dictionary.lookup(label);
    if (term !== undefined && !spans.some((span) => span.start < end && start < span.end)) {
      spans.push({ term, start, end });
    }
  }
  return withAbbreviations(
    text,
    spans.toSorted((a, b) => a.start - b.start || b.end - a.end),
  );
}

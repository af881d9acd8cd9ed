/** Findings of a patient in a text: which, where, denied or not, of the patient or of a relative. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { ageIn, sexIn } from "./demographics.ts";
import type { Dictionary } from "./dictionary.ts";
import { tokensOf } from "./fold.ts";
import { denialScopes, familyScopes, givenToRelative, within } from "./scopes.ts";

export interface Identified {
  findings: Finding[];
  age?: string;
  sex?: "male" | "female";
}

/** What may stand between two words of one name. */
const WITHIN_NAME = /^[\s\-‐‑–/'’]*$/u;

/** Longest names first, none over another; `text.slice(start, end)` are the words of each finding. */
export function identifyFindings(model: ClinicalModel, dictionary: Dictionary, text: string): Identified {
  const tokens = tokensOf(text);
  const norms = tokens.map((token) => token.norm);
  const written = (i: number) => text.slice(tokens[i]!.start, tokens[i]!.end);
  const joined = (i: number) =>
    i + 1 < tokens.length && WITHIN_NAME.test(text.slice(tokens[i]!.end, tokens[i + 1]!.start));
  const denied = denialScopes(text);
  const family = familyScopes(text);
  const findings: Finding[] = [];
  for (let i = 0; i < tokens.length;) {
    const match = dictionary.longest(norms, i, written, joined);
    if (!match) {
      i++;
      continue;
    }
    const start = tokens[i]!.start;
    const end = tokens[i + match.length - 1]!.end;
    const finding: Finding = {
      id: model.termId(match.term),
      label: model.label(match.term),
      start,
      end,
      negated: within(denied, start, end),
      text: text.slice(start, end),
    };
    if (within(family, start, end) || givenToRelative(text, end)) finding.family = true;
    findings.push(finding);
    i += match.length;
  }
  const age = ageIn(text);
  const sex = sexIn(text);
  return { findings, ...(age ? { age } : {}), ...(sex ? { sex } : {}) };
}

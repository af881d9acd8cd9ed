/** Findings of a patient in a text: which, where, denied or not, of the patient or of a relative. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { coverage, withAbbreviations, type Span } from "./abbreviations.ts";
import { coordinatedMatches } from "./coordination.ts";
import { CUE } from "./cues.ts";
import { ageIn, sexIn } from "./demographics.ts";
import type { Dictionary } from "./dictionary.ts";
import { directMatches, generalMatches, type Match } from "./matches.ts";
import { otherSenses } from "./other-senses.ts";
import type { Reading } from "./reading.ts";
import { denialScopes, familyScopes, givenToRelative, within } from "./scopes.ts";
import { statureIn } from "./stature.ts";

export interface Identified {
  findings: Finding[];
  age?: string;
  sex?: "male" | "female";
}

/** In order of the text; `text.slice(start, end)` are the words of each finding. */
export function identifyFindings(model: ClinicalModel, dictionary: Dictionary, text: string): Identified {
  const reading = dictionary.read(text);
  const spans = namedIn(model, dictionary, reading);
  const findings = spans.length > 0 ? describe(dictionary, reading, spans) : [];
  const { cues } = reading;
  const age = cues & CUE.aged ? ageIn(text) : undefined;
  const sex = cues & CUE.sex ? sexIn(text) : undefined;
  return { findings, ...(age ? { age } : {}), ...(sex ? { sex } : {}) };
}

function describe(dictionary: Dictionary, reading: Reading, spans: readonly Span[]): Finding[] {
  const { text } = reading;
  const denied = denialScopes(reading, spans);
  const family = familyScopes(reading);
  const hasRelative = (reading.cues & CUE.relative) !== 0;
  const findings: Finding[] = [];
  for (const { term, start, end, general } of spans) {
    const negated = denied.length > 0 && within(denied, start, end);
    // Who has no bilateral cataract may have a cataract.
    if (general && negated) continue;
    const finding: Finding = {
      id: dictionary.id(term),
      label: dictionary.label(term),
      start,
      end,
      negated,
      text: text.slice(start, end),
    };
    if (general) finding.general = true;
    if (hasRelative && (within(family, start, end) || givenToRelative(text, end))) finding.family = true;
    findings.push(finding);
  }
  return findings;
}

function namedIn(model: ClinicalModel, dictionary: Dictionary, reading: Reading): Span[] {
  const direct = directMatches(dictionary, reading);
  const coordinated = direct.length > 0 && reading.count > 2 ? coordinatedMatches(dictionary, reading, direct) : [];
  const all = [...direct, ...coordinated, ...generalMatches(model, dictionary, reading, direct)];
  const others = otherSenses(reading);
  let spans = all.map((match) => spanOf(reading, match));
  if (others.length > 0) spans = spans.filter(({ start, end }) => !within(others, start, end));
  const stature = statureIn(reading);
  if (stature.length > 0) {
    const taken = coverage(reading.text, spans);
    for (const { label, start, end } of stature) {
      const term = dictionary.lookup(label);
      if (term !== undefined && !taken[start]) spans.push({ term, start, end });
    }
  }
  return withAbbreviations(
    reading.text,
    spans.toSorted((a, b) => a.start - b.start || b.end - a.end),
  );
}

function spanOf({ start, end }: Reading, { from, to, term, others, general }: Match): Span {
  return { term, start: start[from]!, end: end[to - 1]!, others, general };
}

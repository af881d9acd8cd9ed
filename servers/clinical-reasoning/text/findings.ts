/** Findings of a patient in a text: which, where, denied or not, of the patient or of a relative. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { coverage, withAbbreviations, type Span } from "./abbreviations.ts";
import { lateralityOf, quantityOf } from "./attributes.ts";
import { adjectiveMatches, coordinatedMatches } from "./coordination.ts";
import { CUE } from "./cues.ts";
import { ageOf, sexIn } from "./demographics.ts";
import type { Dictionary } from "./dictionary.ts";
import { directMatches, generalMatches, type Match } from "./matches.ts";
import { growthIn } from "./growth.ts";
import { otherSenses } from "./other-senses.ts";
import type { Reading } from "./reading.ts";
import {
  deniedInList,
  denialScopes,
  familyScopes,
  givenToRelative,
  unsureScopes,
  within,
  type Scope,
} from "./scopes.ts";
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
  const age = ageOf(reading);
  const sex = cues & CUE.sex ? sexIn(text) : undefined;
  return { findings, ...(age ? { age } : {}), ...(sex ? { sex } : {}) };
}

function describe(dictionary: Dictionary, reading: Reading, spans: readonly Span[]): Finding[] {
  const scopes: Scopes = {
    denied: denialScopes(reading, spans),
    unsure: unsureScopes(reading),
    family: familyScopes(reading),
  };
  const findings: Finding[] = [];
  for (const span of spans) {
    const finding = findingOf(dictionary, reading, span, scopes);
    // Who has no bilateral cataract may have a cataract.
    if (!(finding.general && finding.negated)) findings.push(finding);
  }
  return findings;
}

interface Scopes {
  denied: readonly Scope[];
  unsure: readonly Scope[];
  family: readonly Scope[];
}

function findingOf(dictionary: Dictionary, reading: Reading, span: Span, { denied, unsure, family }: Scopes): Finding {
  const { term, start, end, others, general } = span;
  const finding: Finding = {
    id: dictionary.id(term),
    label: dictionary.label(term),
    start,
    end,
    negated: (denied.length > 0 && within(denied, start, end)) || deniedInList(reading.text, end),
    text: reading.text.slice(start, end),
  };
  if (general) finding.general = true;
  if (reading.cues & CUE.relative && (within(family, start, end) || givenToRelative(reading.text, end)))
    finding.family = true;
  if (span.ambiguous || (unsure.length > 0 && within(unsure, start, end))) finding.uncertain = true;
  if (others && others.length > 0)
    finding.alternatives = others.map((other) => ({ id: dictionary.id(other), label: dictionary.label(other) }));
  if (span.from === undefined || span.to === undefined) return finding;
  const laterality = lateralityOf(reading, span.from, span.to);
  if (laterality) finding.laterality = laterality;
  const quantity = general ? undefined : quantityOf(reading, span.from, span.to);
  if (quantity) finding.quantity = quantity;
  return finding;
}

function namedIn(model: ClinicalModel, dictionary: Dictionary, reading: Reading): Span[] {
  const direct = directMatches(dictionary, reading);
  const coordinated = direct.length > 0 && reading.count > 2 ? coordinatedMatches(dictionary, reading, direct) : [];
  const all = [
    ...direct,
    ...coordinated,
    ...adjectiveMatches(dictionary, reading, direct),
    ...generalMatches(model, dictionary, reading, direct),
  ];
  const others = otherSenses(reading);
  let spans = all.map((match) => spanOf(reading, match));
  if (others.length > 0) spans = spans.filter(({ start, end }) => !within(others, start, end));
  const stature = [...statureIn(reading), ...growthIn(reading)];
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

function spanOf({ start, end }: Reading, { from, to, term, others, ambiguous, general }: Match): Span {
  return { term, start: start[from]!, end: end[to - 1]!, others, ambiguous, general, from, to };
}

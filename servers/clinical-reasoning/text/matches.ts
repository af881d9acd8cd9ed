/** Names of findings in a text: the longest first, none over another; and the more general findings that stand within them. */
import type { ClinicalModel } from "../model/model.ts";
import { MOST_CONCEPTS } from "./concepts.ts";
import { CUE } from "./cues.ts";
import type { Dictionary } from "./dictionary.ts";
import { NONE, RANK } from "./names.ts";
import { GAP, type Reading } from "./reading.ts";
import { Sums } from "./sums.ts";
import { FILLER } from "./vocabulary.ts";

/** Words `from` up to and without `to` that name a finding. */
export interface Match {
  from: number;
  to: number;
  term: number;
  /** Other findings that have this name. */
  others?: readonly number[] | undefined;
  /** Whether it is as likely one of the others. */
  ambiguous?: boolean | undefined;
  /** Whether the words name a finding only as a part of a more specific one's name. */
  general?: boolean;
}

/** Words, fillers among them, that one name may spread over. */
const WIDEST = MOST_CONCEPTS + 4;
const sums = new Sums();
const sumsAside = new Sums();

/** Matches in order of the text. */
export function directMatches(dictionary: Dictionary, reading: Reading): Match[] {
  const matches: Match[] = [];
  for (let from = 0; from < reading.count;) {
    const match = reading.concept[from] === FILLER ? undefined : longestAt(dictionary, reading, from, reading.count);
    if (match) matches.push(match);
    from = match?.to ?? from + 1;
  }
  return matches;
}

/** Findings named within the matches that are wider than them: "hearing loss" in "sensorineural hearing loss". */
export function generalMatches(
  model: ClinicalModel,
  dictionary: Dictionary,
  reading: Reading,
  direct: readonly Match[],
) {
  const found: Match[] = [];
  for (const whole of direct) {
    const seen = new Set([whole.term]);
    for (let from = whole.from; from < whole.to; from++) {
      if (reading.concept[from] === FILLER) continue;
      // The longest from each word on, then what is shorter.
      for (let end = from === whole.from ? whole.to - 1 : whole.to; end > from;) {
        const match = longestAt(dictionary, reading, from, end);
        if (!match) break;
        end = match.to - 1;
        const isAdjective = match.to === from + 1 && isAdjectiveAt(dictionary, reading, from);
        if (isAdjective || seen.has(match.term) || !model.covers(match.term, whole.term)) continue;
        seen.add(match.term);
        found.push({ from, to: match.to, term: match.term, general: true });
      }
    }
  }
  return found;
}

/** The longest name that begins with word `from` and ends before word `end`. */
function longestAt(dictionary: Dictionary, reading: Reading, from: number, end: number): Match | undefined {
  const { names } = dictionary;
  const { word, concept, cue } = reading;
  if (from > 0 && isPartOfProperName(reading, from)) return undefined;
  let node = names.begin(word[from]!);
  let isLoose = names.isConcept(concept[from]!);
  if (node < 0 && !isLoose) return undefined;
  sums.clear();
  sumsAside.clear();
  let isWhole = true;
  const startsAside = (cue[from]! & CUE.aside) !== 0;
  let best: Match | undefined;
  for (let i = from; i < end; i++) {
    if (i > from) {
      if (!reading.joined(i - 1)) break;
      if (node >= 0) node = names.step(node, word[i]!);
    }
    let term = NONE;
    let others: readonly number[] | undefined;
    let ambiguous: boolean | undefined;
    if (node > 0) {
      const entry = names.at(node);
      if (entry && isWrittenSo(entry, reading, from, i + 1)) {
        term = entry.wider ?? entry.term;
        ambiguous = entry.ambiguous;
        others = entry.wider === undefined ? entry.others : [entry.term, ...(entry.others ?? [])];
      }
    }
    if (isLoose) {
      const isAside = i > from && (cue[i]! & CUE.aside) !== 0;
      if (concept[i] !== FILLER) {
        let isConcept = names.isConcept(concept[i]!);
        if (isConcept && i > from && !names.mayMeet(concept[from]!, concept[i]!)) isConcept = false;
        if (!isConcept && !isAside) isLoose = false;
        else {
          if (isConcept && isWhole) names.addTo(sums, concept[i]!);
          else isWhole = false;
          if (!isAside && isConcept) names.addTo(sumsAside, concept[i]!);
          if (sumsAside.count > MOST_CONCEPTS || i - from >= WIDEST) isLoose = false;
          else if (term === NONE && isConcept) {
            if (isWhole && sums.count <= MOST_CONCEPTS) term = names.loose(sums);
            if (term === NONE && !isAside && !startsAside && (!isWhole || sums.count !== sumsAside.count))
              term = names.loose(sumsAside);
          }
        }
      }
    }
    if (term !== NONE && !(cue[from]! & CUE.absence && goesOn(reading, i + 1)))
      best = { from, to: i + 1, term, others, ambiguous };
    if (node < 0 && !isLoose) break;
  }
  return best;
}

/** Whether a word goes on with a name of persons: "Charcot-Marie-Tooth disease". */
function isPartOfProperName({ text, start, gap }: Reading, i: number): boolean {
  return gap[i - 1] === GAP.hyphen && isCapitalised(text, start[i]!) && isCapitalised(text, start[i - 1]!);
}

function isCapitalised(text: string, at: number): boolean {
  return isUpper(text.charCodeAt(at)) && !isUpper(text.charCodeAt(at + 1));
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Whether a noun goes on: "no hair" says more than "no hair dye", "lack of speech" more than "lack of speech therapy". */
function goesOn(reading: Reading, to: number): boolean {
  if (to >= reading.count || !reading.joined(to - 1)) return false;
  return reading.concept[to] !== FILLER && (reading.cue[to]! & CUE.nounEnd) === 0;
}

function isWrittenSo(
  { rank, written }: { rank: number; written?: RegExp | undefined },
  reading: Reading,
  from: number,
  to: number,
): boolean {
  if (written) return written.test(reading.slice(from, to));
  if (rank !== RANK.adjective) return true;
  return to >= reading.count || !reading.joined(to - 1) || (reading.cue[to]! & CUE.notPatient) === 0;
}

function isAdjectiveAt({ names }: Dictionary, { word }: Reading, i: number): boolean {
  const node = names.begin(word[i]!);
  return node > 0 && names.at(node)?.rank === RANK.adjective;
}

/** The finding that two stretches of words name together, as one name; NONE where they name none. */
export function jointTerm(
  { names }: Dictionary,
  { word, concept, cue }: Reading,
  parts: readonly (readonly [from: number, to: number])[],
): number {
  let node = 0;
  let isLoose = true;
  let isWhole = true;
  sums.clear();
  sumsAside.clear();
  for (const [from, to] of parts) {
    for (let i = from; i < to; i++) {
      if (node >= 0) node = node === 0 ? names.begin(word[i]!) : names.step(node, word[i]!);
      const own = concept[i]!;
      if (own === FILLER) continue;
      const isConcept = names.isConcept(own);
      const isAside = (cue[i]! & CUE.aside) !== 0;
      if (isConcept && isWhole) names.addTo(sums, own);
      else isWhole = false;
      if (isConcept && !isAside) names.addTo(sumsAside, own);
      if (!isConcept && !isAside) isLoose = false;
      if (node < 0 && !isLoose) return NONE;
    }
  }
  const entry = node > 0 ? names.at(node) : undefined;
  if (entry && !entry.written) return entry.wider ?? entry.term;
  if (!isLoose) return NONE;
  const term = isWhole ? names.loose(sums) : NONE;
  return term === NONE && (!isWhole || sums.count !== sumsAside.count) ? names.loose(sumsAside) : term;
}

/** Names of findings in a text: the longest first, none over another, then those that share a word across "and" or "or". */
import { describesPatient } from "./adjectives.ts";
import { conceptOf, isFiller, MOST_CONCEPTS } from "./concepts.ts";
import type { Dictionary } from "./dictionary.ts";
import { tokensOf } from "./fold.ts";

export interface Word {
  norm: string;
  concept: string;
  filler: boolean;
  start: number;
  end: number;
  /** Whether the next word may stand in the same name. */
  joined: boolean;
}

/** Words `from` up to and without `to` that name a finding. */
export interface Match {
  from: number;
  to: number;
  term: number;
}

/** What may stand between two words of one name. */
const WITHIN_NAME = /^[\s\-‐‑–/'’]*$/u;
/** Fillers and concepts that one name may spread over. */
const WIDEST = MOST_CONCEPTS + 4;

export function wordsOf(dictionary: Dictionary, text: string): Word[] {
  const tokens = tokensOf(text);
  return tokens.map(({ norm, start, end }, i) => {
    const corrected = dictionary.corrected(norm);
    const next = tokens[i + 1];
    return {
      norm: corrected,
      concept: conceptOf(corrected),
      filler: isFiller(corrected),
      start,
      end,
      joined: next !== undefined && WITHIN_NAME.test(text.slice(end, next.start)),
    };
  });
}

/** Matches in order of the text. */
export function directMatches(dictionary: Dictionary, words: readonly Word[], text: string): Match[] {
  const matches: Match[] = [];
  for (let from = 0; from < words.length;) {
    const match = words[from]!.filler ? undefined : longestAt(dictionary, words, text, from);
    if (match) matches.push(match);
    from = match?.to ?? from + 1;
  }
  return matches;
}

function longestAt(dictionary: Dictionary, words: readonly Word[], text: string, from: number): Match | undefined {
  const exact = dictionary.reach(words[from]!.norm);
  const loose = dictionary.isConcept(words[from]!.concept) ? looseReach(dictionary, words, from) : 0;
  let widest = 1;
  while (widest < Math.max(exact, loose) && words[from + widest - 1]!.joined) widest++;
  for (let length = widest; length > 0; length--) {
    const to = from + length;
    const term =
      (length <= exact ? exactTerm(dictionary, words, text, from, to) : undefined) ??
      (length <= loose && !words[to - 1]!.filler ? dictionary.loose(conceptsOf(words.slice(from, to))) : undefined);
    if (term !== undefined) return { from, to, term };
  }
  return undefined;
}

function exactTerm(dictionary: Dictionary, words: readonly Word[], text: string, from: number, to: number) {
  const norms = words.slice(from, to).map((word) => word.norm);
  const term = dictionary.exact(norms, text.slice(words[from]!.start, words[to - 1]!.end));
  if (term === undefined || to > from + 1 || !dictionary.isAdjective(norms[0]!)) return term;
  return describesPatient(words[from]!.joined ? words[to]?.norm : undefined) ? term : undefined;
}

/** How many words from here on could all belong to one name read by its concepts. */
function looseReach(dictionary: Dictionary, words: readonly Word[], from: number): number {
  let concepts = 0;
  let to = from;
  for (; to < words.length && to < from + WIDEST; to++) {
    const word = words[to]!;
    if (!word.filler && (!dictionary.isConcept(word.concept) || ++concepts > MOST_CONCEPTS)) break;
    if (!word.joined) return to + 1 - from;
  }
  return to - from;
}

export function conceptsOf(words: readonly Word[]): string[] {
  return words.filter((word) => !word.filler).map((word) => word.concept);
}

/** Names in a text that no stored name spells: with typing errors, wrong spaces, or cut short ("Fabry" for Fabry disease). */
import type { NameRow } from "./graph.ts";
import { formsOf } from "./inflection.ts";
import { candidateOf, type Candidate } from "./matching.ts";
import type { Span, Words } from "./mentions.ts";
import { nameIndex, type NameIndex } from "./name-index.ts";
import type { NameSource } from "./name-source.ts";
import { allowedTypos, editDistance } from "./names.ts";
import { isPlainWord } from "./plain-words.ts";
import { typosInWord } from "./similar-names.ts";

/** Words of one text that are tried as misspelt; more of them is not a question. */
const MAX_ODD_WORDS = 40;
/** Readings of one span whose scores differ by less are all kept. */
const AS_GOOD = 0.03;
/** Entities that a shortened name may mean before it means nothing. */
const MAX_SHORTENED = 4;
const MANY_NAMES = 30;

/** People rarely err in the first letter; in a word this long another one still tells enough. */
const FIRST_LETTER_LENGTH = 9;

/** One text being searched for misspelt names. */
interface Reading {
  graph: NameSource;
  index: NameIndex;
  read: Words;
  fits: (candidate: Candidate) => boolean;
  /** True for a word in no name, or in so few that it may be the source's own error. */
  isOdd: (word: string) => boolean;
}

/** Spans around words that no name holds, read as names with small errors. */
export function misspeltSpans(graph: NameSource, read: Words, fits: (c: Candidate) => boolean): Span[] {
  const suspects = read.norms
    .map((norm, at) => ({ norm, at }))
    .filter(({ norm }) => norm.length >= 4 && !/\d/.test(norm) && !isPlainWord(norm));
  if (suspects.length === 0) return [];
  const index = nameIndex(graph);
  const isOdd = remembered((word) => {
    const meant = index.meant(word, typosInWord(word, 2));
    return meant.length === 0 || meant.some((m) => m.distance > 0);
  });
  const reading = { graph, index, read, fits, isOdd };
  const odd = suspects.filter(({ norm }) => isOdd(norm)).slice(0, MAX_ODD_WORDS);
  return odd.flatMap(({ at }) => spansAround(reading, at));
}

function spansAround(reading: Reading, at: number): Span[] {
  const { graph, index, read, fits } = reading;
  const found = new Map<string, Span>();
  const add = (from: number, to: number, norm: string, score: number) => {
    const candidates = graph
      .named(norm)
      .map((row) => candidateOf(row, score, "fuzzy"))
      .filter(fits);
    if (candidates.length === 0) return;
    const key = `${from}-${to}`;
    const known = found.get(key);
    if (!known || known.candidates[0]!.score < score - AS_GOOD) found.set(key, { from, to, candidates });
    else if (known.candidates[0]!.score - score < AS_GOOD) known.candidates.push(...candidates);
  };
  const word = read.norms[at]!;
  const joined = index.joined(word);
  if (joined) add(at, at + 1, joined, 0.85);
  const split = word + (read.norms[at + 1] ?? "");
  if (split.length >= 6 && !read.breakAfter(at)) add(at, at + 2, split, 0.85);
  for (const meant of index.meant(word, typosInWord(word, 2))) {
    if (meant.distance === 0) continue;
    for (const name of index.namesWith(meant.word)) {
      const fit = align(reading, at, name, meant.word);
      if (fit) add(fit.from, fit.to, index.norms[name]!, 0.9 - 0.06 * fit.distance);
    }
  }
  return [...found.values()];
}

/** Lays the words of a name over the text so that `meant` falls on the word at `at`. */
function align(
  { index, read, isOdd }: Reading,
  at: number,
  name: number,
  meant: number,
): { from: number; to: number; distance: number } | undefined {
  const nameWords = index.wordsOf(name);
  const norm = index.norms[name]!;
  const from = at - nameWords.indexOf(meant);
  const to = from + nameWords.length;
  if (from < 0 || to > read.norms.length) return undefined;
  let distance = 0;
  for (let i = 0; i < nameWords.length; i++) {
    const here = read.norms[from + i]!;
    const there = index.wordAt(nameWords[i]!);
    if (here === there || (i + from !== at && formsOf(here).includes(there))) continue;
    // A word that names hold is spelled as meant: only odd words are misspelt.
    const limit = /\d/.test(here + there) || !isOdd(here) ? 0 : typosInWord(here, nameWords.length);
    const edits = editDistance(here, there, limit);
    if (edits > limit) return undefined;
    distance += edits;
  }
  for (let i = from; i < to - 1; i++) if (read.breakAfter(i)) return undefined;
  // "France" is no misspelt trance: a short word alone keeps its first letter.
  const alone = nameWords.length === 1 && read.norms[at]!.length < FIRST_LETTER_LENGTH;
  if (alone && read.norms[at]![0] !== norm[0]) return undefined;
  return distance <= allowedTypos(norm.length) ? { from, to, distance } : undefined;
}

/** Proper names outside the taken spans that begin the names of very few entities. */
export function shortenedSpans(
  graph: NameSource,
  read: Words,
  taken: readonly Span[],
  fits: (c: Candidate) => boolean,
): Span[] {
  if (!read.mixedCase) return [];
  const free = (i: number) => !taken.some((s) => i >= s.from && i < s.to);
  const candidate = (i: number) =>
    i < read.list.length && free(i) && read.norms[i]!.length >= 4 && !isPlainWord(read.norms[i]!);
  const named = (i: number) => candidate(i) && /^\p{Lu}\p{L}/u.test(read.written(i, i + 1));
  const spans: Span[] = [];
  for (let from = 0; from < read.list.length; from++) {
    if (!candidate(from)) continue;
    let to = from + 1;
    while (named(from) && named(to) && !read.breakAfter(to - 1)) to++;
    const start = read.norms.slice(from, to).join(" ");
    const candidates = (named(from) ? completed(graph, start) : eponym(graph, start)).filter(fits);
    const entities = new Set(candidates.map((c) => c.entity));
    if (entities.size > 0 && entities.size <= MAX_SHORTENED) spans.push({ from, to, candidates });
    from = to - 1;
  }
  return spans;
}

/** Bearers of the shortest names that go on after `start`. */
function completed(graph: NameSource, start: string): Candidate[] {
  const rows = graph
    .namesWithPrefix(`${start} `, MANY_NAMES)
    .filter((row) => start.includes(" ") || isCompletion(graph, row, row.norm.slice(start.length + 1)));
  const shortest = rows[0]?.norm.split(" ").length;
  return rows.filter((row) => row.norm.split(" ").length === shortest).map((row) => candidateOf(row, 0.6, "prefix"));
}

/** "marfan" in small letters is a name only where nothing but the head noun is missing. */
function eponym(graph: NameSource, word: string): Candidate[] {
  if (graph.namesWithPrefix(`${word} `, MANY_NAMES).length === MANY_NAMES) return [];
  return ["disease", "syndrome"]
    .flatMap((head) => graph.named(`${word} ${head}`))
    .filter((row) => graph.briefAt(row.entity).category === "Disease")
    .map((row) => candidateOf(row, 0.55, "prefix"));
}

/** What one word may leave out: "Fabry [disease]", "Novartis [Pharma AG]", "PARADIGM[-HF]"; not "Cholesterol [gallstones]". */
function isCompletion(graph: NameSource, row: NameRow, rest: string): boolean {
  const { category } = graph.briefAt(row.entity);
  if (category === "Disease") return /^(?:disease|syndrome|disorder|palsy)\b/.test(rest);
  return category === "Organization" || category === "ClinicalTrial";
}

function remembered(judge: (word: string) => boolean): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    let answer = known.get(word);
    if (answer === undefined) known.set(word, (answer = judge(word)));
    return answer;
  };
}

/** Names like a given one: misspelt, reordered, shortened or embedded, found by their words and judged as a whole. */
import type { GraphStore } from "./graph.ts";
import { nameIndex, type NameIndex, type WordMatch } from "./name-index.ts";
import { allowedTypos, editDistance } from "./names.ts";
import { isPlainWord } from "./plain-words.ts";

export interface SimilarName {
  norm: string;
  score: number;
  /** fuzzy: the same name with typing errors or its words reordered; partial: they share part of their words. */
  kind: "fuzzy" | "partial";
}

/** A name this long may be missed by its words and is then sought by its letter triples. */
const TRIPLE_SEARCH_LENGTH = 6;
const TRIPLE_CANDIDATES = 60;
/** Share of the query's weight (rare words weigh most) that a partial match must explain. */
const PARTIAL_COVERAGE = 0.6;

/** Typing errors tolerated in one word: within a longer name a short word may hold one, since the rest confirms it. */
export function typosInWord(word: string, wordsInName: number): number {
  return Math.max(allowedTypos(word.length), wordsInName > 1 && word.length >= 4 ? 1 : 0);
}

/** Best first. `words` are folded. */
export function similarNames(graph: GraphStore, words: readonly string[]): SimilarName[] {
  const index = nameIndex(graph);
  const byWords = sharingWords(index, words);
  const fuzzy = byWords.filter((n) => n.kind === "fuzzy");
  if (fuzzy.length === 0) fuzzy.push(...damagedSpaces(index, words), ...byTriples(graph, words));
  return [...fuzzy, ...byWords.filter((n) => n.kind === "partial")].toSorted(
    (a, b) => b.score - a.score || a.norm.length - b.norm.length || (a.norm < b.norm ? -1 : 1),
  );
}

interface Share {
  hits: number;
  distance: number;
  weight: number;
  /** Position of the query whose word was counted last: a name is counted once per word of the query. */
  position: number;
}

function sharingWords(index: NameIndex, words: readonly string[]): SimilarName[] {
  const shares = new Map<number, Share>();
  let queryWeight = 0;
  words.forEach((word, position) => {
    const meant = wordsMeant(index, word, words.length);
    const rarity = Math.max(0, ...meant.map((m) => index.rarity(m.word)));
    queryWeight += meant.length > 0 ? rarity : Math.log(index.norms.length + 1);
    for (const match of meant) {
      for (const name of index.namesWith(match.word)) count(shares, name, match, position, index.rarity(match.word));
    }
  });
  const found: SimilarName[] = [];
  for (const [name, share] of shares) {
    const similar = judge(index, name, share, words, queryWeight);
    if (similar) found.push(similar);
  }
  return found;
}

function wordsMeant(index: NameIndex, word: string, wordsInName: number): WordMatch[] {
  const forms = index.forms(word);
  return forms.length > 0 ? forms : index.misspelt(word, typosInWord(word, wordsInName));
}

function count(shares: Map<number, Share>, name: number, match: WordMatch, position: number, weight: number): void {
  const share = shares.get(name);
  if (!share) shares.set(name, { hits: 1, distance: match.distance, weight, position });
  else if (share.position !== position) {
    share.hits++;
    share.distance += match.distance;
    share.weight += weight;
    share.position = position;
  }
}

function judge(
  index: NameIndex,
  name: number,
  share: Share,
  words: readonly string[],
  queryWeight: number,
): SimilarName | undefined {
  const nameWords = index.wordsOf(name);
  const norm = index.norms[name]!;
  const whole = share.hits === words.length && nameWords.length === words.length;
  if (whole && share.distance <= Math.max(allowedTypos(norm.length), allowedTypos(words.join(" ").length))) {
    const ordered = words.every((word, i) => {
      const own = index.wordAt(nameWords[i]!);
      return own === word || editDistance(own, word, 3) <= 3;
    });
    return { norm, score: (ordered ? 0.9 : 0.86) - 0.06 * share.distance, kind: "fuzzy" };
  }
  const coverage = share.weight / queryWeight;
  if (coverage < PARTIAL_COVERAGE || words.every(isPlainWord)) return undefined;
  let nameWeight = 0;
  for (const word of nameWords) nameWeight += index.rarity(word);
  const likeness = (2 * share.weight) / (queryWeight + nameWeight);
  const base = share.hits === words.length ? 0.45 : 0.2;
  return { norm, score: base + 0.3 * Math.min(1, likeness) - 0.05 * share.distance, kind: "partial" };
}

/** "heartfailure", "sacubi tril": right letters, wrong spaces. */
function damagedSpaces(index: NameIndex, words: readonly string[]): SimilarName[] {
  const joined = words.join("");
  const names = index.joined(joined).map((name) => index.norms[name]!);
  if (words.length > 1 && index.knows(joined)) names.push(joined);
  return names.map((norm) => ({ norm, score: 0.85, kind: "fuzzy" }));
}

/** Errors that words do not show: in a short word, or where a space was. */
function byTriples(graph: GraphStore, words: readonly string[]): SimilarName[] {
  const norm = words.join(" ");
  if (norm.length < TRIPLE_SEARCH_LENGTH) return [];
  const found = new Map<string, SimilarName>();
  for (const row of graph.similarNames(norm, TRIPLE_CANDIDATES)) {
    const limit = allowedTypos(Math.max(norm.length, row.norm.length));
    const distance = editDistance(norm, row.norm, limit);
    if (distance > limit || numerals(norm) !== numerals(row.norm)) continue;
    found.set(row.norm, { norm: row.norm, score: 0.88 - 0.06 * distance, kind: "fuzzy" });
  }
  return [...found.values()];
}

/** Numbers, single letters and Roman numerals tell diseases apart: "type 1" is no misspelt "type 2". */
function numerals(norm: string): string {
  return norm
    .split(" ")
    .filter((word) => /\d/.test(word) || /^(?:[ivx]+|\p{L})$/u.test(word))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(" ");
}

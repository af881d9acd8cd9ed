/** Names like a given one: misspelt, reordered, shortened or embedded, found by their words and judged as a whole. */
import { nameIndex, type NameIndex, type WordMatch } from "./name-index.ts";
import type { NameSource } from "./name-source.ts";
import { allowedTypos } from "./names.ts";
import { isPlainWord } from "./plain-words.ts";

export interface SimilarName {
  norm: string;
  score: number;
  /** fuzzy: the same name with typing errors or its words reordered; partial: they share part of their words. */
  kind: "fuzzy" | "partial";
}

/** A longer query is a text: its words are not one name. */
const MAX_WORDS = 14;
/** Share of the query's weight (rare words weigh most) that a partial match must explain. */
const PARTIAL_COVERAGE = 0.6;

/** Typing errors tolerated in one word: within a longer name a short word may hold one, since the rest confirms it. */
export function typosInWord(word: string, wordsInName: number): number {
  return Math.max(allowedTypos(word.length), wordsInName > 1 && word.length >= 4 ? 1 : 0);
}

/** Best first. `words` are folded. */
export function similarNames(graph: NameSource, words: readonly string[]): SimilarName[] {
  if (words.length > MAX_WORDS) return [];
  const index = nameIndex(graph);
  const byWords = sharingWords(index, words);
  const fuzzy = byWords.filter((n) => n.kind === "fuzzy");
  if (fuzzy.length === 0) fuzzy.push(...damagedSpaces(index, words), ...alikeAsWhole(index, words.join(" ")));
  return [...fuzzy, ...byWords.filter((n) => n.kind === "partial")].toSorted(
    (a, b) => b.score - a.score || a.norm.length - b.norm.length || (a.norm < b.norm ? -1 : 1),
  );
}

/** What the words of the query may mean, and what they weigh. */
interface Query {
  /** Edits to each vocabulary word that a position may mean. */
  meant: Map<number, number>[];
  weight: number;
  length: number;
  /** Ordinary English throughout: it may be a name, but never part of one. */
  plain: boolean;
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
  const query: Query = { meant: [], weight: 0, length: words.join(" ").length, plain: words.every(isPlainWord) };
  words.forEach((word, position) => {
    const meant = index.meant(word, typosInWord(word, words.length));
    query.meant.push(new Map(meant.map((m) => [m.word, m.distance])));
    query.weight += meant[0] ? index.rarity(meant[0].word) : Math.log(index.norms.length + 1);
    for (const match of meant) {
      const rarity = index.rarity(match.word);
      for (const name of index.namesWith(match.word)) count(shares, name, match, position, rarity);
    }
  });
  const found: SimilarName[] = [];
  for (const [name, share] of shares) {
    const similar = judge(index, name, share, query);
    if (similar) found.push(similar);
  }
  return found;
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

function judge(index: NameIndex, name: number, share: Share, query: Query): SimilarName | undefined {
  const coverage = share.weight / query.weight;
  if (coverage < PARTIAL_COVERAGE) return undefined;
  const nameWords = index.wordsOf(name);
  const norm = index.norms[name]!;
  const count = query.meant.length;
  if (share.hits === count && nameWords.length === count && isCovered(nameWords, query.meant)) {
    const ordered = query.meant.every((meant, i) => meant.has(nameWords[i]!));
    const allowed = Math.max(allowedTypos(norm.length), allowedTypos(query.length));
    if (share.distance <= allowed)
      return { norm, score: (ordered ? 0.9 : 0.86) - 0.06 * share.distance, kind: "fuzzy" };
  }
  if (query.plain) return undefined;
  let nameWeight = 0;
  for (const word of nameWords) nameWeight += index.rarity(word);
  const likeness = (2 * share.weight) / (query.weight + nameWeight);
  const base = share.hits === count ? 0.45 : 0.2;
  return { norm, score: base + 0.3 * Math.min(1, likeness) - 0.05 * share.distance, kind: "partial" };
}

/** True where every word of the name is meant by a word of the query of its own. */
function isCovered(nameWords: Int32Array, meant: readonly ReadonlyMap<number, number>[]): boolean {
  const free = [...meant];
  return nameWords.every((word) => {
    const at = free.findIndex((m) => m.has(word));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
}

/** "heartfailure", "sacubi tril": right letters, wrong spaces. */
function damagedSpaces(index: NameIndex, words: readonly string[]): SimilarName[] {
  const joined = words.join("");
  const names = [index.joined(joined), words.length > 1 && index.knows(joined) ? joined : undefined];
  return names.filter((norm) => norm !== undefined).map((norm) => ({ norm, score: 0.85, kind: "fuzzy" }));
}

/** Errors that words do not show: in a short word, or where a space was. */
function alikeAsWhole(index: NameIndex, norm: string): SimilarName[] {
  return index
    .namesLike(norm, allowedTypos(norm.length))
    .filter(({ name }) => numerals(norm) === numerals(index.norms[name]!))
    .map(({ name, distance }) => ({ norm: index.norms[name]!, score: 0.88 - 0.06 * distance, kind: "fuzzy" }));
}

/** Numbers, single letters and Roman numerals tell diseases apart: "type 1" is no misspelt "type 2". */
function numerals(norm: string): string {
  return norm
    .split(" ")
    .filter((word) => /\d/.test(word) || /^(?:[ivx]+|\p{L})$/u.test(word))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(" ");
}

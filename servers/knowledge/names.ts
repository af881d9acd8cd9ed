/** Names as people write them, folded to one form, and the distance between two of them. */

const GREEK: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ω: "omega",
};

/** A word of a text with where it stands: `text.slice(start, end)`. */
export interface Word {
  norm: string;
  start: number;
  end: number;
}

/**
 * Words of a text, folded: lower case, no accents, Greek letters spelled out, possessive dropped. Hyphens and
 * slashes separate. `Marfan's syndrome` and `Marfan syndrome` have the same words.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’]s\b)?/gu)) {
    const start = match.index;
    const norm = foldWord(match[0]);
    if (norm) found.push({ norm, start, end: start + match[0].length });
  }
  return found;
}

/** The key under which a name is stored and looked up: folded words joined by a space. */
export function normaliseName(name: string): string {
  return words(name)
    .map((w) => w.norm)
    .join(" ");
}

function foldWord(word: string): string {
  return word
    .replace(/['’]s$/u, "")
    .toLowerCase()
    .replace(/[αβγδεκλμω]/gu, (c) => GREEK[c] ?? c)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
}

/** Damerau–Levenshtein distance (optimal string alignment), given up as `limit + 1` once it must exceed `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** How many typing errors a name of this length may hold and still be taken for it: none in short symbols, where one letter is another gene. */
export function allowedTypos(length: number): number {
  if (length < 6) return 0;
  return length < 12 ? 1 : 2;
}

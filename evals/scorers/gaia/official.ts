/** GAIA's scorer, rule by rule as the leaderboard runs it in Python; `scripts/test-scorers.ts` compares the two. */
import { pyFloat } from "./py-float.ts";

/** `\s` of Python's `re`: it has U+001C to U+001F and U+0085, which JavaScript's has not, and not U+FEFF, which JavaScript's has. */
// oxlint-disable-next-line no-control-regex -- Python has them in \s
const SPACE = /[\t-\r\u001c-\u001f \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
/** The 32 characters of Python's `string.punctuation`. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/**
 * Does the answer count as the gold? The caller cuts "FINAL ANSWER:" off; nothing is extracted here.
 * @param answer null where the model gave none: Python's scorer then compares the word "None"
 */
export function gaiaOfficial(answer: string | null, gold: string): boolean {
  return sameAnswer(paired(answer ?? "None"), paired(gold));
}

function sameAnswer(given: string, gold: string): boolean {
  const number = pyFloat(gold);
  if (number !== undefined) return numberOf(given) === number;
  if (!/[,;]/.test(gold)) return textOf(given).replace(PUNCTUATION, "") === textOf(gold).replace(PUNCTUATION, "");
  const wanted = gold.split(/[,;]/);
  const said = given.split(/[,;]/);
  return said.length === wanted.length && wanted.every((element, i) => sameElement(said[i]!, element));
}

function sameElement(said: string, wanted: string): boolean {
  const number = pyFloat(wanted);
  return number === undefined ? textOf(said) === textOf(wanted) : numberOf(said) === number;
}

/** What is no number counts as infinity: a gold of "inf" is met by every text. */
function numberOf(text: string): number {
  return pyFloat(text.replace(/[$%,]/g, "")) ?? Infinity;
}

function textOf(text: string): string {
  return text.replace(SPACE, "").toLowerCase();
}

/**
 * Half a surrogate pair is a character of its own to Python, and must not become one with the other half when what stands
 * between them is removed: it is taken for a private character.
 */
function paired(text: string): string {
  return text.replace(/\p{Surrogate}/gu, (half) => String.fromCodePoint(half.charCodeAt(0) - 0xd800 + 0x10f800));
}

/** Pieces of a formula on one line, with brackets wherever the line would else say something other than the formula. */

export interface Piece {
  text: string;
  /** It ends where what follows could still belong to it: a blank or brackets keep them apart. */
  isOpen: boolean;
  /** Beside a factor it stands in brackets: 2 times a half is `2(1/2)`. */
  isQuotient?: boolean;
}

const NUMBER = /^\d+(?:[.,]\d+)*$/;
const LETTER = /^[\p{L}∞∅…°%]\p{M}*[′″']*$/u;
const WORD = /^[\p{L}\p{N}]+$/u;
const STARTS_FACTOR = /^[\p{L}\p{N}√([]/u;
const [OPENING, CLOSING] = ["([{⌊⌈⟨", ")]}⌋⌉⟩"];
const ENDS_FACTOR = /[\p{L}\p{N}\p{M}′∞)\]]$/u;

/** Words as they stand. */
export function textPiece(text: string): Piece {
  return { text, isOpen: false };
}

/** What ends with a bracket of its own, or is one sign. */
export function whole(text: string): Piece {
  return { text, isOpen: false };
}

/** True for what needs no brackets as a part of something else: a number, a letter, one pair of brackets around all. */
export function single(text: string): boolean {
  return text === "" || NUMBER.test(text) || LETTER.test(text) || isEnclosed(text);
}

/** `x_max^2`; a missing script is left out. An index may be a word, and what has one may be: `AUC_0`. */
export function script(base: Piece, sub?: Piece, sup?: Piece): Piece {
  const bare = single(base.text) || (sub !== undefined && WORD.test(base.text)) || !ENDS_FACTOR.test(base.text);
  const below = sub?.text ? `_${single(sub.text) || WORD.test(sub.text) ? sub.text : `(${sub.text})`}` : "";
  const above = sup?.text ? `^${single(sup.text) ? sup.text : `(${sup.text})`}` : "";
  return { text: `${bare ? base.text : `(${base.text})`}${below}${above}`, isOpen: true };
}

/** Neighbours: what would run together is parted by a blank, and a quotient beside a factor stands in brackets. */
export function joined(pieces: readonly Piece[]): Piece {
  const all = pieces.filter(({ text }) => text !== "");
  if (all.length <= 1) return all[0] ?? textPiece("");
  const words: string[] = [];
  let before = "";
  let wasOpen = false;
  for (const [i, piece] of all.entries()) {
    const next = all[i + 1]?.text ?? "";
    const endsFactor = ENDS_FACTOR.test(before.slice(-2));
    const isFactor = piece.isQuotient === true && (endsFactor || STARTS_FACTOR.test(next));
    const word = isFactor ? `(${piece.text})` : piece.text;
    words.push(wasOpen && endsFactor && STARTS_FACTOR.test(word) ? ` ${word}` : word);
    before = word;
    wasOpen = piece.isOpen && !isFactor;
  }
  return { text: words.join(""), isOpen: wasOpen };
}

/** Whether the first bracket is closed by the last sign, and not before. */
function isEnclosed(text: string): boolean {
  if (/^[|‖]./u.test(text)) return text[0] === text.at(-1) && !text.slice(1, -1).includes(text[0]!);
  if (!OPENING.includes(text.charAt(0))) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (OPENING.includes(text[i]!)) depth += 1;
    else if (CLOSING.includes(text[i]!) && --depth === 0) return i === text.length - 1;
  }
  return false;
}

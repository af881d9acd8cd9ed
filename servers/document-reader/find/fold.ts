/** A text as it is compared: case, accents, white space, and typographic quotes and dashes do not matter. */
import type { InSlices } from "../../knowledge/passages.ts";

/** Characters folded in one slice. */
const SLICE = 20_000;

export interface Folded {
  /** The text as compared. */
  folded: string;
  /** For each of its UTF-16 units the index in the text that it comes from. */
  origin: Uint32Array;
}

/** @param without what is taken out of the text */
export function* fold(text: string, without?: RegExp): InSlices<Folded> {
  const skip = without && new RegExp(without, "uy");
  const runs: string[] = [];
  let parts: string[] = [];
  let origin = new Uint32Array(text.length + 16);
  let length = 0;
  let space = true;
  for (let i = 0, slice = SLICE; i < text.length;) {
    if (i >= slice) {
      slice = i + SLICE;
      runs.push(parts.join(""));
      parts = [];
      yield;
    }
    if (skip) {
      skip.lastIndex = i;
      i += skip.exec(text)?.[0].length ?? 0;
    }
    const character = String.fromCodePoint(text.codePointAt(i)!);
    const form = foldCharacter(character);
    const blank = form === " ";
    if (form && !(blank && space)) {
      if (length + form.length > origin.length) origin = larger(origin, length + form.length);
      parts.push(form);
      origin.fill(i, length, length + form.length);
      length += form.length;
    }
    if (form) space = blank;
    i += character.length;
  }
  return { folded: [...runs, parts.join("")].join(""), origin: origin.subarray(0, length) };
}

function larger(array: Uint32Array, atLeast: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(atLeast * 2);
  grown.set(array);
  return grown;
}

const FOLDED = new Map<string, string>();

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) {
    if (code <= 0x20) return " ";
    return code >= 0x41 && code <= 0x5a ? character.toLowerCase() : character;
  }
  let form = FOLDED.get(character);
  if (form === undefined) {
    form = character
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}|\u00ad|[\u200b-\u200d\ufeff]/gu, "")
      .replace(/[‘’‛′]/gu, "'")
      .replace(/[“”„″]/gu, '"')
      .replace(/[‐‑‒–—−]/gu, "-")
      .replace(/\s+/gu, " ");
    if (FOLDED.size < 10_000) FOLDED.set(character, form);
  }
  return form;
}

/** The words of an element out of bytes, as `textOf` gives them for its tree: decoded, inline markup dissolved, single blanks. */
import { raised } from "../../../kit/raised.ts";
import { decoded } from "../xml-record.ts";
import { singleBlanks } from "../xml.ts";

/** Something to decode, or blanks to tidy up. */
const ODD = /[&\x80-\xff\t\n\r\f\v]| {2}/;
const SHORT = 60;
const [SPACE, AMPERSAND, LAST_ASCII] = [32, 38, 127];
const HIGH = /[\x80-\xff]/;
const INLINE = /<(\/?)(i|b|u|sub|sup)>/y;

/** @param raw text without markup, a character a byte. @throws Error on an entity that is not known */
export function plainText(raw: string): string {
  return isOdd(raw) ? singleBlanks(decoded(fromBytes(raw))) : raw.trim();
}

function isOdd(raw: string): boolean {
  // Most are names: calling an expression takes longer than looking at each letter.
  if (raw.length > SHORT) return ODD.test(raw);
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code < SPACE || code === AMPERSAND || code > LAST_ASCII || (code === SPACE && raw.charCodeAt(i + 1) === SPACE))
      return true;
  }
  return false;
}

/** @param raw text with markup, a character a byte. @returns undefined where that is no plain italics, bold, raised or lowered letters, well nested */
export function wordsWithin(raw: string): string | undefined {
  const source = fromBytes(raw);
  const open: { name: string; from: number }[] = [];
  let words = "";
  let at = 0;
  for (let less = source.indexOf("<"); less >= 0; less = source.indexOf("<", at)) {
    if (less > at) words += decoded(source.slice(at, less));
    INLINE.lastIndex = less;
    const tag = INLINE.exec(source);
    if (!tag) return undefined;
    at = INLINE.lastIndex;
    if (tag[1] === "") {
      open.push({ name: tag[2]!, from: words.length });
      continue;
    }
    const opened = open.pop();
    if (!opened || opened.name !== tag[2]) return undefined;
    if (opened.name === "sup") words = words.slice(0, opened.from) + raised(words.slice(opened.from));
  }
  return open.length > 0 ? undefined : singleBlanks(words + decoded(source.slice(at)));
}

/** UTF-8 that was taken for Latin-1. */
export function fromBytes(text: string): string {
  return HIGH.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}

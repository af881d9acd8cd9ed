/** Bytes to text when the declared character set may be missing or wrong. */
import chardet from "chardet";
import { betweenTags } from "./html-text.ts";

const SAMPLE_BYTES = 64 * 1024;
/** A page's words may begin after much markup. */
const LOOKED_AT = 4 * SAMPLE_BYTES;
/** French or Polish have some 5 % letters outside of ASCII, Russian or Japanese nearly all. */
const FOREIGN_SHARE = 0.3;
/** A name or two in a text say nothing of its language. */
const FEW_LETTERS = 8;
/** Of 100. */
const LEAST_CONFIDENCE = 15;

/** Sets whose text is also valid UTF-8 byte for byte, or not to be told by it: the declaration decides. */
const NOT_BY_VALIDITY = /^(?:utf-?16|iso-2022|hz-gb)/i;

/**
 * A byte order mark wins; then valid UTF-8, whatever was declared (text of another set is practically never valid
 * UTF-8 by chance); then the declaration (`Content-Type`, then `<meta>` or XML prolog); then what its letters look like where most are not
 * ASCII (Shift JIS, Cyrillic, …) or plainly of another set (Polish, Turkish); then windows-1252, as browsers do.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const mark = byteOrderMark(bytes) ?? wideTextIn(bytes);
  if (mark) return new TextDecoder(mark).decode(bytes);
  const label = declared ?? declaredInside(bytes);
  // A declaration that can be read byte by byte is not itself in UTF-16, whatever it says.
  const isLie = /^utf-?16/i.test(label ?? "") && !bytes.subarray(0, 1024).includes(0);
  if (label && !isLie && NOT_BY_VALIDITY.test(label)) return decodeAs(label, bytes);
  if (!label && switchesSets(bytes)) return decodeAs("iso-2022-jp", bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the declaration, unless that is what it claimed.
    return decodeAs(label && !isLie && !/^utf-?8$/i.test(label) ? label : (likelySet(bytes) ?? "windows-1252"), bytes);
  }
}

/** The first bytes as a string of characters 0 to 255. */
export function byteString(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString("latin1");
}

/** UTF-16, by its mark, or without one by every second byte of its first letters being zero. */
export function wideTextIn(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const mark = byteOrderMark(bytes);
  if (mark) return mark === "utf-8" ? undefined : mark;
  const pairs = Math.min(64, bytes.length >> 1);
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) even += 1;
    if (bytes[2 * i + 1] === 0) odd += 1;
  }
  if (pairs < 4) return undefined;
  if (even === 0 && odd > 0.8 * pairs) return "utf-16le";
  return odd === 0 && even > 0.8 * pairs ? "utf-16be" : undefined;
}

/** `charset` of a Content-Type header. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType ?? "")?.[1];
}

function byteOrderMark(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** Japanese in seven bits: valid ASCII, were it not for what switches to the letters and back. */
function switchesSets(bytes: Uint8Array): boolean {
  // oxlint-disable-next-line no-control-regex -- escapes are how this set is written
  return /\u001b\$[@B](?:[!-~]{2})+\u001b\([BJ]/.test(byteString(bytes, LOOKED_AT));
}

function declaredInside(bytes: Uint8Array): string | undefined {
  const head = byteString(bytes, 1024);
  return /<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
}

/**
 * The set that the letters look like. The language that a page names chooses among what is possible; without it European
 * languages are told from windows-1252 only where that is clear.
 */
function likelySet(bytes: Uint8Array): string | undefined {
  const head = byteString(bytes, LOOKED_AT);
  const sample = Buffer.from(wordsOf(head).slice(0, SAMPLE_BYTES), "latin1");
  const letters = sample.filter((byte) => byte > 0x20);
  const foreign = letters.reduce((count, byte) => count + (byte >> 7), 0);
  if (foreign === 0) return undefined;
  const likely = chardet.analyse(sample).filter(({ name }) => canBe(name, sample));
  const language = /<html\b[^>]*?\blang\s*=\s*["']?([a-z]{2})\b/i.exec(head)?.[1]?.toLowerCase();
  const spoken = likely.find(({ lang, confidence }) => lang === language && confidence >= LEAST_CONFIDENCE / 2);
  const [best, next] = spoken ? [spoken] : likely;
  if (!best) return undefined;
  if (spoken) return best.name;
  if (foreign >= FOREIGN_SHARE * letters.length) return best.confidence >= LEAST_CONFIDENCE ? best.name : undefined;
  const isClear = foreign >= FEW_LETTERS && best.confidence >= 2 * (next?.confidence ?? 0);
  return isClear && best.confidence >= 2 * LEAST_CONFIDENCE ? best.name : undefined;
}

/** In pages of other alphabets most letters are markup's. */
function wordsOf(text: string): string {
  return /<[a-z!/?]/i.test(text) ? betweenTags(text) : text;
}

/** A guess of several bytes a letter is none where they do not fit together; the last letter may be cut. */
function canBe(name: string, sample: Uint8Array): boolean {
  if (/^(?:utf|iso-2022|ascii)/i.test(name)) return false;
  try {
    new TextDecoder(name, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Decodes as `label` says; as windows-1252 where there is no such set. */
function decodeAs(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Bytes to text when the declared character set may be missing or wrong. */
import chardet from "chardet";

const SAMPLE_BYTES = 64 * 1024;
/** French or Polish have some 5 % letters outside of ASCII, Russian or Japanese nearly all. */
const FOREIGN_SHARE = 0.3;
/** Of 100. */
const LEAST_CONFIDENCE = 30;

/** Sets whose text is also valid UTF-8 byte for byte, or not to be told by it: the declaration decides. */
const NOT_BY_VALIDITY = /^(?:utf-?16|iso-2022|hz-gb)/i;

/**
 * A byte order mark wins; then valid UTF-8, whatever was declared (text of another set is practically never valid
 * UTF-8 by chance); then the declaration (`Content-Type`, then `<meta>` or XML prolog); then what its letters look like where most are not
 * ASCII (Shift JIS, Cyrillic, …); then windows-1252, as browsers do.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const mark = byteOrderMark(bytes) ?? wideTextIn(bytes);
  if (mark) return new TextDecoder(mark).decode(bytes);
  const label = declared ?? declaredInside(bytes);
  // A declaration that can be read byte by byte is not itself in UTF-16, whatever it says.
  const isLie = /^utf-?16/i.test(label ?? "") && !bytes.subarray(0, 1024).includes(0);
  if (label && !isLie && NOT_BY_VALIDITY.test(label)) return decodeAs(label, bytes);
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

function declaredInside(bytes: Uint8Array): string | undefined {
  const head = byteString(bytes, 1024);
  return /<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
}

/** The set that the letters look like: asked only of texts in other alphabets, since European languages differ too little. */
function likelySet(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const foreign = sample.reduce((count, byte) => count + (byte >> 7), 0);
  if (foreign < FOREIGN_SHARE * sample.length) return undefined;
  const [best] = chardet.analyse(sample);
  return best && best.confidence >= LEAST_CONFIDENCE ? best.name : undefined;
}

/** Decodes as `label` says; as windows-1252 where there is no such set. */
function decodeAs(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

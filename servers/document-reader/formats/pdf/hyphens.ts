/** Words that the end of a line has broken: joined, unless the document writes them with a hyphen elsewhere. */
import { BROKEN } from "./blocks.ts";

const WORD = /\p{L}+(?:[-‐]\p{L}+)*/gu;
const BREAK = new RegExp(`(\\p{L}+)([-‐])${BROKEN}(\\p{L}+)`, "gu");
/** First parts that keep their hyphen in English where nothing else tells. */
const COMPOUND =
  /^(?:self|non|well|long|short|high|low|double|single|multi|cross|half|part|follow|placebo|dose|time|age|sex|evidence|population|hospital|patient|beta|alpha|gamma|anti|pre|post|co|re|intention|health|risk|life|drug|case|meta|open|two|three|four|five|six|first|second|third|large|small|mid|late|early|ex|in|x|t)$/i;
/** Of those, what is written as one word as often. */
const PREFIX = /^(?:non|multi|anti|pre|post|co|re|mid|in|ex|meta)$/i;

export class Hyphens {
  readonly #words = new Set<string>();

  /** @param texts of the whole document: what words and compounds it writes */
  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const [word] of text.replace(BREAK, " ").matchAll(WORD))
        this.#words.add(word.toLowerCase().replace("‐", "-"));
    }
  }

  mend(text: string): string {
    if (!text.includes(BROKEN)) return text;
    const mended = text.replace(BREAK, (_, left: string, hyphen: string, right: string) =>
      this.#isCompound(left.toLowerCase(), right.toLowerCase()) ? `${left}${hyphen}${right}` : `${left}${right}`,
    );
    return mended.replaceAll(BROKEN, "");
  }

  #isCompound(left: string, right: string): boolean {
    if (this.#words.has(left + right)) return false;
    if (this.#words.has(`${left}-${right}`)) return true;
    if (COMPOUND.test(left) && !PREFIX.test(left)) return true;
    return left.length > 3 && right.length > 3 && this.#words.has(left) && this.#words.has(right);
  }
}

/** The articles of a JATS file, one after the other, without ever holding a file of many; what is broken is told with its place. */
import { isUtf8 } from "node:buffer";
import { readBytes } from "../text.ts";

export type ArticlePart = { offset: number; text: string } | { offset: number; reason: string; torn?: true };

const OPEN = Buffer.from("<article");
const CLOSE = Buffer.from("</article>");
/** Of an article; the longest supplements come to some ten. */
const LONGEST = 256 << 20;

/** @throws Error that names the file where it is missing or holds no article */
export async function* readArticles(file: string): AsyncGenerator<ArticlePart> {
  const reader = new ArticleReader(file);
  try {
    for await (const chunk of readBytes(file)) yield* reader.take(chunk);
  } catch (error) {
    if (!reader.begun) throw error;
    // What came before the tear is whole: it counts, and the tear is told.
    yield { offset: reader.offset, reason: (error as Error).message, torn: true };
    return;
  }
  yield* reader.finish();
}

class ArticleReader {
  readonly #file: string;
  #pieces: Buffer[] = [];
  #held = 0;
  /** Of the first byte that is held. */
  #base = 0;
  begun = false;
  /** What closes the element around the articles, where there is one. */
  #end = "";

  constructor(file: string) {
    this.#file = file;
  }

  get offset(): number {
    return this.#base;
  }

  *take(chunk: Buffer): Generator<ArticlePart> {
    this.#pieces.push(chunk);
    this.#held += chunk.length;
    if (this.#held > LONGEST)
      throw new Error(`${this.#file}: an article at byte ${this.#base} does not end within ${LONGEST >> 20} MB`);
    // Joined only where something ends: an article that comes in a hundred pieces is not copied a hundred times.
    if (
      this.begun &&
      !Buffer.concat([...(this.#pieces.at(-2) ? [this.#pieces.at(-2)!.subarray(-CLOSE.length)] : []), chunk]).includes(
        CLOSE,
      )
    )
      return;
    yield* this.#articles();
  }

  *finish(): Generator<ArticlePart> {
    yield* this.#articles();
    const rest = Buffer.concat(this.#pieces);
    const open = openAt(rest, 0);
    const torn = this.#end !== "" && !rest.includes(this.#end);
    if (open >= 0)
      yield { offset: this.#base + open, reason: "an article that is not closed; download it again", torn: true };
    else if (torn)
      yield { offset: this.#base + rest.length, reason: "the file ends in the middle; download it again", torn: true };
    else if (!this.begun && rest.toString("utf8", 0, 60).trim() === "")
      throw new Error(`${this.#file}: is empty; download it again`);
    else if (!this.begun)
      throw new Error(`${this.#file}: is no JATS XML (it begins with ${JSON.stringify(rest.toString("utf8", 0, 60))})`);
  }

  *#articles(): Generator<ArticlePart> {
    const buffer = Buffer.concat(this.#pieces);
    let at = 0;
    for (;;) {
      const open = openAt(buffer, at);
      if (open < 0) break;
      if (!this.begun) this.#checkProlog(buffer.toString("utf8", 0, open));
      this.begun = true;
      const close = buffer.indexOf(CLOSE, open);
      const next = openAt(buffer, open + 1);
      at = open;
      if (close < 0) break;
      if (next >= 0 && next < close) {
        yield { offset: this.#base + open, reason: "an article that is not closed" };
        at = next;
        continue;
      }
      const bytes = buffer.subarray(open, close + CLOSE.length);
      const offset = this.#base + open;
      at = close + CLOSE.length;
      yield isUtf8(bytes)
        ? { offset, text: bytes.toString("utf8") }
        : { offset, reason: "an article that is not UTF-8" };
    }
    this.#pieces = [buffer.subarray(at)];
    this.#held = buffer.length - at;
    this.#base += at;
  }

  #checkProlog(prolog: string): void {
    if (/<!ENTITY/i.test(prolog)) throw new Error(`${this.#file}: declares entities of its own, which are never read`);
    const encoding = /<\?xml[^>]*encoding=["']([^"']+)/.exec(prolog)?.[1];
    if (encoding && !/^(?:utf-?8|us-ascii)$/i.test(encoding))
      throw new Error(`${this.#file}: is in ${encoding}, not in UTF-8`);
    const around = [...prolog.replaceAll(/<!--[\s\S]*?-->/g, "").matchAll(/<([\w:.-]+)[^>]*>/g)].at(-1)?.[1];
    this.#end = around ? `</${around}` : "";
    if (/<html[\s>]/i.test(prolog)) throw new Error(`${this.#file}: is a web page, not JATS XML; download it again`);
  }
}

/** Where an article begins, at or after `from`: its name whole, not `<article-meta>`. */
function openAt(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(OPEN, from); at >= 0; at = buffer.indexOf(OPEN, at + 1)) {
    const after = buffer[at + OPEN.length];
    if (after !== undefined && (after <= 32 || after === 62)) return at;
  }
  return -1;
}

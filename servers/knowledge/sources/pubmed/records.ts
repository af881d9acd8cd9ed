/**
 * The records of a PubMed file, one after the other, without ever holding the file: baseline and update files of 30,000
 * citations, and efetch answers. What is broken is told with its place, and reading goes on at the next record.
 */
import { isUtf8 } from "node:buffer";
import type { KnowledgeRecord } from "../../../../schemas/index.ts";
import { readBlocks } from "../text.ts";
import { ARTICLE, standsAt } from "./names.ts";

/** One element below the root. */
export interface RawRecord {
  name: string;
  /** Of its first byte in the file, unpacked. */
  offset: number;
  /** UTF-8; good until the next records are asked for. */
  bytes: Buffer;
}

/** What a regular record says, read where it lies. */
export interface ReadRecord {
  records: KnowledgeRecord[];
}

export interface BrokenRecord {
  offset: number;
  reason: string;
  /** The file ends here, before its end. */
  torn?: true;
}

type Part = RawRecord | ReadRecord | BrokenRecord;

/** Tried first on each article. */
export interface QuickReader {
  /**
   * @param bytes sound UTF-8. @param from where the article begins. @param limit where a later one begins
   * @returns what it says; undefined where it has to be looked at more closely
   */
  read(bytes: Buffer, from: number, limit: number): KnowledgeRecord[] | undefined;
  /** Where the one that was read ended. */
  readonly end: number;
}

const ROOT = "PubmedArticleSet";
/** Where reading can go on after something broken. */
const BEGINNING = /<(?:PubmedArticle|PubmedBookArticle|DeleteCitation)>/g;
const BEGINNINGS = ["<PubmedArticle>", "<PubmedBookArticle>", "<DeleteCitation>"].map((tag) => Buffer.from(tag));
/** No citation comes near. */
const LONGEST = 32 << 20;
const [TAB, RETURN, SPACE, LESS] = [9, 13, 32, 60];
/** Bytes at first; more where a record is longer. */
const MEMORY = 4 << 20;

/**
 * Many at a time.
 * @throws Error that names the file where it is missing or holds something else than PubMed's records
 */
export async function* readRecords(file: string, quick: QuickReader): AsyncGenerator<Part[]> {
  const reader = new RecordReader(file, quick);
  try {
    for await (const chunk of readBlocks(file)) yield [...reader.take(chunk)];
  } catch (error) {
    // What came before the tear is whole: it counts, and the tear is told.
    if (!reader.rooted) throw error;
    yield [{ offset: reader.offset, reason: (error as Error).message, torn: true }];
    return;
  }
  yield [...reader.finish()];
}

/** Where in the text of a record another one begins, which it has swallowed because it has no end; -1 where none does. */
export function nextBeginning(text: string): number {
  BEGINNING.lastIndex = 1;
  return BEGINNING.exec(text)?.index ?? -1;
}

class RecordReader {
  readonly #file: string;
  readonly #quick: QuickReader;
  /** What is read and not yet given out, in `#memory`, which is used again and again. */
  #buffer: Buffer = Buffer.alloc(0);
  #memory: Buffer = Buffer.allocUnsafeSlow(MEMORY);
  /** Of the buffer's first byte. */
  #base = 0;
  #at = 0;
  rooted = false;
  #ended = false;

  constructor(file: string, quick: QuickReader) {
    this.#file = file;
    this.#quick = quick;
  }

  get offset(): number {
    return this.#base + this.#at;
  }

  *take(chunk: Buffer): Generator<Part> {
    this.#base += this.#at;
    const rest = this.#buffer.subarray(this.#at);
    const length = rest.length + chunk.length;
    if (length > this.#memory.length) {
      const more = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#memory.length));
      more.set(rest);
      this.#memory = more;
    } else {
      this.#memory.set(rest);
    }
    this.#memory.set(chunk, rest.length);
    this.#buffer = this.#memory.subarray(0, length);
    this.#at = 0;
    if (!this.rooted) this.#findRoot(false);
    if (this.rooted) yield* this.#records();
  }

  *finish(): Generator<Part> {
    if (!this.rooted) this.#findRoot(true);
    // A record without an end hides those after it.
    while (!this.#ended) {
      const next = this.#nextRecord(this.#at + 1, this.#buffer.length);
      if (next < 0) break;
      yield { offset: this.offset, reason: `is not closed (${this.#pmidHere(next)})` };
      this.#at = next;
      yield* this.#records();
    }
    if (!this.#ended)
      yield { offset: this.offset, reason: "the file ends in the middle; download it again", torn: true };
  }

  /** Past prolog and document type; @throws Error where the root is another */
  #findRoot(whole: boolean): void {
    const marked = this.#buffer.toString("utf8", 0, 1 << 16);
    const text = marked.replace(/^\u{feff}/u, "");
    if (/<!ENTITY/i.test(text.slice(0, Math.max(0, text.indexOf(`<${ROOT}`))) || text)) {
      throw new Error(`${this.#file}: declares entities of its own, which PubMed's files never do; it is not read`);
    }
    const prolog = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>)*/.exec(text)![0];
    const root = /^<([^\s<>/!?]+)[^>]*>/.exec(text.slice(prolog.length));
    if (!root) {
      if (!whole && this.#buffer.length < 1 << 16 && /^\s*(?:<|$)/.test(text)) return;
      if (text.trim() === "") throw new Error(`${this.#file}: is empty; download it again`);
      throw new Error(`${this.#file}: is no PubMed XML (it begins with ${JSON.stringify(text.slice(0, 40))})`);
    }
    if (root[1] !== ROOT) {
      throw new Error(
        `${this.#file}: is no PubMed XML (a ${ROOT} is expected, this is a ${root[1]!.slice(0, 60)}${isJats(root[1]!) ? ": import it as jats" : ""})`,
      );
    }
    const encoding = /encoding=["']([^"']+)/.exec(prolog)?.[1];
    if (encoding && !/^utf-?8$/i.test(encoding)) throw new Error(`${this.#file}: is in ${encoding}, not in UTF-8`);
    this.rooted = true;
    this.#ended = root[0].endsWith("/>");
    this.#at = Buffer.byteLength(marked.slice(0, marked.length - text.length) + prolog + root[0]);
  }

  *#records(): Generator<Part> {
    const quickly = this.#quickly();
    while (!this.#ended) {
      const records = quickly();
      if (records) {
        yield { records };
        continue;
      }
      const start = this.#buffer.indexOf(LESS, this.#at);
      const between = this.#buffer.toString("latin1", this.#at, start < 0 ? undefined : start).trim();
      if (between !== "") yield { offset: this.offset, reason: `text between records: ${between.slice(0, 60)}` };
      if (start < 0) {
        this.#at = this.#buffer.length;
        return;
      }
      this.#at = start;
      const head = this.#buffer.toString("latin1", start, start + 40);
      if (head.startsWith(`</${ROOT}`)) {
        this.#ended = true;
      } else if (/^<(?:!--|\?)/.test(head)) {
        if (!this.#skipTo(head.startsWith("<?") ? "?>" : "-->")) return;
      } else {
        const name = /^<([\w]+)(?=[\s>/])/.exec(head)?.[1];
        if (!name && head.length < 40) return;
        const broken = name ? yield* this.#record(name, start) : yield* this.#resync("is no record");
        if (broken === "more") return;
      }
    }
  }

  /** What reads the article that comes next, if another one begins behind it and all is as it should be up to there. */
  #quickly(): () => KnowledgeRecord[] | undefined {
    const buffer = this.#buffer;
    const last = buffer.lastIndexOf(ARTICLE);
    // Where something is not sound, the record that it is in has to be found.
    const isSound = last > this.#at && isUtf8(buffer.subarray(this.#at, last));
    return () => {
      const start = firstOf(buffer, this.#at);
      if (!isSound || start >= last || !standsAt(buffer, start, ARTICLE)) return undefined;
      const records = this.#quick.read(buffer, start, last);
      if (records) this.#at = this.#quick.end;
      return records;
    };
  }

  *#record(name: string, start: number): Generator<Part, "more" | "done"> {
    const open = this.#buffer.indexOf(">", start);
    if (open < 0) return this.#wait();
    const close = `</${name}>`;
    const selfClosed = this.#buffer[open - 1] === 47;
    const closed = selfClosed ? open : this.#buffer.indexOf(close, open);
    const end = selfClosed ? open + 1 : closed + close.length;
    if (closed < 0) return this.#wait();
    const bytes = this.#buffer.subarray(start, end);
    const offset = this.#base + start;
    this.#at = end;
    if (!isUtf8(bytes)) yield { offset, reason: `a ${name} that is not UTF-8` };
    else yield { name, offset, bytes };
    return "done";
  }

  /** Tells what stands here and goes on where the next record begins. */
  *#resync(reason: string): Generator<BrokenRecord, "more" | "done"> {
    const end = this.#buffer.indexOf(`</${ROOT}>`, this.#at);
    const next = this.#nextRecord(this.#at + 1, this.#buffer.length);
    if (next < 0 && end < 0) return this.#wait();
    yield { offset: this.offset, reason: `${reason} (${this.#pmidHere(next)})` };
    this.#at = next < 0 ? end : next;
    return "done";
  }

  #pmidHere(until: number): string {
    const text = this.#buffer.toString("latin1", this.#at, until < 0 ? this.#at + 2000 : until);
    const pmid = /<PMID[^>]*>(\d+)/.exec(text)?.[1];
    return pmid ? `PMID ${pmid}` : text.slice(0, 40).trim();
  }

  #nextRecord(from: number, to: number): number {
    const within = this.#buffer.subarray(from, to);
    const found = BEGINNINGS.map((tag) => within.indexOf(tag)).filter((at) => at >= 0);
    return found.length > 0 ? from + Math.min(...found) : -1;
  }

  #skipTo(end: string): boolean {
    const at = this.#buffer.indexOf(end, this.#at);
    if (at < 0) return false;
    this.#at = at + end.length;
    return true;
  }

  #wait(): "more" {
    if (this.#buffer.length - this.#at > LONGEST) {
      throw new Error(`${this.#file}: a record at byte ${this.offset} does not end within ${LONGEST >> 20} MB`);
    }
    return "more";
  }
}

/** The first byte from here on that is no blank. */
function firstOf(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || (bytes[at]! >= TAB && bytes[at]! <= RETURN)) at++;
  return at;
}

/** Full texts, as PMC gives them. */
function isJats(root: string): boolean {
  return /^(?:pmc-articleset|article)$/.test(root);
}

/**
 * JSON files of any size, an element at a time: the members of one named list (`results` of openFDA, `studies` of
 * ClinicalTrials.gov) or of a list that is the whole file, and then what stands around them. One value a line is read too.
 */
import { isUtf8 } from "node:buffer";
import { readBytes } from "../text.ts";

export type JsonPart =
  /** A member of the list. */
  | { kind: "member"; offset: number; value: unknown }
  /** A whole value of the file, its list emptied. */
  | { kind: "rest"; offset: number; value: unknown }
  | { kind: "broken"; offset: number; reason: string; torn?: true };

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * @param list the name, on the first level, of the list
 * @param bytes of the file where they are not to be read from its path
 * @throws Error that names the file where it is missing or no JSON at all
 */
export async function* readJsonParts(
  file: string,
  list: string,
  bytes: AsyncIterable<Buffer> = readBytes(file),
): AsyncGenerator<JsonPart> {
  const splitter = new Splitter(list);
  try {
    for await (const chunk of bytes) {
      const parts = splitter.take(chunk);
      if (splitter.refused) throw new Error(`${file}: is no JSON (it begins with ${JSON.stringify(splitter.refused)})`);
      yield* parts;
    }
  } catch (error) {
    // What came before the tear is whole: it counts, and the tear is told.
    if (!splitter.begun || splitter.refused) throw error;
    yield { kind: "broken", offset: splitter.offset, reason: (error as Error).message, torn: true };
    return;
  }
  if (!splitter.begun) throw new Error(`${file}: is empty`);
  if (splitter.open) {
    yield {
      kind: "broken",
      offset: splitter.offset,
      reason: "the file ends in the middle; download it again",
      torn: true,
    };
  }
}

class Splitter {
  readonly #list: string;
  #depth = 0;
  /** Of the members of the list that is read; 0 outside. */
  #membersAt = 0;
  #inString = false;
  #escaped = false;
  #key: string | undefined;
  #string: Buffer[] = [];
  #pieces: Buffer[] = [];
  #rest: Buffer[] = [];
  #start = 0;
  #restStart = 0;
  #parts: JsonPart[] = [];
  begun = false;
  refused: string | undefined;
  offset = 0;

  constructor(list: string) {
    this.#list = list;
  }

  get open(): boolean {
    return this.#depth > 0;
  }

  take(chunk: Buffer): JsonPart[] {
    this.#parts = [];
    // Where the bytes begin that are being kept; a string on the first level is kept besides, as the name of a list.
    let from = 0;
    let stringFrom = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#depth === 1) this.#string.push(chunk.subarray(stringFrom, i));
        }
        continue;
      }
      if (byte <= 32) continue;
      if (this.#depth === 0) {
        if (byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
        if (byte !== OPEN_OBJECT && byte !== OPEN_LIST) {
          this.#refuse(chunk, i);
          if (this.refused) return [];
          continue;
        }
        this.begun = true;
        this.#depth = 1;
        this.#restStart = this.offset + i;
        this.#key = undefined;
        this.#rest = [];
        from = i;
        if (byte === OPEN_LIST) from = this.#enter(chunk, from, i);
        continue;
      }
      if (this.#membersAt === this.#depth && (byte === COMMA || byte === CLOSE_LIST)) {
        this.#pieces.push(chunk.subarray(from, i));
        this.#member();
        from = i + 1;
        this.#start = this.offset + from;
        if (byte === COMMA) continue;
        this.#membersAt = 0;
        from = i;
      }
      if (byte === QUOTE) {
        this.#inString = true;
        stringFrom = i + 1;
        if (this.#depth === 1) this.#string = [];
      } else if (byte === COLON && this.#depth === 1) {
        this.#key = Buffer.concat(this.#string).toString("utf8");
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth++;
        if (byte === OPEN_LIST && this.#depth === 2 && this.#membersAt === 0 && this.#key === this.#list) {
          from = this.#enter(chunk, from, i);
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (--this.#depth > 0) continue;
        this.#rest.push(chunk.subarray(from, i + 1));
        this.#value("rest", this.#rest, this.#restStart);
        this.#rest = [];
        from = i + 1;
      }
    }
    if (this.#inString && this.#depth === 1) this.#string.push(chunk.subarray(stringFrom));
    if (this.#membersAt > 0) this.#pieces.push(chunk.subarray(from));
    else if (this.#depth > 0) this.#rest.push(chunk.subarray(from));
    this.offset += chunk.length;
    return this.#parts;
  }

  /** The list begins at `i`: what was kept up to here is of the rest. @returns where its first member begins */
  #enter(chunk: Buffer, from: number, i: number): number {
    this.#rest.push(chunk.subarray(from, i + 1));
    this.#membersAt = this.#depth;
    this.#pieces = [];
    this.#start = this.offset + i + 1;
    return i + 1;
  }

  #member(): void {
    const pieces = this.#pieces;
    this.#pieces = [];
    if (pieces.some((piece) => piece.toString("latin1").trim() !== "")) this.#value("member", pieces, this.#start);
  }

  #value(kind: "member" | "rest", pieces: readonly Buffer[], offset: number): void {
    const bytes = Buffer.concat(pieces);
    try {
      if (!isUtf8(bytes)) throw new Error("it is not UTF-8");
      this.#parts.push({ kind, offset, value: JSON.parse(bytes.toString("utf8")) });
    } catch (error) {
      this.#parts.push({ kind: "broken", offset, reason: `not JSON (${(error as Error).message})` });
    }
  }

  #refuse(chunk: Buffer, i: number): void {
    const text = chunk.toString("utf8", i, i + 40);
    if (this.begun)
      this.#parts.push({ kind: "broken", offset: this.offset + i, reason: `not JSON: ${text.slice(0, 20)}` });
    else this.refused = text;
  }
}

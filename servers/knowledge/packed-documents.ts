/** A batch of documents as bytes: what is stored of each, so that a large import leaves no objects behind and goes to another thread uncopied. */
import type { Document, Integrity } from "../../schemas/index.ts";
import { keysOf } from "./identifiers.ts";
import type { Written } from "./written-document.ts";

export interface PackedDocuments {
  ids: string[];
  /** When the source last changed it; "" where it does not say. */
  revised: string[];
  /** How many keys each has. */
  keyCounts: number[];
  keys: string[];
  integrity: (Integrity | undefined)[];
  /** The stored JSON of all, one after the other, in UTF-8. */
  bodies: Uint8Array;
  /** Where each ends. */
  ends: number[];
  /** Ids that the source has withdrawn, and when. */
  removed: { id: string; revised: string }[];
  notices: { document: string; integrity: Integrity }[];
}

/** Bytes at first. */
const ROOM = 1 << 16;
/** Of UTF-8 for each character of a string, at most. */
const WIDEST = 3;

/** Of several things that are said of one document in a batch, the last counts. */
export class DocumentPacker {
  #bodies: Buffer;
  #end = 0;
  #count = 0;
  #ids: string[] = [];
  #revised: string[] = [];
  #keys: string[][] = [];
  #integrity: (Integrity | undefined)[] = [];
  #starts: number[] = [];
  #ends: number[] = [];
  readonly #places = new Map<string, number>();
  readonly #removed = new Map<string, string>();
  readonly #notices: PackedDocuments["notices"] = [];

  /** @param room bytes that are expected; more where it takes more */
  constructor(room = ROOM) {
    this.#bodies = Buffer.allocUnsafeSlow(room);
  }

  /** Documents, removals and notices. */
  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#end;
  }

  add(document: Document, revised = ""): void {
    const start = this.#end;
    this.#write(JSON.stringify(document));
    this.#place(start, document.id, revised, keysOf(document), document.integrity);
  }

  addWritten({ id, revised = "", keys, integrity, bytes, start, end }: Written): void {
    const from = this.#end;
    this.#makeRoom(end - start);
    this.#bodies.set(bytes.subarray(start, end), from);
    this.#end += end - start;
    this.#place(from, id, revised, keys, integrity);
  }

  #place(start: number, id: string, revised: string, keys: string[], integrity: Integrity | undefined): void {
    this.#count++;
    if (this.#removed.size > 0) this.#removed.delete(id);
    const place = this.#places.get(id) ?? this.#ids.length;
    this.#places.set(id, place);
    this.#ids[place] = id;
    this.#revised[place] = revised;
    this.#keys[place] = keys;
    this.#integrity[place] = integrity;
    this.#starts[place] = start;
    this.#ends[place] = this.#end;
  }

  remove(id: string, revised = ""): void {
    this.#count++;
    this.#removed.set(id, revised);
  }

  notice(notice: PackedDocuments["notices"][number]): void {
    this.#count++;
    this.#notices.push(notice);
  }

  finish(): PackedDocuments {
    const places = this.#ids.flatMap((id, place) => (this.#removed.has(id) ? [] : [place]));
    const isWhole =
      places.length === this.#ids.length && this.#starts.every((start, i) => start === (this.#ends[i - 1] ?? 0));
    const bodies = isWhole
      ? this.#bodies.subarray(0, this.#end)
      : Buffer.concat(places.map((place) => this.#bodies.subarray(this.#starts[place], this.#ends[place])));
    let end = 0;
    return {
      ids: places.map((place) => this.#ids[place]!),
      revised: places.map((place) => this.#revised[place]!),
      keyCounts: places.map((place) => this.#keys[place]!.length),
      keys: places.flatMap((place) => this.#keys[place]!),
      integrity: places.map((place) => this.#integrity[place]),
      bodies,
      ends: places.map((place) => (end += this.#ends[place]! - this.#starts[place]!)),
      removed: [...this.#removed].map(([id, revised]) => ({ id, revised })),
      notices: this.#notices,
    };
  }

  #write(text: string): void {
    this.#makeRoom(text.length * WIDEST);
    this.#end += this.#bodies.write(text, this.#end);
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bodies.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bodies.length));
    more.set(this.#bodies.subarray(0, this.#end));
    this.#bodies = more;
  }
}

export function packDocuments(documents: readonly Document[]): PackedDocuments {
  const packer = new DocumentPacker();
  for (const document of documents) packer.add(document);
  return packer.finish();
}

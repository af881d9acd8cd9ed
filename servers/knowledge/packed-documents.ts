/** A batch of documents as bytes: what is stored of each, so that a large import leaves no objects behind and goes to another thread uncopied. */
import type { Document, Integrity } from "../../schemas/index.ts";
import { keysOf } from "./identifiers.ts";
import type { DocumentFacts, WrittenDocument } from "./written-document.ts";

export interface PackedDocuments {
  ids: string[];
  /** When the source last changed it; "" where it does not say. */
  revised: string[];
  /** How many keys each has. */
  keyCounts: number[];
  keys: string[];
  /** Of those that have them, by their places among the ids. */
  integrity: Map<number, Integrity>;
  related: Map<number, NonNullable<Document["related"]>>;
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
  #memory: Buffer;
  /** Of what is used of the memory. */
  #end = 0;
  #count = 0;
  readonly #documents: DocumentFacts[] = [];
  /** Where the body of each begins and ends. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #places = new Map<string, number>();
  readonly #removed = new Map<string, string>();
  readonly #notices: PackedDocuments["notices"] = [];

  /** @param room bytes that are expected; more where it takes more */
  constructor(room = ROOM) {
    this.#memory = Buffer.allocUnsafeSlow(room);
  }

  /** Documents, removals and notices. */
  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#end;
  }

  add(document: Document, revised?: string): void {
    const { id, integrity, related } = document;
    const body = JSON.stringify(document);
    this.#makeRoom(body.length * WIDEST);
    const length = this.#memory.write(body, this.#end);
    this.#place({ id, revised, keys: keysOf(document), integrity, related }, length);
  }

  addWritten({ facts, bytes, start, end }: WrittenDocument): void {
    this.#makeRoom(end - start);
    bytes.copy(this.#memory, this.#end, start, end);
    this.#place(facts, end - start);
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
    const removed = [...this.#removed].map(([id, revised]) => ({ id, revised }));
    const documents =
      removed.length === 0 ? this.#documents : this.#documents.filter(({ id }) => !this.#removed.has(id));
    return { ...packed(documents), ...this.#bodies(documents), removed, notices: this.#notices };
  }

  /** Those of some documents: as they lie, where these are all and nothing lies between them. */
  #bodies(documents: readonly DocumentFacts[]): Pick<PackedDocuments, "bodies" | "ends"> {
    const [starts, ends] = [this.#starts, this.#ends];
    const isWhole = documents === this.#documents && follow(starts, ends);
    if (isWhole) return { bodies: this.#memory.subarray(0, this.#end), ends };
    const places = documents.map(({ id }) => this.#places.get(id)!);
    const bodies = Buffer.concat(places.map((place) => this.#memory.subarray(starts[place], ends[place])));
    let end = 0;
    return { bodies, ends: places.map((place) => (end += ends[place]! - starts[place]!)) };
  }

  /** @param length of the body, which lies behind what is used of the memory */
  #place(facts: DocumentFacts, length: number): void {
    this.#count++;
    if (this.#removed.size > 0) this.#removed.delete(facts.id);
    const place = this.#places.get(facts.id) ?? this.#documents.length;
    if (place === this.#documents.length) this.#places.set(facts.id, place);
    this.#documents[place] = facts;
    this.#starts[place] = this.#end;
    this.#end += length;
    this.#ends[place] = this.#end;
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#memory.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#memory.length));
    more.set(this.#memory.subarray(0, this.#end));
    this.#memory = more;
  }
}

/** Whether each begins where the one before ends. */
function follow(starts: readonly number[], ends: readonly number[]): boolean {
  for (let i = 0; i < starts.length; i++) if (starts[i] !== (i === 0 ? 0 : ends[i - 1])) return false;
  return true;
}

function packed(documents: readonly DocumentFacts[]): Omit<PackedDocuments, "bodies" | "ends" | "removed" | "notices"> {
  const [ids, revised, keyCounts, keys]: [string[], string[], number[], string[]] = [[], [], [], []];
  const integrity: PackedDocuments["integrity"] = new Map();
  const related: PackedDocuments["related"] = new Map();
  for (let place = 0; place < documents.length; place++) {
    const facts = documents[place]!;
    ids.push(facts.id);
    revised.push(facts.revised ?? "");
    keyCounts.push(facts.keys.length);
    for (const key of facts.keys) keys.push(key);
    if (facts.integrity) integrity.set(place, facts.integrity);
    if (facts.related) related.set(place, facts.related);
  }
  return { ids, revised, keyCounts, keys, integrity, related };
}

export function packDocuments(documents: readonly Document[]): PackedDocuments {
  const packer = new DocumentPacker();
  for (const document of documents) packer.add(document);
  return packer.finish();
}

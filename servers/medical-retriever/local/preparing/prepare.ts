/** Stored documents made ready for the index: records, search terms and counts, as arrays that travel between threads without a copy. */
import type { Document } from "../../../../schemas/index.ts";
import type { DocumentRow } from "../../../knowledge/index.ts";
import { kindOf } from "../../kinds.ts";
import { monthOf } from "../months.ts";
import { encodeHead, joinTerms } from "../records/records.ts";
import { termsOf } from "../rows.ts";

export interface Prepared {
  /** Of the store, ascending. */
  rows: Int32Array;
  /** As `Records` keeps them, one after another, with the bytes of each. */
  records: Uint8Array;
  lengths: Uint32Array;
  /** Months of publication as `monthOf` has them. */
  months: Int32Array;
  kinds: string[];
  /** Terms joined by spaces, with a bar between title and text, UTF-8, one document after another; `termEnds[i]` is where document i ends. */
  terms: Uint8Array;
  termEnds: Int32Array;
  counts: Counts;
}

/** What a part of the collection adds to its statistics. */
export interface Counts {
  documents: number;
  titleTerms: number;
  bodyTerms: number;
  /** Latest date of publication; empty where there is none. */
  newest: string;
  /** Terms joined by line ends, and in how many of the documents each occurs. */
  terms: string;
  frequencies: Uint32Array;
}

const encoder = new TextEncoder();

export function prepare(documents: Iterable<DocumentRow>): Prepared {
  const rows: number[] = [];
  const kinds: string[] = [];
  const months: number[] = [];
  const records = new Bytes();
  const terms = new Bytes();
  const lengths: number[] = [];
  const termEnds: number[] = [];
  const counter = new TermCounter();
  const kinder = rememberedKinds();
  for (const { row, body } of documents) {
    const document = JSON.parse(body) as Document;
    const { published = "", integrity = "ok", impact } = document;
    const termed = termsOf(document);
    const kind = kinder(document);
    rows.push(row);
    kinds.push(kind);
    months.push(monthOf(published));
    const head = { id: document.id, published, kind, integrity, ...(impact ? { impact } : {}) };
    const begin = records.add(encodeHead(head));
    const joined = records.add(joinTerms(termed));
    lengths.push(records.length - begin);
    terms.copy(records, joined);
    termEnds.push(terms.length);
    counter.add(termed.title, termed.body, published);
  }
  return {
    rows: Int32Array.from(rows),
    records: records.taken(),
    lengths: Uint32Array.from(lengths),
    months: Int32Array.from(months),
    kinds,
    terms: terms.taken(),
    termEnds: Int32Array.from(termEnds),
    counts: counter.counts(),
  };
}

/** `kindOf` by the types alone, where nothing else decides: the same few lists of types come again and again. */
function rememberedKinds(): typeof kindOf {
  const known = new Map<string, ReturnType<typeof kindOf>>();
  return (document) => {
    const { id, publicationTypes = [] } = document;
    const prefix = id.slice(0, id.indexOf(":"));
    // What a trial is depends on its sections as well.
    if (prefix === "NCT") return kindOf(document);
    const key = [prefix, ...publicationTypes].join("\n");
    let kind = known.get(key);
    if (kind === undefined) known.set(key, (kind = kindOf(document)));
    return kind;
  };
}

/** Its arrays, to be handed over. */
export function transferable({ rows, records, lengths, months, terms, termEnds, counts }: Prepared): ArrayBuffer[] {
  return [rows, records, lengths, months, terms, termEnds, counts.frequencies].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

/** Counts while documents pass by. */
export class TermCounter {
  /** Terms by number, in order of first sight. */
  readonly #numbers = new Map<string, number>();
  #counted = new Uint32Array(1 << 16);
  /** The last document that had the term. */
  #last = new Uint32Array(1 << 16);
  #documents = 0;
  #titleTerms = 0;
  #bodyTerms = 0;
  #newest = "";

  add(title: readonly string[], body: readonly string[], published: string): void {
    this.#documents += 1;
    this.#titleTerms += title.length;
    this.#bodyTerms += body.length;
    if (published > this.#newest) this.#newest = published;
    this.#count(title);
    this.#count(body);
  }

  counts(): Counts {
    return {
      documents: this.#documents,
      titleTerms: this.#titleTerms,
      bodyTerms: this.#bodyTerms,
      newest: this.#newest,
      terms: [...this.#numbers.keys()].join("\n"),
      frequencies: this.#counted.slice(0, this.#numbers.size),
    };
  }

  #count(terms: readonly string[]): void {
    const numbers = this.#numbers;
    for (const term of terms) {
      let number = numbers.get(term);
      if (number === undefined) {
        numbers.set(term, (number = numbers.size));
        if (number === this.#last.length) this.#grow();
      }
      if (this.#last[number] === this.#documents) continue;
      this.#last[number] = this.#documents;
      this.#counted[number]! += 1;
    }
  }

  #grow(): void {
    const [counted, last] = [this.#counted, this.#last];
    this.#counted = new Uint32Array(2 * counted.length);
    this.#counted.set(counted);
    this.#last = new Uint32Array(2 * last.length);
    this.#last.set(last);
  }
}

/** Texts in one growing buffer. */
class Bytes {
  length = 0;
  #bytes = new Uint8Array(1 << 20);

  /** @returns where the text begins */
  add(text: string): number {
    const begin = this.length;
    // A UTF-16 unit is three bytes of UTF-8 at most.
    this.#makeRoom(text.length * 3);
    this.length += encoder.encodeInto(text, this.#bytes.subarray(begin)).written;
    return begin;
  }

  /** Adds what another has from some place on. */
  copy(other: Bytes, from: number): void {
    this.#makeRoom(other.length - from);
    this.#bytes.set(other.#bytes.subarray(from, other.length), this.length);
    this.length += other.length - from;
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #makeRoom(bytes: number): void {
    const most = this.length + bytes;
    if (most <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(most, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

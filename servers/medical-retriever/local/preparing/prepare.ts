/** Stored documents made ready for the index: records, search terms and counts, as arrays that travel between threads without a copy. */
import type { Document } from "../../../../schemas/index.ts";
import type { DocumentRow } from "../../../knowledge/index.ts";
import { kindOf } from "../../kinds.ts";
import { monthOf } from "../months.ts";
import { encodeRecord } from "../records/records.ts";
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
  /** Terms of title and text joined by spaces, UTF-8, one document after another; `termEnds[i]` is where document i ends. */
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
  for (const { row, body } of documents) {
    const document = JSON.parse(body) as Document;
    const { published = "", integrity = "ok", impact } = document;
    const termed = termsOf(document);
    const kind = kindOf(document);
    rows.push(row);
    kinds.push(kind);
    months.push(monthOf(published));
    const head = { id: document.id, published, kind, integrity, ...(impact ? { impact } : {}) };
    lengths.push(records.add(encodeRecord(head, termed)));
    terms.add(`${termed.title.join(" ")} ${termed.body.join(" ")}`);
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

/** Its arrays, to be handed over. */
export function transferable({ rows, records, lengths, months, terms, termEnds, counts }: Prepared): ArrayBuffer[] {
  return [rows, records, lengths, months, terms, termEnds, counts.frequencies].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

/** Counts while documents pass by. */
export class TermCounter {
  readonly #seen = new Map<string, { documents: number; last: number }>();
  #documents = 0;
  #titleTerms = 0;
  #bodyTerms = 0;
  #newest = "";

  add(title: readonly string[], body: readonly string[], published: string): void {
    this.#documents += 1;
    this.#titleTerms += title.length;
    this.#bodyTerms += body.length;
    if (published > this.#newest) this.#newest = published;
    for (const term of title) this.#count(term);
    for (const term of body) this.#count(term);
  }

  counts(): Counts {
    return {
      documents: this.#documents,
      titleTerms: this.#titleTerms,
      bodyTerms: this.#bodyTerms,
      newest: this.#newest,
      terms: [...this.#seen.keys()].join("\n"),
      frequencies: Uint32Array.from(this.#seen.values(), ({ documents }) => documents),
    };
  }

  #count(term: string): void {
    const seen = this.#seen.get(term);
    if (!seen) {
      this.#seen.set(term, { documents: 1, last: this.#documents });
    } else if (seen.last !== this.#documents) {
      seen.last = this.#documents;
      seen.documents += 1;
    }
  }
}

/** Texts in one growing buffer. */
class Bytes {
  length = 0;
  #bytes = new Uint8Array(1 << 20);

  /** @returns how many bytes the text took */
  add(text: string): number {
    // A UTF-16 unit is three bytes of UTF-8 at most.
    const most = this.length + text.length * 3;
    if (most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(most, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.length));
    this.length += written;
    return written;
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

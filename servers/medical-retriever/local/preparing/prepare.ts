/** Stored documents made ready for the index: records, search terms and counts, as arrays that travel between threads without a copy. */
import type { Document } from "../../../../schemas/index.ts";
import type { DocumentRow, DocumentStore } from "../../../knowledge/index.ts";
import { kindOf } from "../../kinds.ts";
import { monthOf } from "../months.ts";
import type { UsualLengths } from "../postings/impact.ts";
import { Inverter, type Run } from "../postings/inverter.ts";
import { windowOf } from "../postings/window.ts";
import { encodeHead } from "../records/records.ts";
import { scanDocument } from "../rows.ts";
import { BAR } from "../term-counter.ts";
import { Bytes } from "./bytes.ts";

export interface Prepared {
  /** Of the store, ascending, all of one window. */
  rows: Int32Array;
  /** As `Records` keeps them, one after another, with the bytes of each. */
  records: Uint8Array;
  lengths: Uint32Array;
  /** Where in `records` the terms of each begin: joined by spaces, with a bar between title and text, UTF-8. */
  termsAt: Uint32Array;
  /** Months of publication as `monthOf` has them. */
  months: Int32Array;
  kinds: string[];
  /** Rows by term. */
  run: Run;
  lengthsInTerms: Lengths;
  /** Latest date of publication; empty where there is none. */
  newest: string;
}

/** Of all documents together, in terms. */
export interface Lengths {
  documents: number;
  titleTerms: number;
  bodyTerms: number;
}

/** Places in the store, and rows at each. */
const SAMPLES = 10;
const SAMPLE_ROWS = 30;

/** Bytes of a record, about: its head, and each of its terms. */
const [HEAD_BYTES, TERM_BYTES] = [160, 8];

/**
 * @param documents of one window, ascending; @param usual lengths that impacts are reckoned with
 * @param count how many documents there may be
 */
export function prepare(documents: Iterable<DocumentRow>, usual: UsualLengths, count: number): Prepared {
  const rows: number[] = [];
  const kinds: string[] = [];
  const months: number[] = [];
  const records = new Bytes(count * (HEAD_BYTES + TERM_BYTES * (usual.title + usual.body)));
  const lengths: number[] = [];
  const termsAt: number[] = [];
  const inTerms = { documents: 0, titleTerms: 0, bodyTerms: 0 };
  const kinder = rememberedKinds();
  let newest = "";
  let inverter: Inverter | undefined;
  for (const { row, body } of documents) {
    const document = JSON.parse(body) as Document;
    const { published = "", integrity = "ok", impact } = document;
    const { title, body: text } = scanDocument(document);
    const kind = kinder(document);
    rows.push(row);
    kinds.push(kind);
    months.push(monthOf(published));
    const head = { id: document.id, published, kind, integrity, ...(impact ? { impact } : {}) };
    const begin = records.length;
    records.add(encodeHead(head));
    termsAt.push(records.length);
    records.addTerms(title);
    records.add(BAR);
    records.addTerms(text);
    lengths.push(records.length - begin);
    inverter ??= new Inverter(windowOf(row), usual);
    inverter.add(row, title, text);
    inTerms.documents += 1;
    inTerms.titleTerms += title.length;
    inTerms.bodyTerms += text.length;
    if (published > newest) newest = published;
  }
  return {
    rows: Int32Array.from(rows),
    records: records.taken(),
    lengths: Uint32Array.from(lengths),
    termsAt: Uint32Array.from(termsAt),
    months: Int32Array.from(months),
    kinds,
    run: (inverter ?? new Inverter(0, usual)).run(),
    lengthsInTerms: inTerms,
    newest,
  };
}

/** The lengths of some documents, spread over the store: what impacts are reckoned with. */
export function usualLengths(documents: Pick<DocumentStore, "rows" | "state">): UsualLengths {
  const last = documents.state().row;
  let [count, title, body] = [0, 0, 0];
  for (let i = 0; i < SAMPLES; i++) {
    const after = Math.floor((i * last) / SAMPLES);
    for (const row of documents.rows({ after, until: Math.min(last, after + SAMPLE_ROWS) })) {
      const terms = scanDocument(JSON.parse(row.body) as Document);
      count += 1;
      title += terms.title.length;
      body += terms.body.length;
    }
  }
  return { title: title / Math.max(1, count), body: body / Math.max(1, count) };
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
export function transferable({ rows, records, lengths, termsAt, months, run }: Prepared): ArrayBuffer[] {
  const { terms, frequencies, tops, places, impacts } = run;
  return [rows, records, lengths, termsAt, months, terms, frequencies, tops, places, impacts].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

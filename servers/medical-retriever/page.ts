/** One page of ranked documents: hits, the passages that match best, and no more bytes than a result may have. */
import type { Document, DocumentHit, Passage } from "../../schemas/index.ts";
import { bestPassages } from "../knowledge/passages.ts";
import { integrityNotes } from "./integrity.ts";
import type { Ranked } from "./local/ranked.ts";

/** Of the kit's 32 kB: the rest is for passages and the envelope. */
const HITS_BYTES = 14_000;
const PASSAGES_BYTES = 15_000;
const PASSAGES_PER_DOCUMENT = 2;
const AUTHORS_SHOWN = 3;

/** What a list says of a document; relevance only where a question was asked. */
export type PageHit = Omit<Ranked, "relevance"> & Partial<Pick<Ranked, "relevance">>;

export interface Page {
  documents: DocumentHit[];
  passages: Passage[];
  /** What must be known of those that do not stand as they were published. */
  notes: string[];
  /** How many of the ranked documents are on the page. */
  taken: number;
}

/** @param ranked best first, from the page's beginning on */
export function makePage(ranked: readonly { hit: PageHit; document: Document }[], query: string, limit: number): Page {
  const shown = ranked.slice(0, limit).map(({ hit, document }) => ({ document, shown: hitOf(document, hit) }));
  const fitting = takeWhileFits(shown, HITS_BYTES, ({ shown }) => shown);
  const documents = fitting.map(({ document }) => document);
  return {
    documents: fitting.map(({ shown }) => shown),
    passages: takeWhileFits(passagesOf(documents, query), PASSAGES_BYTES, (passage) => passage),
    notes: integrityNotes(documents),
    taken: fitting.length,
  };
}

/** Cut out as they are asked for: of a long list only the first documents have room for theirs. */
function* passagesOf(documents: readonly Document[], query: string): Generator<Passage> {
  for (const document of documents) {
    // A retracted paper is listed, so that it is known; its words are no evidence.
    if (document.integrity === "retracted") continue;
    for (const passage of bestPassages(document, query, PASSAGES_PER_DOCUMENT)) {
      yield { ...passage, score: Math.round(passage.score! * 100) / 100 };
    }
  }
}

/** A document as a list shows it: its texts, subject headings and most authors are left to get_medical_document. */
function hitOf(document: Document, { score, relevance, authority }: PageHit): DocumentHit {
  const { sections: _, mesh: __, related: ___, authors, ...head } = document;
  return {
    ...head,
    ...(authors ? { authors: abridged(authors, AUTHORS_SHOWN) } : {}),
    score,
    ...(relevance === undefined ? {} : { relevance }),
    authority,
  };
}

/** Consortia have thousands of authors. */
export function abridged(authors: readonly string[], most = 30): string[] {
  return authors.length > most ? [...authors.slice(0, most), "et al."] : [...authors];
}

/** The first of them in any case. */
function takeWhileFits<T>(items: Iterable<T>, bytes: number, toSend: (item: T) => unknown): T[] {
  const taken: T[] = [];
  let left = bytes;
  for (const item of items) {
    left -= Buffer.byteLength(JSON.stringify(toSend(item))) + 1;
    if (left > 0 || taken.length === 0) taken.push(item);
    if (left <= 0) break;
  }
  return taken;
}

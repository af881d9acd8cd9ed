/** The reader's engine: passages of a document for a goal or from its beginning, and where words stand in it. */
import type { z } from "zod";
import {
  documentText,
  passageId,
  type Document,
  type DocumentHit,
  type FindInDocumentResult,
  type Passage,
  type ReadDocumentResult,
} from "../../schemas/index.ts";
import { invalidArguments } from "../kit/failure.ts";
import { bestPassages, passagesOf } from "../knowledge/passages.ts";
import { listKey, readCursor, writeCursor } from "../kit/cursor.ts";
import { Library, type Loaded, type LibraryOptions, type Progress } from "./library.ts";
import { outlineOf } from "./outline.ts";
import { findPhrase } from "./phrases.ts";

/** JSON bytes of passages in one answer: with outline and metadata it stays inside the result's budget. */
const PAGE_BYTES = 16 * 1024;
/** Reading on wants longer passages than pointing at one. */
const READING_LENGTH = 1500;
const GOAL_PASSAGES = 8;
const MAX_OUTLINE = 80;
const AUTHORS_SHOWN = 3;

export interface ReadRequest {
  /** Document id, web address or path. */
  source: string;
  /** What the reader wants to know: chooses the passages. Without it the text is given from its beginning. */
  goal?: string;
  cursor?: string;
}

export interface FindRequest {
  document: string;
  query: string;
  limit?: number;
}

export class DocumentReader {
  readonly #library: Library;

  constructor(options: LibraryOptions = {}) {
    this.#library = new Library(options);
  }

  /** @throws ToolError with what to do next */
  async read(
    request: ReadRequest,
    signal: AbortSignal,
    progress?: Progress,
  ): Promise<z.input<typeof ReadDocumentResult>> {
    const { goal = "", cursor } = request;
    const loaded = await this.#library.load(request.source, signal, progress);
    const { document } = loaded;
    const text = documentText(document);
    const key = listKey(text, goal);
    const { offset: start } = readCursor(cursor, key);
    const wanted = goal ? bestPassages(document, goal, Infinity) : [];
    const passages = wanted.length > 0 ? wanted : passagesOf(document, { maxLength: READING_LENGTH });
    const page = takePage(passages.slice(start), wanted.length > 0 ? GOAL_PASSAGES : Infinity);
    const next = start + page.length;
    const outline = outlineOf(document);
    const notes = [
      ...standing(document),
      ...(goal && wanted.length === 0
        ? [`no passage shares a word with the goal; the text follows from its beginning`]
        : []),
    ];
    return {
      ...envelope(loaded, page, notes),
      document: document.id,
      length: text.length,
      outline: outline.slice(0, MAX_OUTLINE),
      ...(outline.length > MAX_OUTLINE ? { truncated: { outline: outline.length - MAX_OUTLINE } } : {}),
      ...(next < passages.length ? { nextCursor: writeCursor(key, next) } : {}),
    };
  }

  /** Passages with the exact words first, then those that match best. `total` counts exact occurrences, or matching passages where there are none. */
  async find(request: FindRequest, signal: AbortSignal): Promise<z.input<typeof FindInDocumentResult>> {
    const { query, limit = 8 } = request;
    if (!query.trim()) throw invalidArguments("query is empty", "give the words to look for");
    const loaded = await this.#library.load(request.document, signal);
    const { document } = loaded;
    const spans = findPhrase(documentText(document), query);
    const exact = around(document, spans);
    const matching = bestPassages(document, query, Infinity);
    const others = matching.filter((p) => !exact.some((e) => e.start < p.end && p.start < e.end));
    const page = takePage([...exact, ...others].slice(0, limit), Infinity);
    const exactShown = Math.min(exact.length, page.length);
    const notes = [...standing(document), ...findings(spans.length, exactShown, page.length, document)];
    const result = envelope(loaded, page, notes);
    if (page.length === 0) {
      const message = `nothing in ${document.id} matches`;
      result.outcomes = [{ source: loaded.outcome.source, outcome: "empty", message }];
    }
    return { ...result, document: document.id, total: spans.length || matching.length };
  }

  close(): void {
    this.#library.close();
  }
}

function envelope({ document, outcome }: Loaded, passages: Passage[], notes: string[]) {
  const { sections: _, incomplete: __, mesh: ___, authors, ...head } = document;
  const shown = authors && authors.length > AUTHORS_SHOWN ? [...authors.slice(0, AUTHORS_SHOWN), "et al."] : authors;
  const hit: DocumentHit = { ...head, ...(shown ? { authors: shown } : {}) };
  return { documents: [hit], passages, outcomes: [outcome], ...(notes.length > 0 ? { notes } : {}) };
}

/** What the reader of any passage of this document must know. */
function standing({ integrity, stale, fetchedAt }: Document): string[] {
  return [
    ...(integrity === "retracted" ? ["RETRACTED: this document was retracted; it must not be used as evidence"] : []),
    ...(integrity === "concern" ? ["an expression of concern was published about this document"] : []),
    ...(integrity === "corrected" ? ["a correction to this document was published"] : []),
    ...(stale ? [`this is an older copy (${fetchedAt}); the source could not be asked`] : []),
  ];
}

function findings(occurrences: number, exactShown: number, shown: number, document: Document): string[] {
  if (shown === 0) {
    const labels = outlineOf(document)
      .map(({ label }) => label)
      .filter(Boolean)
      .slice(0, 20);
    return [
      `neither the exact words nor any of them stand in this document${labels.length > 0 ? `; its sections: ${labels.join(" · ")}` : ""}`,
    ];
  }
  if (occurrences === 0) return ["the exact words do not stand there; these passages share words with them"];
  return [
    `the exact words stand there ${occurrences === 1 ? "once" : `${occurrences} times`}: ${exactShown === 1 ? "the first passage holds them" : `the first ${exactShown} passages hold them`}`,
  ];
}

/** The passages in which spans lie, each once, in order of the text; a span across passages is its own. */
function around(document: Document, spans: { start: number; end: number }[]): Passage[] {
  if (spans.length === 0) return [];
  const all = passagesOf(document);
  const text = documentText(document);
  const found = new Map<string, Passage>();
  let i = 0;
  for (const { start, end } of spans) {
    while (i < all.length - 1 && all[i]!.end <= start) i += 1;
    const home = all[i];
    const holds = home !== undefined && home.start <= start && end <= home.end;
    const passage = holds
      ? home
      : { id: passageId(document.id, start, end), document: document.id, start, end, text: text.slice(start, end) };
    found.set(passage.id, passage);
  }
  return [...found.values()];
}

/** As many as fit, at least one. */
function takePage(passages: Passage[], most: number): Passage[] {
  const page: Passage[] = [];
  let bytes = 0;
  for (const passage of passages) {
    bytes += Buffer.byteLength(JSON.stringify(passage));
    if (page.length >= most || (bytes > PAGE_BYTES && page.length > 0)) break;
    page.push(passage.score === undefined ? passage : { ...passage, score: Math.round(passage.score * 100) / 100 });
  }
  return page;
}

/** The reader's engine: passages of a document for a goal, a part or from its beginning, and where words stand in it. */
import type { z } from "zod";
import {
  documentText,
  passageId,
  type Document,
  type FindInDocumentResult,
  type Passage,
  type ReadDocumentResult,
} from "../../schemas/index.ts";
import { listKey, readCursor, writeCursor } from "../kit/cursor.ts";
import { invalidArguments } from "../kit/failure.ts";
import { bestPassagesInSlices, passagesInSlices } from "../knowledge/passages.ts";
import { envelope, takePage } from "./envelope.ts";
import { findIn, type Found } from "./finding.ts";
import { Library, type LibraryOptions, type Progress } from "./library.ts";
import { outlineOf, shortOutline } from "./outline.ts";
import { pageOf, pagesOf, rangesOf, type Part, type Range } from "./selection.ts";
import { synthesise } from "./synthesis/index.ts";
import { inTurns } from "./turns.ts";
import { readPlace, versionId } from "./versions.ts";

/** Reading on wants longer passages than pointing at one. */
const READING_LENGTH = 1500;
const GOAL_PASSAGES = 8;
const MAX_OUTLINE = 80;
const OPENING_PASSAGES = 20;
/** Characters of matches in one answer. */
const MATCH_LENGTH = 6_000;

export interface ReadRequest extends Part {
  /** Document id, web address, path, or the id of a passage. */
  source: string;
  /** What the reader wants to know: chooses the passages. Without it the text is given from its beginning. */
  goal?: string | undefined;
  cursor?: string | undefined;
}

export interface FindRequest {
  document: string;
  query: string;
  limit?: number | undefined;
}

/** What the tools need of a reader, wherever it runs. */
export interface Reader {
  /** @throws ToolError with what to do next */
  read(request: ReadRequest, signal: AbortSignal, progress?: Progress): Promise<z.input<typeof ReadDocumentResult>>;
  find(request: FindRequest, signal: AbortSignal): Promise<z.input<typeof FindInDocumentResult>>;
  close(): void | Promise<void>;
}

export class DocumentReader implements Reader {
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
    const goal = request.goal?.trim() ?? "";
    const loaded = await this.#library.load(request.source, signal, progress);
    const { document } = loaded;
    const ranges = rangesOf(document, request) ?? citedRange(document, request.source);
    const text = documentText(document);
    const key = listKey(document.contentHash ?? text, goal, ranges);
    const { offset: start } = readCursor(request.cursor, key);
    const ranked = goal ? within(await inTurns(bestPassagesInSlices(document, goal, Infinity), signal), ranges) : [];
    const reading = within(await inTurns(passagesInSlices(document, { maxLength: READING_LENGTH }), signal), ranges);
    const passages = ranked.length > 0 ? ranked : cut(document, text, reading, ranges);
    const page = takePage(passages.slice(start), ranked.length > 0 ? GOAL_PASSAGES : Infinity);
    const next = start + page.length;
    const synthesis =
      goal && start === 0
        ? await synthesise(document.title, ranked, passages.slice(0, OPENING_PASSAGES), goal, signal)
        : undefined;
    const cited = citedPassages(page, [...ranked, ...passages], synthesis?.synthesis?.evidence ?? []);
    const notes = [
      ...(goal && ranked.length === 0 ? ["no passage shares a word with the goal; the text follows instead"] : []),
      ...(synthesis?.notes ?? []),
    ];
    const outline = outlineOf(document);
    const shown = shortOutline(outline, MAX_OUTLINE);
    const pages = pagesOf(document);
    return {
      ...envelope(loaded, cited, notes),
      document: document.id,
      length: text.length,
      ...(pages ? { pages } : {}),
      outline: shown,
      ...(synthesis?.synthesis ? { synthesis: lasting(synthesis.synthesis, document) } : {}),
      ...(outline.length > shown.length ? { truncated: { outline: outline.length - shown.length } } : {}),
      ...(next < passages.length ? { nextCursor: writeCursor(key, next) } : {}),
    };
  }

  /**
   * Passages with the exact words first, else with words nearly the same, then those that match best. `total` counts
   * occurrences, or matching passages where there are none.
   */
  async find(request: FindRequest, signal: AbortSignal): Promise<z.input<typeof FindInDocumentResult>> {
    const { query, limit = 8 } = request;
    if (!query.trim()) throw invalidArguments("query is empty", "give the words to look for");
    const loaded = await this.#library.load(request.document, signal);
    const { document } = loaded;
    const found = await inTurns(findIn(document, query, limit), signal);
    const page = takePage(found.passages, Infinity);
    const result = envelope(loaded, page, [said(found, page.length, document)]);
    if (page.length === 0) {
      const message = `nothing in ${document.id} matches`;
      result.outcomes = [{ source: loaded.outcome.source, outcome: "empty", message }];
    }
    const matches = fitting(found.matches).map((match) => ({ ...match, passage: lastingId(match.passage, document) }));
    return { ...result, document: document.id, total: found.total, ...(matches.length > 0 ? { matches } : {}) };
  }

  close(): void {
    this.#library.close();
  }
}

/** Where the source is the id of a passage: from there on. */
function citedRange(document: Document, source: string): Range[] | undefined {
  const { start, end } = readPlace(source);
  if (start === undefined || end === undefined) return undefined;
  const { length } = documentText(document);
  if (start >= end || end > length) {
    throw invalidArguments(
      `${document.id} has no passage at ${start}–${end}: its text has ${length} characters`,
      "give the id of a passage as a tool returned it, or the document alone",
    );
  }
  return [{ start, end }];
}

function within(passages: readonly Passage[], ranges: readonly Range[] | undefined): Passage[] {
  if (!ranges) return [...passages];
  return passages.filter((p) => ranges.some(({ start, end }) => p.start < end && start < p.end));
}

/** Passages that reach beyond the part that was asked for are cut to it. */
function cut(document: Document, text: string, passages: readonly Passage[], ranges: Range[] | undefined): Passage[] {
  if (!ranges) return [...passages];
  return passages.flatMap((passage) =>
    ranges
      .map((range) => ({ start: Math.max(passage.start, range.start), end: Math.min(passage.end, range.end) }))
      .filter(({ start, end }) => end > start && text.slice(start, end).trim())
      .map((range) =>
        range.start === passage.start && range.end === passage.end ? passage : part(document, text, passage, range),
      ),
  );
}

function part(document: Document, text: string, passage: Passage, { start, end }: Range): Passage {
  const page = pageOf(document, start);
  return {
    ...passage,
    id: passageId(document.id, start, end),
    start,
    end,
    text: text.slice(start, end),
    ...(page ? { page } : {}),
  };
}

/** The page, with the passages from which evidence is quoted, so that each can be cited. */
function citedPassages(page: Passage[], all: readonly Passage[], evidence: readonly { passage: string }[]): Passage[] {
  const shown = new Set(page.map(({ id }) => id));
  const wanted = new Set(evidence.map(({ passage }) => passage).filter((id) => !shown.has(id)));
  return [...page, ...new Map(all.filter(({ id }) => wanted.has(id)).map((p) => [p.id, p])).values()];
}

function lasting(synthesis: NonNullable<ReadDocumentResult["synthesis"]>, document: Document) {
  const evidence = synthesis.evidence.map((e) => ({ ...e, passage: lastingId(e.passage, document) }));
  return { ...synthesis, evidence };
}

function lastingId(id: string, document: Document): string {
  return document.contentHash ? versionId(document) + id.slice(document.id.length) : id;
}

function fitting(matches: Found["matches"]): Found["matches"] {
  let left = MATCH_LENGTH;
  return matches.filter(({ text }, i) => (left -= text.length) > 0 || i === 0);
}

function said({ matches, total, holding }: Found, shown: number, document: Document): string {
  if (shown === 0) {
    const labels = outlineOf(document).flatMap(({ label }) => label || []);
    const sections = labels.length > 0 ? `; its sections: ${labels.slice(0, 20).join(" · ")}` : "";
    return `neither the exact words nor any of them stand in this document${sections}`;
  }
  if (matches.length === 0) return "the exact words do not stand there; these passages share words with them";
  const holds =
    Math.min(holding, shown) === 1
      ? "the first passage holds them"
      : `the first ${Math.min(holding, shown)} passages hold them`;
  if (matches[0]!.match === "exact")
    return `the exact words stand there ${total === 1 ? "once" : `${total} times`}: ${holds}`;
  return `the exact words do not stand there, but nearly the same do (see matches, with the number of letters that differ): ${holds}`;
}

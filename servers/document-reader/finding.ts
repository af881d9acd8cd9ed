/** Where words stand in a document: exactly, else nearly, and the passages around them. */
import {
  documentText,
  passageId,
  type Document,
  type FindInDocumentResult,
  type Passage,
} from "../../schemas/index.ts";
import { bestPassagesInSlices, passagesInSlices, type InSlices } from "../knowledge/passages.ts";
import { findNearly } from "./find/fuzzy.ts";
import { findPhrase, type Span } from "./find/phrases.ts";

export type Match = NonNullable<FindInDocumentResult["matches"]>[number];

export interface Found {
  matches: Match[];
  /** Occurrences; matching passages where the words stand nowhere. */
  total: number;
  /** Those that hold the matches, then those that share words with the query. */
  passages: Passage[];
  /** How many of `passages` hold matches. */
  holding: number;
}

/** Near matches that are shown. */
const MOST_NEAR = 5;

export function* findIn(document: Document, query: string, limit: number): InSlices<Found> {
  const text = documentText(document);
  const exact: (Span & { distance?: number })[] = yield* findPhrase(text, query);
  const spans = exact.length > 0 ? exact : yield* findNearly(text, query, MOST_NEAR);
  const all = yield* passagesInSlices(document);
  const homes = spans.slice(0, limit).map((span) => homeOf(document, text, all, span));
  const holding = [...new Map(homes.map((passage) => [passage.id, passage])).values()];
  const ranked = yield* bestPassagesInSlices(document, query, Infinity);
  const others = ranked.filter((p) => !holding.some((home) => home.start < p.end && p.start < home.end));
  const matches = spans.slice(0, limit).map(({ start, end, distance }, i): Match => {
    const page = pageOf(all, start);
    return {
      passage: homes[i]!.id,
      start,
      end,
      text: text.slice(start, end),
      ...(page ? { page } : {}),
      ...(distance === undefined ? { match: "exact" } : { match: "fuzzy", distance }),
    };
  });
  return {
    matches,
    total: spans.length || ranked.length,
    passages: [...holding, ...others].slice(0, limit),
    holding: holding.length,
  };
}

/** The passage in which a span lies; a span across passages is its own. */
function homeOf(document: Document, text: string, all: readonly Passage[], { start, end }: Span): Passage {
  const home = all[indexAt(all, start)];
  if (home && home.start <= start && end <= home.end) return home;
  const page = pageOf(all, start);
  return {
    id: passageId(document.id, start, end),
    document: document.id,
    start,
    end,
    text: text.slice(start, end),
    ...(page ? { page } : {}),
  };
}

function pageOf(all: readonly Passage[], at: number): number | undefined {
  return all[indexAt(all, at)]?.page;
}

/** Index of the last passage that begins at or before `at`. */
function indexAt(all: readonly Passage[], at: number): number {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle]!.start <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

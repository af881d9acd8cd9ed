/** Documents cut into passages that can be cited: whole sentences or lines, with exact offsets into `documentText`. */
import { documentText, passageId, type Document, type Passage, type Section } from "../../schemas/index.ts";
import { pageAt } from "./pages.ts";
import { sentencesOf, type Span } from "./sentences.ts";
import { TermTally, type Tally } from "./term-tally.ts";
import { tokenize } from "./tokenize.ts";

/** Longest passage in characters; a sentence that is longer is cut between words. */
const MAX_LENGTH = 600;

/** Work in slices: whoever runs it may do something else between two of them. */
export type InSlices<T> = Generator<undefined, T>;

/** Runs all slices at once. */
export function atOnce<T>(work: InSlices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * The passages of a document in order of the text, title first. Each is a run of whole sentences or lines of one
 * section, at most `maxLength` characters, and `text === documentText(document).slice(start, end)`.
 */
export function passagesOf(document: Document, options: { maxLength?: number } = {}): Passage[] {
  return atOnce(passagesInSlices(document, options));
}

export function* passagesInSlices(document: Document, options: { maxLength?: number } = {}): InSlices<Passage[]> {
  const maxLength = options.maxLength ?? MAX_LENGTH;
  const text = documentText(document);
  const passages: Passage[] = [];
  for (const block of blocksOf(document)) {
    for (const piece of slicesOf(text, block)) {
      passages.push(...passagesIn(document.id, text, piece, maxLength));
      yield;
    }
  }
  return passages;
}

/**
 * The `n` passages that match the query best, best first, each with its `score` (BM25 over the passages of this
 * document; comparable within one answer only). Passages that share no term with the query are left out; the title
 * is offered only where nothing else matches.
 */
export function bestPassages(
  document: Document,
  query: string,
  n: number,
  options: { maxLength?: number } = {},
): Passage[] {
  return atOnce(bestPassagesInSlices(document, query, n, options));
}

export function* bestPassagesInSlices(
  document: Document,
  query: string,
  n: number,
  options: { maxLength?: number } = {},
): InSlices<Passage[]> {
  const terms = [...new Set(tokenize(query))];
  if (terms.length === 0 || n <= 0) return [];
  const all = yield* passagesInSlices(document, options);
  const scored = (yield* scorePassages(all, terms)).filter((p) => p.score > 0);
  const body = scored.filter((p) => p.end > document.title.length);
  return (body.length > 0 ? body : scored).toSorted((a, b) => b.score - a.score || a.start - b.start).slice(0, n);
}

/** Passages whose words are taken in one slice. */
const SLICE_PASSAGES = 32;

function* scorePassages(passages: Passage[], terms: string[]): InSlices<(Passage & { score: number })[]> {
  const tally = new TermTally(terms);
  const bags: Tally[] = [];
  for (const [i, { section = "", text }] of passages.entries()) {
    // A section's label says what its words are about: under "Genes", every line answers "which gene".
    bags.push(tally.of([section, text]));
    if (i % SLICE_PASSAGES === SLICE_PASSAGES - 1) yield;
  }
  const meanLength = bags.reduce((sum, { length }) => sum + length, 0) / Math.max(1, bags.length);
  const weights = terms.map((_, t) => {
    const containing = bags.filter(({ counts }) => counts[t]! > 0).length;
    return Math.log(1 + (passages.length - containing + 0.5) / (containing + 0.5));
  });
  return passages.map((passage, i) => {
    const { counts, length } = bags[i]!;
    const norm = 1.2 * (0.25 + (0.75 * length) / meanLength);
    const score = counts.reduce((sum, f, t) => sum + (weights[t]! * f * 2.2) / (f + norm), 0);
    return { ...passage, score };
  });
}

interface Block extends Span {
  section?: Section;
  /** Where the section's text begins. */
  from: number;
}

/** Characters of a section that are cut into sentences in one slice; parted at paragraphs, else at lines or sentences. */
const SLICE_LENGTH = 20_000;

function* slicesOf(text: string, block: Block): Generator<Block> {
  let { start } = block;
  while (block.end - start > SLICE_LENGTH) {
    const window = text.slice(start, start + SLICE_LENGTH);
    const cuts = [window.lastIndexOf("\n\n"), window.lastIndexOf("\n"), window.lastIndexOf(". ") + 1];
    const cut = cuts.find((at) => at > 0);
    if (cut === undefined) break;
    yield { ...block, start, end: start + cut };
    start += cut;
  }
  yield { ...block, start };
}

function passagesIn(document: string, text: string, block: Block, maxLength: number): Passage[] {
  const { start, end, section, from } = block;
  const sentences = sentencesOf(text.slice(start, end)).flatMap((s) => shorten(text, shift(s, start), maxLength));
  return pack(sentences, maxLength).map((span) => {
    const page = section && pageAt(section, span.start - from);
    return {
      id: passageId(document, span.start, span.end),
      document,
      ...span,
      text: text.slice(span.start, span.end),
      ...(section?.label ? { section: section.label } : {}),
      ...(page ? { page } : {}),
    };
  });
}

/** Title and section texts with their offsets, as `documentText` lays them out. */
function blocksOf(document: Document): Block[] {
  const blocks: Block[] = [{ start: 0, end: document.title.length, from: 0 }];
  let at = document.title.length;
  for (const section of document.sections) {
    const start = at + 2 + (section.label ? section.label.length + 1 : 0);
    at = start + section.text.length;
    blocks.push({ start, end: at, section, from: start });
  }
  return blocks;
}

/** Neighbouring spans joined as long as they fit. */
function pack(spans: Span[], maxLength: number): Span[] {
  const packed: Span[] = [];
  for (const span of spans) {
    const last = packed.at(-1);
    if (last && span.end - last.start <= maxLength) last.end = span.end;
    else packed.push({ ...span });
  }
  return packed;
}

/** A span that is too long, cut between words; within a word only where there is no other place. */
function shorten(text: string, span: Span, maxLength: number): Span[] {
  const pieces: Span[] = [];
  let { start } = span;
  while (span.end - start > maxLength) {
    const window = text.slice(start, start + maxLength + 1);
    const cut = Math.max(window.lastIndexOf(" "), window.lastIndexOf("\n"));
    let end = start + (cut > maxLength / 2 ? cut : maxLength);
    if (/[\uD800-\uDBFF]/.test(text[end - 1]!)) end -= 1;
    pieces.push({ start, end });
    start = end;
    while (start < span.end && /\s/.test(text[start]!)) start += 1;
  }
  if (start < span.end) pieces.push({ start, end: span.end });
  return pieces;
}

function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** Which part of a document a reader asked for: sections by label, pages by number. */
import type { Document, Section } from "../../schemas/index.ts";
import { invalidArguments } from "../kit/failure.ts";
import { pageAt } from "../knowledge/pages.ts";

export interface Range {
  start: number;
  end: number;
}

export interface Part {
  /** Labels of the outline; what lies below a heading belongs to it. */
  sections?: string[] | undefined;
  /** `12`, `3-5`, `1,4-6`. */
  pages?: string | undefined;
}

interface Placed extends Range {
  section: Section;
  /** Where its text begins, after the label. */
  text: number;
}

const SHOWN = 30;

/**
 * The ranges of `documentText` that were asked for, in order; undefined where the whole document is.
 * @throws ToolError `invalid_arguments` that says which sections or pages there are
 */
export function rangesOf(document: Document, { sections = [], pages = "" }: Part): Range[] | undefined {
  const labels = sections.map((label) => label.trim()).filter(Boolean);
  if (labels.length === 0 && !pages.trim()) return undefined;
  const placed = placesOf(document);
  const bySection = labels.length > 0 ? labelled(placed, labels) : placed;
  if (!pages.trim()) return bySection.map(({ start, end }) => ({ start, end }));
  return onPages(bySection, readPages(pages), document);
}

/** The last page of a document; undefined where it has none. */
export function pagesOf({ sections }: Document): number | undefined {
  const last = sections.flatMap((section) => pageAt(section, section.text.length) ?? []);
  return last.length > 0 ? last.reduce((a, b) => Math.max(a, b)) : undefined;
}

/** The page on which a place of `documentText` stands. */
export function pageOf(document: Document, at: number): number | undefined {
  const place = placesOf(document).findLast(({ start }) => start <= at);
  return place && pageAt(place.section, at - place.text);
}

function placesOf({ title, sections }: Document): Placed[] {
  let at = title.length;
  return sections.map((section) => {
    const start = at + 2;
    const text = start + (section.label ? section.label.length + 1 : 0);
    at = text + section.text.length;
    return { section, start, text, end: at };
  });
}

function labelled(placed: Placed[], labels: string[]): Placed[] {
  const chosen = new Set<Placed>();
  for (const label of labels) {
    const wanted = label.toLowerCase();
    const same = placed.filter(({ section }) => section.label.toLowerCase() === wanted);
    const found = same.length > 0 ? same : placed.filter(({ section }) => section.label.toLowerCase().includes(wanted));
    if (found.length === 0) throw noSection(label, placed);
    for (const head of found) for (const place of withParts(placed, head)) chosen.add(place);
  }
  return placed.filter((place) => chosen.has(place));
}

/** A section and what lies below its heading. */
function withParts(placed: Placed[], head: Placed): Placed[] {
  const { level } = head.section;
  const from = placed.indexOf(head);
  if (!level) return [head];
  const next = placed.findIndex(({ section }, i) => i > from && (section.level ?? level) <= level);
  return placed.slice(from, next < 0 ? undefined : next);
}

function onPages(placed: Placed[], wanted: (page: number) => boolean, document: Document): Range[] {
  const last = pagesOf(document);
  if (last === undefined) {
    throw invalidArguments(`${document.id} has no pages`, "choose sections of its outline, or leave pages out");
  }
  const ranges: Range[] = [];
  for (const { section, start, text } of placed) {
    const starts = [0, ...(section.pageBreaks ?? []), section.text.length];
    for (let i = 0; i + 1 < starts.length; i++) {
      if (section.page === undefined || !wanted(section.page + i)) continue;
      ranges.push({ start: i === 0 ? start : text + starts[i]!, end: text + starts[i + 1]! });
    }
  }
  if (ranges.every(({ start, end }) => end <= start)) {
    throw invalidArguments(`nothing stands on these pages; the document has pages 1–${last}`, "give pages within that");
  }
  return ranges;
}

/** @throws ToolError where it is no list of pages */
function readPages(pages: string): (page: number) => boolean {
  const ranges = pages.split(",").map((part) => {
    const [, from, to = from] = /^\s*(?:pp?\.?\s*)?(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/i.exec(part) ?? [];
    if (!from) throw invalidArguments(`“${pages}” names no pages`, "write pages as 12, 3-5 or 1,4-6");
    return [Number(from), Number(to)] as const;
  });
  return (page) => ranges.some(([from, to]) => from <= page && page <= to);
}

function noSection(label: string, placed: Placed[]) {
  const labels = [...new Set(placed.map(({ section }) => section.label).filter(Boolean))];
  const more = labels.length > SHOWN ? ` … (${labels.length} in all)` : "";
  return invalidArguments(
    `no section is called “${label}”`,
    labels.length > 0 ? `its sections: ${labels.slice(0, SHOWN).join(" · ")}${more}` : "this document has no sections",
  );
}

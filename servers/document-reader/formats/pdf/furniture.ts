/** Running headers, footers and page numbers: what stands at the same edge of several pages, but for the number of the page. */
import type { Chunk, PrintedPage } from "./chunks.ts";
import { linesOf, type Line } from "./lines.ts";

/** Share of the page's height, at either end, where they stand. */
const EDGE = 0.1;
/** Lines at an edge that are looked at. */
const EDGE_LINES = 3;
/** On so many pages: left and right pages may have headers of their own. */
const LEAST_PAGES = 3;
const LEAST_SHARE = 1 / 3;
/** Captions stand at the top of pages, too. */
const CAPTION = /^(?:table|figure|fig\.|box|chart|appendix)\b/i;
/** Letters this much larger than most of the page's. */
const HEADING = 1.25;
/** Numbers of a line that may count pages. */
const MOST_NUMBERS = 4;
/** Points by which the place of a running line may vary. */
const PLACE = 4;

/** The pages without them. */
export function withoutFurniture(pages: readonly PrintedPage[]): PrintedPage[] {
  const edges = pages.map((page) => {
    const usual = usualSize(page);
    return edgeLines(page).map((line) => ({ line, keys: keysOf(line, page.page, usual) }));
  });
  const seen = new Map<string, number>();
  for (const lines of edges) {
    for (const key of new Set(lines.flatMap(({ keys }) => keys))) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const least = Math.min(LEAST_PAGES, Math.max(2, Math.ceil(LEAST_SHARE * pages.length)));
  return pages.map((page, i) => {
    const running = edges[i]!.filter(
      ({ line, keys }) =>
        isPageNumber(line, page, pages.length) ||
        (!CAPTION.test(line.text) && keys.some((key) => seen.get(key)! >= least)),
    );
    const gone = new Set<Chunk>(running.flatMap(({ line }) => line.chunks));
    return gone.size > 0 ? { ...page, chunks: page.chunks.filter((chunk) => !gone.has(chunk)) } : page;
  });
}

function edgeLines(page: PrintedPage): Line[] {
  const top = page.chunks.filter(({ y }) => y < EDGE * page.height);
  const bottom = page.chunks.filter(({ y }) => y > (1 - EDGE) * page.height && y <= page.height);
  return [...linesOf(top).slice(0, EDGE_LINES), ...linesOf(bottom).slice(-EDGE_LINES)];
}

/**
 * The line and where it stands, in two grids, so that none is parted by a grid's edge; each of its numbers as it is, and
 * by how much it is more than the page's. Lines of a table that goes on are alike but for other numbers: they are text. So
 * are headings of parts, in larger letters, that begin on pages of their own.
 */
function keysOf({ text, y, size }: Line, page: number, usual: number): string[] {
  const parts = text.replace(/\s+/g, " ").toLowerCase().split(/(\d+)/);
  const counted = size > HEADING * usual ? 0 : MOST_NUMBERS;
  const words = parts.reduce<string[]>(
    (all, part, i) => {
      const isNumber = i % 2 === 1 && part.length <= 4 && i < 2 * counted;
      return all.flatMap((before) => [before + part, ...(isNumber ? [`${before}#${Number(part) - page}`] : [])]);
    },
    [""],
  );
  const places = [Math.round(y / PLACE), Math.round(y / PLACE + 0.5) + 0.5];
  return places.flatMap((place) => words.map((one) => `${place} ${one}`));
}

/** Of the letters of a page, by their number. */
function usualSize({ chunks }: PrintedPage): number {
  const letters = new Map<number, number>();
  for (const { size, text } of chunks) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

/** A number alone at the edge, no higher than there are pages; of a single page, nothing is known to run. */
function isPageNumber({ text }: Line, { page }: PrintedPage, pages: number): boolean {
  const shown = /^(?:[-–—]\s*)?(?:page\s+)?(\d{1,4}|[ivxl]{1,7})(?:\s*(?:\/|of)\s*\d{1,4})?(?:\s*[-–—])?$/i.exec(
    text.trim(),
  )?.[1];
  return shown !== undefined && pages > 1 && (!/^\d/.test(shown) || Number(shown) === page);
}

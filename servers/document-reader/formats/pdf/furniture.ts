/** Running headers, footers and page numbers: what stands at the same edge of several pages, but for its numbers. */
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
/** Points by which the place of a running line may vary. */
const PLACE = 4;

/** The pages without them. */
export function withoutFurniture(pages: readonly PrintedPage[]): PrintedPage[] {
  const edges = pages.map(edgeLines);
  const seen = new Map<string, number>();
  for (const lines of edges) for (const key of new Set(lines.flatMap(keysOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const least = Math.min(LEAST_PAGES, Math.max(2, Math.ceil(LEAST_SHARE * pages.length)));
  return pages.map((page, i) => {
    const running = edges[i]!.filter(
      (line) =>
        isPageNumber(line, page, pages.length) ||
        (!CAPTION.test(line.text) && keysOf(line).some((key) => seen.get(key)! >= least)),
    );
    const gone = new Set<Chunk>(running.flatMap(({ chunks }) => chunks));
    return gone.size > 0 ? { ...page, chunks: page.chunks.filter((chunk) => !gone.has(chunk)) } : page;
  });
}

function edgeLines(page: PrintedPage): Line[] {
  const top = page.chunks.filter(({ y }) => y < EDGE * page.height);
  const bottom = page.chunks.filter(({ y }) => y > (1 - EDGE) * page.height && y <= page.height);
  return [...linesOf(top).slice(0, EDGE_LINES), ...linesOf(bottom).slice(-EDGE_LINES)];
}

/** The line without its numbers and where it stands, in two grids, so that none is parted by a grid's edge. */
function keysOf({ text, y }: Line): string[] {
  const words = text.replace(/\d+/g, "#").replace(/\s+/g, " ").toLowerCase();
  return [Math.round(y / PLACE), Math.round(y / PLACE + 0.5) + 0.5].map((place) => `${place} ${words}`);
}

/** A number alone at the edge, no higher than there are pages; of a single page, nothing is known to run. */
function isPageNumber({ text }: Line, { page }: PrintedPage, pages: number): boolean {
  const shown = /^(?:[-–—]\s*)?(?:page\s+)?(\d{1,4}|[ivxl]{1,7})(?:\s*(?:\/|of)\s*\d{1,4})?(?:\s*[-–—])?$/i.exec(
    text.trim(),
  )?.[1];
  return shown !== undefined && pages > 1 && (!/^\d/.test(shown) || Number(shown) === page);
}

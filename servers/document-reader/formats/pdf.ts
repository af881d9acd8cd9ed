/** PDF as text in reading order, with its headings, tables and pages; says so where a page holds only images. */
import { getDocumentProxy } from "unpdf";
import { ToolError } from "../../kit/failure.ts";
import type { Parsed } from "./index.ts";
import { blocksOf, BROKEN, joined, type Block } from "./pdf/blocks.ts";
import { bookmarksOf } from "./pdf/bookmarks.ts";
import { printedPage, type Pdf, type PrintedPage } from "./pdf/chunks.ts";
import { withoutFurniture } from "./pdf/furniture.ts";
import { linesOf } from "./pdf/lines.ts";
import { printOf } from "./pdf/print.ts";
import { sectionsOf } from "./pdf/sections.ts";

const MAX_PAGES = 1000;
/** What has been read by then is given: the thread's own limit would give nothing. */
const MOST_MS = 12_000;
const MAX_NAMED = 20;

export async function parsePdf(bytes: Uint8Array): Promise<Parsed> {
  const pdf = await open(bytes);
  try {
    const { pages, missing } = await printedPages(pdf);
    if (pages.every(({ chunks }) => chunks.length === 0)) {
      throw unreadable(
        `the PDF has ${pdf.numPages} page${pdf.numPages === 1 ? "" : "s"} and no text: it is scanned or drawn`,
        "look for the same document as a web page or as a PDF with text",
      );
    }
    const body = withoutFurniture(pages);
    const print = printOf(body.flatMap(({ chunks }) => linesOf(chunks)));
    const marks = await bookmarksOf(pdf);
    const blocks = body.flatMap((page) => blocksOf(page, print, marks.get(page.page)));
    const title = (await titleInside(pdf)) ?? printedTitle(blocks);
    const incomplete = missing.join("; ");
    return { ...(title ? { title } : {}), sections: sectionsOf(blocks, title), ...(incomplete ? { incomplete } : {}) };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    // The parser takes ownership of the bytes: give it a copy.
    return await getDocumentProxy(bytes.slice(), { verbosity: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException") {
      throw unreadable("the PDF is protected by a password", "look for a copy without a password, or its abstract");
    }
    throw unreadable(
      `the PDF is damaged (${error instanceof Error ? error.message : String(error)})`,
      "look for another copy of the document",
    );
  }
}

/** The pages that could be read, and what of the document is missing. */
async function printedPages(pdf: Pdf): Promise<{ pages: PrintedPage[]; missing: string[] }> {
  const started = performance.now();
  const pages: PrintedPage[] = [];
  const [silent, damaged, unmapped] = [new Array<number>(), new Array<number>(), new Array<number>()];
  let n = 1;
  for (; n <= Math.min(pdf.numPages, MAX_PAGES) && performance.now() - started < MOST_MS; n++) {
    const page = await printedPage(pdf, n).catch(() => undefined);
    if (!page) damaged.push(n);
    else if (page.chunks.length === 0) silent.push(n);
    else if (isUnmapped(page)) unmapped.push(n);
    else pages.push(page);
  }
  const read = n - 1;
  return {
    pages,
    missing: [
      ...(silent.length > 0 ? [`no text on page ${named(silent)} (images or empty)`] : []),
      ...(unmapped.length > 0 ? [`the font of page ${named(unmapped)} does not say which letters it draws`] : []),
      ...(damaged.length > 0 ? [`page ${named(damaged)} is damaged`] : []),
      ...(read < pdf.numPages ? [`only the first ${read} of ${pdf.numPages} pages were read`] : []),
    ],
  };
}

function named(pages: number[]): string {
  const more = pages.length - MAX_NAMED;
  return pages.slice(0, MAX_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Fonts without a table of their letters give signs of no meaning. */
function isUnmapped({ chunks }: PrintedPage): boolean {
  const text = chunks.map((chunk) => chunk.text).join("");
  return (text.match(/[\p{Co}\ufffd]/gu)?.length ?? 0) > 0.3 * text.length;
}

/** The title that the file gives for itself; word processors leave a file name there. */
async function titleInside(pdf: Pdf): Promise<string | undefined> {
  const metadata = await pdf.getMetadata().catch(() => undefined);
  const given = metadata && "Title" in metadata.info ? metadata.info.Title : undefined;
  const title = typeof given === "string" ? given.replace(/\s+/g, " ").trim() : "";
  return title && !/^(?:microsoft word|untitled|\(?anonymous\)?$)|\.(?:docx?|pdf|html?|indd|tex|qxd)$/i.test(title)
    ? title
    : undefined;
}

/** The largest letters of the first page: on papers and reports that is the title. None where all letters are alike. */
function printedTitle(blocks: readonly Block[]): string | undefined {
  const first = blocks.filter(({ kind, page }) => kind === "heading" && page === 1);
  const largest = first.reduce<Block | undefined>((a, b) => (!a || b.size! > a.size! ? b : a), undefined);
  const title = largest?.lines.reduce(joined).replaceAll(BROKEN, "") ?? "";
  return title.length >= 8 && title.length <= 300 ? title : undefined;
}

function unreadable(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "unreadable", message, recovery, retryable: false });
}

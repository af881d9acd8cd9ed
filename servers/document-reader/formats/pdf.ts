/** PDF text page by page, lines as they stand; says so where a page holds only images. */
import { getDocumentProxy } from "unpdf";
import type { Section } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import type { Parsed } from "./index.ts";

const MAX_PAGES = 500;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

export async function parsePdf(bytes: Uint8Array): Promise<Parsed> {
  const pdf = await open(bytes);
  try {
    const pages = Math.min(pdf.numPages, MAX_PAGES);
    const sections: Section[] = [];
    const silent: number[] = [];
    for (let n = 1; n <= pages; n++) {
      const text = await pageText(pdf, n);
      if (text) sections.push({ label: `Page ${n}`, text });
      else silent.push(n);
    }
    if (sections.length === 0) {
      throw unreadable(
        `the PDF has ${pdf.numPages} page${pdf.numPages === 1 ? "" : "s"} and no text: it is scanned or drawn`,
        "look for the same document as a web page or as a PDF with text",
      );
    }
    const incomplete = [
      ...(silent.length > 0 ? [`no text on page ${silent.slice(0, 20).join(", ")} (images or empty)`] : []),
      ...(pages < pdf.numPages ? [`only the first ${MAX_PAGES} of ${pdf.numPages} pages were read`] : []),
    ].join("; ");
    return { ...(await titleOf(pdf)), sections, ...(incomplete ? { incomplete } : {}) };
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

async function pageText(pdf: Pdf, n: number): Promise<string> {
  const page = await pdf.getPage(n);
  const { items } = await page.getTextContent();
  let text = "";
  for (const item of items) {
    if ("str" in item) text += item.hasEOL ? `${item.str}\n` : item.str;
  }
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

async function titleOf(pdf: Pdf): Promise<Pick<Parsed, "title">> {
  const metadata = await pdf.getMetadata().catch(() => undefined);
  const given = metadata && "Title" in metadata.info ? metadata.info.Title : undefined;
  const title = typeof given === "string" ? given.replace(/\s+/g, " ").trim() : "";
  // Word processors leave the file name there.
  if (title && !/^(?:microsoft word|untitled)|\.(?:docx?|pdf|indd|tex|qxd)$/i.test(title)) return { title };
  const printed = await largestPrint(pdf);
  return printed.length >= 8 && printed.length <= 300 ? { title: printed } : {};
}

/** The words of the first page in its largest letters: on papers and reports that is the title. Empty where all letters are alike. */
async function largestPrint(pdf: Pdf): Promise<string> {
  const { items } = await (await pdf.getPage(1)).getTextContent();
  const print = items
    .filter((item) => "str" in item && item.str.trim())
    .map((item) => item as { str: string; height: number });
  const heights = print.map(({ height }) => Math.round(height));
  const largest = Math.max(0, ...heights);
  if (Math.min(...heights) === largest) return "";
  return print
    .filter((_, i) => heights[i] === largest)
    .map(({ str }) => str)
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

function unreadable(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "unreadable", message, recovery, retryable: false });
}

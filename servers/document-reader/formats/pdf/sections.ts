/** Blocks of all pages as sections: headings open them, paragraphs go on across columns and pages, footnotes come last. */
import type { Section } from "../../../../schemas/index.ts";
import { joined, type Block } from "./blocks.ts";
import { Hyphens } from "./hyphens.ts";

/** What is parted by a heading less often than this is parted by its pages. */
const MAX_PAGES_WITHOUT_HEADING = 8;

interface Part {
  text: string;
  page: number;
  /** What stands between it and the part before. */
  gap: "" | " " | "\n\n";
}

interface Draft {
  label: string;
  level?: number;
  parts: Part[];
  page: number;
}

/** @param title is no heading of a section */
export function sectionsOf(blocks: readonly Block[], title: string | undefined): Section[] {
  const hyphens = new Hyphens(blocks.flatMap(({ lines }) => lines));
  const pages = new Set(blocks.map(({ page }) => page)).size;
  const isTitle = (block: Block) =>
    block.kind === "heading" && title !== undefined && bare(block.lines.join(" ")) === bare(title);
  const headings = blocks.filter((block) => block.kind === "heading" && !isTitle(block));
  const highest = Math.min(...headings.map(({ level }) => level ?? 1));
  const byPage = headings.length === 0 || pages / headings.length > MAX_PAGES_WITHOUT_HEADING;
  const drafts: Draft[] = [];
  const notes: Draft = { label: "Footnotes", parts: [], page: 1 };
  let paragraph: Block | undefined;
  for (const block of blocks) {
    const whole = block.kind === "heading" ? block.lines.reduce(joined) : block.lines.join("\n");
    const text = hyphens.mend(whole).trim();
    if (!text || isTitle(block)) continue;
    if (block.kind === "note") {
      if (notes.parts.length === 0) notes.page = block.page;
      notes.parts.push({ text, page: block.page, gap: "\n\n" });
      continue;
    }
    const last = drafts.at(-1);
    if (block.kind === "heading" && !byPage) {
      drafts.push({
        label: text,
        level: (block.level ?? highest) - highest + 1,
        parts: [],
        page: block.page,
      });
      paragraph = undefined;
      continue;
    }
    if (byPage && last?.page !== block.page) drafts.push({ label: `Page ${block.page}`, parts: [], page: block.page });
    else if (!last) drafts.push({ label: "", parts: [], page: block.page });
    const draft = drafts.at(-1)!;
    const before = draft.parts.at(-1);
    const goesOn = before && block.goesOn && paragraph?.open === true && /^\p{Ll}|^[(\d]/u.test(text);
    if (goesOn && before.page === block.page) before.text = hyphens.mend(joined(before.text, text));
    else if (goesOn) draft.parts.push(...acrossPages(before, text, block.page, hyphens));
    else draft.parts.push({ text, page: block.page, gap: "\n\n" });
    paragraph = block.kind === "text" ? block : undefined;
  }
  return [...drafts, ...(notes.parts.length > 0 ? [notes] : [])]
    .map(sectionOf)
    .filter(({ label, text }) => label || text);
}

/** A word that the end of a page has broken is kept whole on the page where it begins. */
function acrossPages(before: Part, text: string, page: number, hyphens: Hyphens): Part[] {
  const [head = "", ...rest] = text.split(" ");
  if (!/\p{L}[-‐\u00ad]$/u.test(before.text)) return [{ text, page, gap: " " }];
  before.text = hyphens.mend(joined(before.text, head));
  return rest.length > 0 ? [{ text: rest.join(" "), page, gap: " " }] : [];
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}

function sectionOf({ label, level, parts, page }: Draft): Section {
  const pageBreaks: number[] = [];
  let text = "";
  for (const part of parts) {
    if (text) text += part.gap;
    while (page + pageBreaks.length < part.page) pageBreaks.push(text.length);
    text += part.text;
  }
  return { label, text, page, ...(pageBreaks.length > 0 ? { pageBreaks } : {}), ...(level ? { level } : {}) };
}

/**
 * An HTML tree as sections of plain text in document order: headings open sections, lists and tables keep their lines,
 * what is not shown to a reader is dropped. Walks without recursion, since pages may be nested thousands deep.
 */
import type { Section } from "../../../schemas/index.ts";
import { ELEMENT, TEXT, type DomElement, type DomNode } from "./dom.ts";
import { isDataTable, tableLines } from "./html-table.ts";
import { power } from "../../kit/raised.ts";
import { collapse } from "./html-text.ts";
import { isStyledAway } from "./html/styled-away.ts";

/** Never text of the page. */
const DROPPED = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE SVG IFRAME OBJECT EMBED CANVAS AUDIO VIDEO BUTTON INPUT SELECT TEXTAREA HEAD TITLE LINK META RT RP RTC".split(
    " ",
  ),
);
/** Around the page's text, not in it. */
const FURNITURE = new Set(["NAV", "FOOTER", "DIALOG"]);
const FURNITURE_ROLE = /^(?:navigation|banner|contentinfo|search|dialog|alertdialog)$/;
const INLINE = new Set(
  "A ABBR ACRONYM B BDI BDO BIG CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK NOBR OUTPUT Q RB RUBY S SAMP SMALL SPAN STRIKE STRONG SUB SUP TIME TT U VAR WBR IMG".split(
    " ",
  ),
);

/** Data does not stand deeper than this in tables within tables. */
const MAX_LAYOUT_TABLES = 10;

export interface Blocks {
  sections: Section[];
  /** Characters of text. */
  length: number;
  /** Lines that came from data tables: a reader that loses some is not to be trusted. */
  tableRows: number;
}

export function blocksOf(root: DomElement): Blocks {
  const writer = new BlockWriter();
  let node: DomNode | null = root;
  while (node) {
    const open = node.nodeType === ELEMENT ? writer.enter(node as DomElement) : (writer.text(node), false);
    if (open && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    if (open) writer.leave(node as DomElement);
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      if (node) writer.leave(node as DomElement);
    }
    node = !node || node === root ? null : node.nextSibling;
  }
  return writer.finish();
}

class BlockWriter {
  readonly #sections: { label: string; text: string }[] = [{ label: "", text: "" }];
  readonly #lists: { ordered: boolean; next: number }[] = [];
  #line = "";
  #marker = "";
  /** What parts the next text from the last. */
  #gap = "\n\n";
  /** Layout tables around the current place. */
  #tables = 0;
  #tableRows = 0;

  /** True where the element's children are to be walked, and `leave` to be called after them. */
  enter(element: DomElement): boolean {
    const tag = element.tagName.toUpperCase();
    if (DROPPED.has(tag) || FURNITURE.has(tag) || isHidden(element)) return false;
    if (tag === "BR") {
      this.#line += "\n";
      return false;
    }
    if (tag === "SUP" || tag === "MATH" || tag === "PRE") {
      this.#leaf(tag, element);
      return false;
    }
    if (isInline(tag, element)) return true;
    this.#flush(gapOf(tag));
    if (tag === "TABLE" && this.#tables < MAX_LAYOUT_TABLES && isDataTable(element)) {
      const lines = tableLines(element);
      this.#tableRows += lines.length;
      this.#write(lines.join("\n"), "\n\n");
      return false;
    }
    if (tag === "TABLE") this.#tables += 1;
    if (tag === "UL" || tag === "OL") this.#lists.push({ ordered: tag === "OL", next: startOf(element) });
    if (tag === "LI") this.#marker = this.#nextMarker();
    return true;
  }

  leave(element: DomElement): void {
    const tag = element.tagName.toUpperCase();
    if (isInline(tag, element)) return;
    if (/^H[1-6]$/.test(tag)) {
      const label = collapse(this.#line).replaceAll("\n", " ");
      this.#line = "";
      if (label) this.#sections.push({ label, text: "" });
      return;
    }
    this.#flush(gapOf(tag));
    if (tag === "TABLE") this.#tables -= 1;
    if (tag === "UL" || tag === "OL") this.#lists.pop();
    if (tag === "LI") this.#marker = "";
  }

  text(node: DomNode): void {
    if (node.nodeType === TEXT) this.#line += (node.textContent ?? "").replace(/\s+/g, " ");
  }

  finish(): Blocks {
    this.#flush("\n\n");
    const sections = this.#sections.filter(({ label, text }) => label || text);
    const length = sections.reduce((sum, { label, text }) => sum + label.length + text.length, 0);
    return { sections, length, tableRows: this.#tableRows };
  }

  #leaf(tag: string, element: DomElement): void {
    if (tag === "SUP") this.#line += power(this.#line, element.textContent ?? "");
    else if (tag === "MATH") this.#line += ` ${element.getAttribute("alttext") ?? element.textContent ?? ""} `;
    else {
      this.#flush("\n\n");
      this.#write((element.textContent ?? "").replace(/^\n+/, "").trimEnd(), "\n\n");
    }
  }

  /** Ends the current line; `gap` is what stands before the next text at least. */
  #flush(gap: string): void {
    const line = collapse(this.#line);
    this.#line = "";
    if (line) {
      const indent = "  ".repeat(Math.max(0, this.#lists.length - 1));
      const text = this.#lists.length > 0 ? `${indent}${this.#marker || "  "}${line}` : line;
      this.#marker = "";
      this.#write(text, gap);
    } else if (gap === "\n\n" && this.#lists.length === 0) this.#gap = gap;
  }

  #write(text: string, gap: string): void {
    if (!text.trim()) return;
    const section = this.#sections.at(-1)!;
    section.text += section.text ? this.#gap + text : text;
    this.#gap = this.#lists.length > 0 ? "\n" : gap;
  }

  #nextMarker(): string {
    const list = this.#lists.at(-1);
    return list?.ordered ? `${list.next++}. ` : "- ";
  }
}

/** Elements of a site's own making stand in a line where words stand beside them. */
function isInline(tag: string, element: DomElement): boolean {
  if (!/[-:]/.test(tag)) return INLINE.has(tag);
  return [element.previousSibling, element.nextSibling].some(
    (beside) => beside?.nodeType === TEXT && (beside.textContent ?? "").trim(),
  );
}

/** Lines of a list or of a row stand together, paragraphs apart. */
function gapOf(tag: string): "\n" | "\n\n" {
  return /^(?:LI|D[TD]|T[RDH])$/.test(tag) ? "\n" : "\n\n";
}

function startOf(list: DomElement): number {
  const start = Number.parseInt(list.getAttribute("start") ?? "", 10);
  return Number.isFinite(start) ? start : 1;
}

/** Tools of MediaWiki's pages: "[edit]" beside every heading, and what it does not print. */
const WIKI_TOOLS = /(?:^|\s)(?:mw-editsection|mw-jump-link|noprint)(?:\s|$)/;

function isHidden(element: DomElement): boolean {
  if (WIKI_TOOLS.test(element.getAttribute("class") ?? "")) return true;
  if (element.hasAttribute("hidden") || element.getAttribute("aria-hidden") === "true") return true;
  if (FURNITURE_ROLE.test(element.getAttribute("role") ?? "")) return true;
  return isStyledAway(element);
}

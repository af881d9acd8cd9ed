/**
 * The text of a label in document order: paragraphs, lists, tables and fractions, so that no number moves to another drug,
 * dose or row. A line break in the source is always one here: `10<br/>000` never becomes 10000.
 */
import { besideNumber, power } from "../../../kit/raised.ts";
import { fractionAt } from "../inline.ts";
import { inLines, tableLines, tidy, type Node } from "../markup.ts";
import { at, children, textOf, type XmlElement } from "../xml.ts";

/** @param notes footnotes and descriptions of pictures by their ID, for the places that refer to one again */
export function proseOf(element: XmlElement, notes: ReadonlyMap<string, string> = new Map()): string {
  return new Prose(notes).blocks(element.children);
}

/** Footnotes, and what pictures are said to show, anywhere below, by ID. */
export function notesIn(element: XmlElement, found = new Map<string, string>()): Map<string, string> {
  for (const child of element.children) {
    if (typeof child === "string") continue;
    const id = child.attributes["ID"];
    if (child.name === "footnote" && id) found.set(id, textOf(child));
    if (child.name === "observationMedia" && id) found.set(id, textOf(at(child, "text")));
    notesIn(child, found);
  }
  return found;
}

const BLOCKS: ReadonlySet<string> = new Set(["paragraph", "list", "table", "p", "ul", "ol", "div"]);
const OTHER_SIGNS: Record<string, string> = { Circle: "○", Disc: "•", Square: "▪" };

class Prose {
  readonly #notes: ReadonlyMap<string, string>;

  constructor(notes: ReadonlyMap<string, string>) {
    this.#notes = notes;
  }

  blocks(nodes: readonly Node[]): string {
    return inLines(nodes, {
      isBlock: ({ name }) => BLOCKS.has(name),
      inline: (between) => this.#inline(between),
      block: (element) => this.#block(element),
    });
  }

  #block(element: XmlElement): string {
    if (element.name === "table") return this.#table(element);
    if (element.name === "list" || element.name === "ul" || element.name === "ol") return this.#list(element);
    const caption = children(element, "caption").map(textOf).join(" ");
    const rest = element.children.filter((child) => typeof child === "string" || child.name !== "caption");
    return [caption, this.blocks(rest)].filter(Boolean).join("\n");
  }

  #list(list: XmlElement): string {
    const ordered = list.attributes["listType"] === "ordered" || list.name === "ol";
    const items = [...children(list, "item"), ...children(list, "li")];
    const lines = items.map((item, i) => {
      const sign = children(item, "caption").map(textOf).join(" ").trim();
      const rest = item.children.filter((child) => typeof child === "string" || child.name !== "caption");
      const mark = sign || (ordered ? `${i + 1}.` : (OTHER_SIGNS[list.attributes["styleCode"] ?? ""] ?? "•"));
      // What belongs to an item is set in under it.
      return `${mark} ${this.blocks(rest).replaceAll("\n", "\n  ")}`.trimEnd();
    });
    return [...children(list, "caption").map(textOf), ...lines].filter(Boolean).join("\n");
  }

  #table(table: XmlElement): string {
    const captions = children(table, "caption").map((caption) =>
      tidy(this.#inline(caption.children)).replaceAll("\n", " "),
    );
    return [...captions, ...tableLines(table, (cell) => this.blocks(cell.children))].filter(Boolean).join("\n");
  }

  #inline(nodes: readonly Node[]): string {
    let text = "";
    for (let i = 0; i < nodes.length; i++) {
      const fraction = fractionAt(nodes, i);
      if (fraction) {
        text += besideNumber(text, fraction);
        i += 2;
      } else text += this.#word(nodes[i]!, text);
    }
    return text;
  }

  /** What it shows, where more is said than the name of its file. */
  #picture(node: XmlElement): string {
    const shown = this.#notes.get(node.attributes["referencedObject"] ?? "") ?? "";
    return /\s/.test(shown) && !/\.(?:jpe?g|png|gif)$/i.test(shown) ? `[picture: ${shown}]` : "";
  }

  /** @param before what it stands behind */
  #word(node: Node, before: string): string {
    if (typeof node === "string") return node.replaceAll(/\s+/g, " ");
    switch (node.name) {
      case "br":
        return "\n";
      case "sup":
        return noteMark(before, power(before, this.#inline(node.children)));
      case "footnote":
        return ` [${textOf(node)}]`;
      case "footnoteRef": {
        const note = this.#notes.get(node.attributes["IDREF"] ?? "");
        return note ? ` [${note}]` : "";
      }
      case "renderMultiMedia":
        return [this.#picture(node), ...children(node, "caption").map(textOf)].filter(Boolean).join(" ");
      default:
        return node.children.some((child) => typeof child !== "string" && BLOCKS.has(child.name))
          ? `\n${this.blocks(node.children)}\n`
          : this.#inline(node.children);
    }
  }
}

/** The mark that a note begins with is no part of its first word. */
function noteMark(before: string, mark: string): string {
  return before === "" && /^[a-z]$/.test(mark) ? `${mark} ` : mark;
}

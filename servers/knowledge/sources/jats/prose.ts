/**
 * The text of a JATS article in document order: paragraphs, lists, definitions, quotes, formulas. Tables, figures and boxes
 * that stand within it are handed out, to be sections of their own. References to sources and notes never run into a
 * number: 0.5 with a raised 1 behind it is `0.5[1]`, never 0.51.
 */
import { besideNumber, power } from "../../../kit/raised.ts";
import { formulaText } from "../formula.ts";
import { fractionAt } from "../inline.ts";
import { inLines, type Node } from "../markup.ts";
import { at, children, textOf, type XmlElement } from "../xml.ts";

/** Sections of their own, wherever they stand. */
const FLOATS = named("table-wrap table-wrap-group fig fig-group boxed-text");
const BLOCKS = named(
  "table-wrap table-wrap-group fig fig-group boxed-text p list def-list disp-formula disp-formula-group disp-quote",
  "verse-group verse-line speech statement preformat code supplementary-material media fn-group fn sec title ack array",
  "attrib chem-struct-wrap ref-list ref question answer explanation question-wrap",
);
/** Of no use to a reader, or said elsewhere. */
const UNREAD = named(
  "object-id permissions graphic inline-media alt-text long-desc hr sec-meta kwd-group index-term private-char",
  "processing-meta ref-list glyph-data",
);
const FORMULAS = named("inline-formula alternatives tex-math mml:math math");
const NOTE_TYPES = named("bibr fn table-fn author-notes aff corresp");

export class Prose {
  /** What was handed out, in document order. */
  readonly floats: XmlElement[] = [];

  blocks(nodes: readonly Node[]): string {
    // A note within a sentence is part of it.
    const sentence = nodes.some((node) => typeof node === "string" && node.trim() !== "");
    return inLines(nodes, {
      isBlock: ({ name }) => BLOCKS.has(name) && !(sentence && name === "fn"),
      inline: (between) => this.inline(between),
      block: (element) => this.#block(element),
    });
  }

  /** One line. */
  line(element: XmlElement | undefined): string {
    return element ? this.blocks(element.children).replaceAll("\n", " ") : "";
  }

  #block(element: XmlElement): string {
    if (FLOATS.has(element.name)) {
      this.floats.push(element);
      return "";
    }
    switch (element.name) {
      case "list":
        return this.#list(element);
      case "def-list":
        return this.#definitions(element);
      case "disp-formula":
        return [formulaText(element), this.line(at(element, "label"))].filter(Boolean).join(" ");
      case "preformat":
      case "code":
        return element.children
          .map((child) => (typeof child === "string" ? child : textOf(child)))
          .join("")
          .trim();
      case "supplementary-material":
      case "media":
      case "statement":
      case "disp-formula-group":
        return this.#labelled(element);
      case "fn":
        return [this.line(at(element, "label")), this.#without(element, ["label"])].filter(Boolean).join(" ");
      case "ref-list":
        return "";
      default:
        return this.blocks(element.children);
    }
  }

  /** `Table S1: what it holds`, then the rest. */
  #labelled(element: XmlElement): string {
    const head = [this.line(at(element, "label")), this.line(at(element, "title") ?? at(element, "caption"))];
    const rest = this.#without(element, ["label", "title", "caption"]);
    return [head.filter(Boolean).join(": "), rest].filter(Boolean).join("\n");
  }

  #list(list: XmlElement): string {
    const type = list.attributes["list-type"] ?? "";
    const title = this.line(at(list, "title"));
    const lines = children(list, "list-item").map((item, i) => {
      const mark = this.line(at(item, "label")) || markOf(type, i);
      const text = this.#without(item, ["label"]);
      // What belongs to an item is set in under it.
      return [mark, text.replaceAll("\n", "\n  ")].filter(Boolean).join(" ");
    });
    return [title, ...lines].filter(Boolean).join("\n");
  }

  /** A term a line, with its definition. */
  #definitions(list: XmlElement): string {
    const items = children(list, "def-item").map((item) => {
      const term = children(item, "term")
        .map((one) => this.line(one))
        .join(", ");
      const definition = children(item, "def")
        .map((one) => this.line(one))
        .join("; ");
      return [term, definition].filter(Boolean).join(": ");
    });
    const inner = children(list, "def-list").map((one) => this.#definitions(one));
    return [this.line(at(list, "title")), ...items, ...inner].filter(Boolean).join("\n");
  }

  #without(element: XmlElement, names: readonly string[]): string {
    return this.blocks(element.children.filter((child) => typeof child === "string" || !names.includes(child.name)));
  }

  inline(nodes: readonly Node[]): string {
    let text = "";
    for (let i = 0; i < nodes.length; i++) {
      const fraction = fractionAt(nodes, i);
      if (fraction) {
        text += besideNumber(text, fraction);
        i += 2;
      } else text = this.#added(text, nodes[i]!);
    }
    return text;
  }

  #added(before: string, node: Node): string {
    if (typeof node === "string") return before + node.replaceAll(/\s+/g, " ");
    if (isNoteMark(node)) return before + marked(before, this.#mark(node), isRaised(node));
    if (node.name === "sup") return before + power(before, this.inline(node.children));
    const word = this.#word(node);
    return before + (FORMULAS.has(node.name) ? besideNumber(before, word) : word);
  }

  #word(node: XmlElement): string {
    // A sign that is drawn is told: a cell that holds one is not empty.
    if (node.name === "inline-graphic") return textOf(at(node, "alt-text")) || "[picture]";
    if (UNREAD.has(node.name)) return "";
    if (FORMULAS.has(node.name)) return formulaText(node);
    switch (node.name) {
      case "break":
        return "\n";
      case "ext-link":
      case "uri":
        return this.inline(node.children) || (node.attributes["xlink:href"] ?? "");
      case "fn":
        return ` [${textOf(node)}]`;
      default:
        return node.children.some((child) => typeof child !== "string" && BLOCKS.has(child.name))
          ? `\n${this.blocks(node.children)}\n`
          : this.inline(node.children);
    }
  }

  /** The mark itself, whatever it is wrapped in. */
  #mark(node: XmlElement): string {
    return this.inline(node.children.map(bare)).trim();
  }
}

function bare(node: Node): Node {
  return typeof node === "object" && (node.name === "sup" || node.name === "xref") ? { ...node, name: "" } : node;
}

/** A reference to a source or note: raised, or a link to one. */
function isNoteMark(node: XmlElement): boolean {
  if (node.name === "xref") return NOTE_TYPES.has(node.attributes["ref-type"] ?? "");
  if (node.name !== "sup") return false;
  return node.children.some((child) => typeof child === "object" && isNoteMark(child) && child.name === "xref");
}

function isRaised(node: XmlElement): boolean {
  return node.name === "sup" || node.children.some((child) => typeof child === "object" && child.name === "sup");
}

/** Marks with numbers or letters behind a word or number are set in brackets; signs such as * need none. */
function marked(before: string, mark: string, high: boolean): string {
  if (!/^[\p{L}\p{N}]/u.test(mark)) return mark;
  const touches = /[\p{L}\p{N}%]$/u.test(before);
  // Within brackets that the text itself sets, a comma is only a comma: (1,2).
  const follows = /[)\].,;:]$/.test(before) && (high || !/[([][^)\]]*$/.test(before.slice(-100)));
  return touches || follows ? `[${mark}]` : mark;
}

const ORDERS: Record<string, (i: number) => string> = {
  order: (i) => `${i + 1}.`,
  "alpha-lower": (i) => `${String.fromCharCode(97 + (i % 26))}.`,
  "alpha-upper": (i) => `${String.fromCharCode(65 + (i % 26))}.`,
  "roman-lower": (i) => `${roman(i + 1)}.`,
  "roman-upper": (i) => `${roman(i + 1).toUpperCase()}.`,
  simple: () => "",
};

function markOf(type: string, i: number): string {
  return ORDERS[type]?.(i) ?? "•";
}

function roman(number: number): string {
  let [rest, text] = [number, ""];
  for (const [value, sign] of [
    [100, "c"],
    [90, "xc"],
    [50, "l"],
    [40, "xl"],
    [10, "x"],
    [9, "ix"],
    [5, "v"],
    [4, "iv"],
    [1, "i"],
  ] as const) {
    for (; rest >= value; rest -= value) text += sign;
  }
  return text;
}

function named(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

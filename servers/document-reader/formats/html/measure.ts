/** How much text an element holds, and how much of that is links: by this, furniture is told from text. */
import { ELEMENT, TEXT, type DomElement, type DomNode } from "../dom.ts";

export interface Measure {
  /** Characters without white space. */
  text: number;
  /** Of these, inside links and buttons. */
  linked: number;
  links: number;
  /** Rows of tables with at least two cells. */
  rows: number;
  /** Holds the first heading of the highest level. */
  titled: boolean;
}

const UNSEEN = /^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|HEAD)$/i;

/** For every element below `root`, in one pass without recursion. */
export function measure(root: DomElement): Map<DomNode, Measure> {
  const measures = new Map<DomNode, Measure>();
  const of = (node: DomNode) => {
    let found = measures.get(node);
    if (!found) measures.set(node, (found = { text: 0, linked: 0, links: 0, rows: 0, titled: false }));
    return found;
  };
  let links = 0;
  const leave = (node: DomNode) => {
    const own = of(node);
    if (node.nodeType === ELEMENT) {
      const tag = (node as DomElement).tagName.toUpperCase();
      if (isLink(tag)) {
        links -= 1;
        own.links += 1;
      }
      if (tag === "H1") own.titled = true;
      if (tag === "TR" && [...(node as DomElement).children].length > 1) own.rows += 1;
    }
    if (node === root || !node.parentNode) return;
    const parent = of(node.parentNode);
    parent.text += own.text;
    parent.linked += own.linked;
    parent.links += own.links;
    parent.rows += own.rows;
    parent.titled ||= own.titled;
  };
  let node: DomNode | null = root;
  while (node) {
    const isElement = node.nodeType === ELEMENT;
    const tag: string = isElement ? (node as DomElement).tagName.toUpperCase() : "";
    if (isElement && isLink(tag)) links += 1;
    if (node.nodeType === TEXT) {
      const { length } = (node.textContent ?? "").replace(/\s+/g, "");
      of(node).text += length;
      if (links > 0) of(node).linked += length;
    }
    if (isElement && node.firstChild && !UNSEEN.test(tag)) {
      node = node.firstChild;
      continue;
    }
    leave(node);
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      if (node) leave(node);
    }
    node = !node || node === root ? null : node.nextSibling;
  }
  return measures;
}

function isLink(tag: string): boolean {
  return tag === "A" || tag === "BUTTON";
}

/**
 * Where a page keeps text that a browser shows and a plain parser passes over: components that come with their content,
 * and, on pages that show nearly nothing else, what stands there for readers without scripts or frames.
 */
import type { DomDocument, DomElement, DomNode } from "../dom.ts";

/** Shorter ones only ask for scripts to be turned on. */
const LEAST_INSTEAD = 200;
const MAX_ADDRESS = 2_000;
const MOST_PAGES = 50;

export function openUnseenParts(document: DomDocument): void {
  const root = document.body ?? document.documentElement;
  for (const component of document.querySelectorAll("template[shadowrootmode]")) {
    component.replaceWith(...childrenOf(component));
  }
  const instead = document.querySelectorAll("noscript, noframes");
  const shown = seenLength(root);
  const replacing = instead.filter((one) => lengthOf(one) >= Math.max(LEAST_INSTEAD, shown));
  for (const one of replacing) root.append(...childrenOf(one));
}

/** Addresses of the pages in a page's frames, and of the one to which it leads by itself. */
export function otherPages(document: DomDocument): string[] {
  const frames = document.querySelectorAll("frame[src]").map((frame) => frame.getAttribute("src")!.trim());
  const onward = document
    .querySelectorAll("meta[http-equiv][content]")
    .filter((meta) => /^refresh$/i.test(meta.getAttribute("http-equiv")!))
    .flatMap(
      (meta) => /^[\d.\s]*[;,]\s*url\s*=\s*["']?([^"']+)/i.exec(meta.getAttribute("content")!)?.[1]?.trim() ?? [],
    );
  return [...frames, ...onward].filter((address) => address.length <= MAX_ADDRESS).slice(0, MOST_PAGES);
}

function seenLength(root: DomElement): number {
  const unseen = root.querySelectorAll("script, style, noscript, noframes, template");
  return lengthOf(root) - unseen.reduce((sum, one) => sum + lengthOf(one), 0);
}

function lengthOf(node: DomNode): number {
  return (node.textContent ?? "").replace(/\s+/g, "").length;
}

function childrenOf(element: DomElement): DomNode[] {
  const children = [];
  for (let child = element.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

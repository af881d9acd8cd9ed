/**
 * Panels that a click opens are text of the page: shown, with the buttons of their headings as plain words. So are
 * asides that were not taken out: key points, which an article finder throws away for their name.
 */
import type { DomDocument, DomElement } from "../dom.ts";

const HEADINGS = "h1 button, h2 button, h3 button, h4 button, h5 button, h6 button, dt button, summary button";

export function unfold(document: DomDocument): void {
  const panels = new Set(
    document.querySelectorAll("[aria-controls]").flatMap((e) => (e.getAttribute("aria-controls") ?? "").split(/\s+/)),
  );
  for (const panel of document.querySelectorAll("[id][aria-hidden], [id][hidden], [id][style]")) {
    if (panels.has(panel.getAttribute("id")!)) show(panel);
  }
  for (const wrapped of document.querySelectorAll(`${HEADINGS}, aside`)) {
    const children = [];
    for (let child = wrapped.firstChild; child; child = child.nextSibling) children.push(child);
    wrapped.replaceWith(...children);
  }
}

function show(panel: DomElement): void {
  panel.removeAttribute("hidden");
  panel.removeAttribute("aria-hidden");
  if (/display\s*:\s*none/i.test(panel.getAttribute("style") ?? "")) panel.removeAttribute("style");
}

/**
 * Panels that a click opens are text of the page: shown, with the buttons of their headings as plain words. So are
 * asides that were not taken out: key points, which an article finder throws away for their name.
 */
import type { DomDocument, DomElement } from "../dom.ts";

const HEADINGS = "h1 button, h2 button, h3 button, h4 button, h5 button, h6 button, dt button, summary button";

/** Call it while the tabs and buttons that open panels are still there. */
export function openPanels(document: DomDocument): void {
  const panels = new Set(
    document
      .querySelectorAll("[aria-controls], [data-target], [data-bs-target], a[role=tab], a[data-toggle]")
      .flatMap((opener) =>
        ["aria-controls", "data-target", "data-bs-target", "href"]
          .flatMap((name) => (opener.getAttribute(name) ?? "").split(/\s+/))
          .map((name) => name.replace(/^#/, "")),
      ),
  );
  for (const panel of document.querySelectorAll("[aria-hidden], [hidden], [style]")) {
    const isFound = panel.getAttribute("hidden")?.toLowerCase() === "until-found";
    const isPanel = panel.getAttribute("role") === "tabpanel" || panels.has(panel.getAttribute("id") ?? "");
    if (isFound || isPanel) show(panel);
  }
}

export function unwrap(document: DomDocument): void {
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

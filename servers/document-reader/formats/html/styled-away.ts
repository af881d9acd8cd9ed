/** What no reader of the page sees: text out of the picture, without size, or in the colour of its ground. */
import type { DomElement } from "../dom.ts";

/** By the element's own style; what only fades in (`opacity`) or unfolds (`max-height`) is text of the page. */
export function isStyledAway(element: DomElement): boolean {
  const style = element.getAttribute("style");
  if (!style) return false;
  if (/(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style)) return true;
  if (/(?:^|[;\s])(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}/i.test(style)) return true;
  const colour = colourIn(style, "color");
  if (colour && colour === (colourIn(style, "background") ?? colourIn(style, "background-color"))) return true;
  // Blanks between boxes are closed with this: the boxes then set a size of their own.
  return /(?:^|[;\s])font-size\s*:\s*0(?![\d.])/i.test(style) && !element.querySelector("[class], [style]");
}

function colourIn(style: string, name: string): string | undefined {
  return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, "i").exec(style)?.[1]?.trim().toLowerCase();
}

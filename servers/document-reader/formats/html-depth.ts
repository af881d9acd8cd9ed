/** How deep the tags of a page nest, before it is parsed: trees thousands deep cost parsers quadratic time. */

const VOID = new Set("area base br col embed frame hr img input link meta param source track wbr".split(" "));
/** Closed by their own kind or by their parent when no end tag is written. */
const OFTEN_OPEN = new Set("p li dt dd tr td th thead tbody tfoot option optgroup html head body".split(" "));

/** An estimate that is exact where every tag is closed. */
export function nestingDepth(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z][^\s>/]*)/gi)) {
    const tag = name!.toLowerCase();
    if (VOID.has(tag) || OFTEN_OPEN.has(tag)) continue;
    depth = end ? Math.max(0, depth - 1) : depth + 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

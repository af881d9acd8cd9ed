/** Snippets as providers send them (tags, entities, odd white space) as one line of plain text. */

const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
};

const MAX_LENGTH = 600;
/** Beyond this a snippet is no snippet. */
const MAX_MARKUP = 4000;

export function plainSnippet(markup: string): string {
  const text = markup
    .slice(0, MAX_MARKUP)
    .replace(/<(script|style)\b[^>]*>.*?<\/\1\s*>/gis, " ")
    .replace(/<!--.*?-->/gs, " ")
    .replace(/<\/?(?:br|p|div|li|tr|td|h\d)\b[^>]*>/gi, " ")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, decodeEntity)
    // oxlint-disable-next-line no-control-regex -- they are what is removed
    .replace(/[\s\u0000-\u001f\u007f]+/g, " ")
    .toWellFormed()
    .trim();
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH).replace(/\s+\S*$/, "")} …`;
}

/** Decoded once: `&amp;lt;` stays `&lt;`. */
function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

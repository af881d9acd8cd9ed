/** Labels: cleaned, measured without a font, wrapped and cut to fit. */

/** A label longer than this is cut before it is looked at: some are a megabyte. */
const LONGEST = 400;

/** One line of visible text: no control characters, no marks that turn the text around them. */
export function clean(text: string): string {
  const start = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return start
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\uFFFE\uFFFF]/g, "")
    .trim();
}

/** Width in pixels as a wide sans-serif face (DejaVu, Verdana) sets it: other faces need less. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * size;
}

function emsOf(character: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  if (/[ilj|!.,:;'’()[\]tf]/.test(character)) return 0.39;
  if (/[mwMW@%—…]/.test(character)) return 0.97;
  if (character === " ") return 0.33;
  if (/[A-ZÀ-ÞΑ-ΩА-Я]/.test(character)) return 0.72;
  if (/[\p{Extended_Pictographic}]/u.test(character)) return 1.4;
  if (character > "\u2E7F") return 1.05;
  return 0.63;
}

/** The beginning that fits, with an ellipsis where something was cut. */
export function fit(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = "";
  let used = widthOf("…", size);
  for (const cluster of clusters(text)) {
    used += widthOf(cluster, size);
    if (used > width) break;
    kept += cluster;
  }
  return `${kept.trimEnd()}…`;
}

/** At most `most` lines of at most `width` pixels; the last one ends in an ellipsis where text is left over. */
export function wrap(text: string, width: number, size: number, most: number): string[] {
  const words = clean(text).split(" ");
  const lines: string[] = [];
  let line = "";
  while (words.length > 0) {
    const word = words[0]!;
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, size) <= width) {
      line = longer;
      words.shift();
    } else if (lines.length === most - 1) {
      return [...lines, fit([line, ...words].filter(Boolean).join(" "), width, size)];
    } else if (line) {
      lines.push(line);
      line = "";
    } else {
      const [head, rest] = brokenAt(word, width, size);
      lines.push(head);
      words[0] = rest;
    }
  }
  return line ? [...lines, line] : lines;
}

/** What is left of a broken word is not shorter than this. */
const SHORTEST_REST = 4;

/** A word that is wider than a line, in two: after a hyphen or slash of its own where there is one, else with a hyphen. */
function brokenAt(word: string, width: number, size: number): [head: string, rest: string] {
  const all = [...clusters(word)];
  let count = 0;
  let used = widthOf("-", size);
  for (const cluster of all) {
    used += widthOf(cluster, size);
    if (used > width) break;
    count += 1;
  }
  count = Math.max(1, Math.min(count, all.length - SHORTEST_REST));
  const head = all.slice(0, count).join("");
  const own = Math.max(head.lastIndexOf("-"), head.lastIndexOf("/")) + 1;
  if (own > head.length / 3) return [head.slice(0, own), word.slice(own)];
  // Scripts that are written without spaces break anywhere, and have no hyphen.
  const isHyphenated = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u.test(head);
  return [isHyphenated ? `${head}-` : head, word.slice(head.length)];
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What a reader takes for one character: an emoji of five code points is never cut in two. */
function* clusters(text: string): Generator<string> {
  for (const { segment } of SEGMENTER.segment(text)) yield segment;
}

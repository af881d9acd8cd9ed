/** Europe PMC's texts: abstracts and titles in a little HTML, `<h4>` before each section. */
import { decodeHTMLStrict } from "entities";
import type { Section } from "../../../../schemas/index.ts";
import { besideNumber, power } from "../../../kit/raised.ts";

const HEADING = /<h[1-6][^>]*>(.*?)<\/h[1-6]>/gis;
/** Elements that end a word. */
const BLOCK = /<\/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table)\b[^<>]*>/gi;
/** Only what is known as markup: "p < 0.05 and n > 3" is none. */
const INLINE = /<\/?(?:i|b|u|em|strong|sub|sup|span|a|italic|bold|underline|sc|small|jats:[a-z-]+)\b[^<>]*>/gi;

/** The sections of an abstract with their labels; a text without headings is one section. */
export function sectionsOf(html: string): Section[] {
  const pieces = html.split(HEADING);
  return [
    { label: "", text: plainText(pieces[0]!) },
    ...pieces.slice(1).flatMap((label, at) => {
      const text = at % 2 === 0 ? plainText(pieces[at + 2] ?? "") : "";
      return at % 2 === 0 ? [{ label: plainText(label).replace(/\s*:$/, ""), text }] : [];
    }),
  ].filter(({ text }) => text !== "");
}

/** A text with its markup dissolved: raised numbers stay raised, as in 10⁹. */
export function plainText(html: string): string {
  const text = html
    .replace(FRACTION, (_, over: string, under: string, at: number) =>
      besideNumber(before(html, at), `${over}/${under}`),
    )
    .replace(/<sup\b[^<>]*>(.*?)<\/sup>/gis, (_, inner: string, at: number, whole: string) =>
      power(before(whole, at), inner.replaceAll(INLINE, "")),
    )
    .replaceAll(BLOCK, " ")
    .replaceAll(INLINE, "");
  return decodeHTMLStrict(text).replace(/\s+/g, " ").trim();
}

const FRACTION = /<sup\b[^<>]*>\s*(\d+)\s*<\/sup>\s*[/⁄]\s*<sub\b[^<>]*>\s*(\d+)\s*<\/sub>/gi;

/** The letters before a place, as far as a number needs to know them. */
function before(html: string, at: number): string {
  return html.slice(Math.max(0, at - 60), at).replaceAll(INLINE, "");
}

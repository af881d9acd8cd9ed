/** Snippets as providers send them (tags, entities, odd white space) as one line of plain text. */
import { decodeHTMLStrict } from "entities";
import { cleanText } from "../kit/unseen.ts";

const MAX_LENGTH = 600;
/** Beyond this a snippet is no snippet. */
const MAX_MARKUP = 4000;

export function plainSnippet(markup: string): string {
  const bare = markup
    .slice(0, MAX_MARKUP)
    .replace(/<(script|style)\b[^>]*>.*?<\/\1\s*>/gis, " ")
    .replace(/<!--.*?-->/gs, " ")
    .replace(/<\/?(?:br|p|div|li|tr|td|h\d)\b[^>]*>/gi, " ")
    .replace(/<\/?[a-z][^>]*>/gi, "");
  // Once: `&amp;lt;` stays `&lt;`.
  const text = cleanText(decodeHTMLStrict(bare)).replace(/\s+/g, " ").trim();
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH).replace(/\s+\S*$/, "")} …`;
}

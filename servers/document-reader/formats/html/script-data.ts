/**
 * Text that a page carries as data of its scripts (`__NEXT_DATA__`, `window.STATE = {…}`) and draws from there: read as
 * JSON, never run. Of the data, the part that holds nearly all the prose is the article; the rest is menus and teasers.
 */
import type { DomDocument } from "../dom.ts";

const MAX_SCRIPT = 5_000_000;
const MAX_VALUES = 100_000;
const MAX_DEPTH = 200;
/** Characters from which a string with words in it is prose. */
const PROSE = 60;
/** The article is the smallest part that holds this much of the prose. */
const SHARE = 0.7;
/** What a short string may be called to belong to the text around it. */
const SHOWN_KEY =
  /^(?:title|headline|heading|subtitle|subheading|text|content|value|question|answer|caption|html|body)$/i;
const ASSIGNED =
  /^\s*(?:(?:window|self|globalThis)\s*(?:\.\s*\w+|\[\s*["']\w+["']\s*\])|var\s+\w+|const\s+\w+)\s*=\s*(?=[{[])/;

interface Node {
  /** Characters of prose in it. */
  prose: number;
  children: Node[];
  text?: string;
  key: string;
}

/** The article as HTML, paragraph by paragraph; empty where the scripts hold none. */
export function scriptedArticle(document: DomDocument): string {
  const nodes = document
    .querySelectorAll("script")
    .flatMap((script) => dataOf(script.getAttribute("type") ?? "", script.textContent ?? ""))
    .map((data) => nodeOf(data));
  const best = nodes.reduce<Node | undefined>((a, b) => (b.prose > (a?.prose ?? 0) ? b : a), undefined);
  return best ? textsOf(articleIn(best)).map(asHtml).join("\n") : "";
}

function dataOf(type: string, script: string): unknown[] {
  if (script.length > MAX_SCRIPT || /ld\+json/i.test(type)) return [];
  const assigned = ASSIGNED.exec(script)?.[0];
  if (!assigned && !/^application\/json$/i.test(type)) return [];
  const json = script.slice(assigned?.length ?? 0).trim();
  const end = Math.max(json.lastIndexOf("}"), json.lastIndexOf("]")) + 1;
  try {
    return [JSON.parse(json.slice(0, end))];
  } catch {
    return [];
  }
}

/** The data as a tree with the prose counted, without recursion deeper than `MAX_DEPTH`. */
function nodeOf(data: unknown, key = "", depth = 0, left = { values: MAX_VALUES }): Node {
  const node: Node = { prose: 0, children: [], key };
  if (left.values-- <= 0 || depth > MAX_DEPTH) return node;
  if (typeof data === "string") return { ...node, text: data, prose: isProse(data) ? data.length : 0 };
  if (typeof data !== "object" || data === null) return node;
  const isList = Array.isArray(data);
  for (const [name, value] of Object.entries(data)) {
    const child = nodeOf(value, isList ? key : name, depth + 1, left);
    node.children.push(child);
    node.prose += child.prose;
  }
  return node;
}

function articleIn(root: Node): Node {
  let at = root;
  for (;;) {
    const next = at.children.find(({ prose }) => prose >= SHARE * at.prose);
    if (next?.text !== undefined) return next;
    // Its title stands beside a list of paragraphs.
    if (!next || at.children.some(({ key, text }) => text && /^(?:title|headline|heading)$/i.test(key))) return at;
    at = next;
  }
}

function textsOf(node: Node): string[] {
  const seen = new Set<string>();
  const walk = (one: Node, beside: boolean): void => {
    const { text, key } = one;
    if (text !== undefined && (isProse(text) || (beside && SHOWN_KEY.test(key) && /\s/.test(text)))) seen.add(text);
    for (const child of one.children) walk(child, true);
  };
  walk(node, true);
  return [...seen];
}

/** Words, and not an address, a style or a piece of program. */
function isProse(text: string): boolean {
  if (text.length < PROSE || /^(?:https?:|data:|\/|#|\.)|^\s*(?:function|\{|\[)/.test(text)) return false;
  const words = text.match(/[\p{L}\p{N}]+(?=[\s.,;:!?)–-])/gu)?.length ?? 0;
  const isUnspaced = /[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]{10}/u.test(text);
  return isUnspaced || words >= text.length / 20;
}

function asHtml(text: string): string {
  if (/<\/?(?:p|div|h\d|ul|ol|li|br|strong|em|a|table)\b/i.test(text)) return `<div>${text}</div>`;
  const plain = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return plain
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("\n");
}

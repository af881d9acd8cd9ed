/**
 * XML of one record as a tree, fast: the same tree as `parseXml` gives for the same text, but parts that nobody reads are
 * jumped over, and no document type is known. For files of millions of records, each small.
 */
import type { XmlElement } from "./xml.ts";

const [BANG, SLASH, QUESTION, GREATER] = [33, 47, 63, 62];

/**
 * @param skip names of elements that are left out with all they hold
 * @throws Error on text that is not one element, whole and well nested; the message names what is wrong
 */
export function parseXmlRecord(text: string, skip: ReadonlySet<string> = new Set()): XmlElement {
  const outside: XmlElement = { name: "", attributes: {}, children: [] };
  const open = [outside];
  let inner = outside;
  let at = 0;
  while (at < text.length) {
    const less = text.indexOf("<", at);
    if (less !== at) inner.children.push(decoded(text.slice(at, less < 0 ? undefined : less)));
    if (less < 0) break;
    const next = text.charCodeAt(less + 1);
    if (next === SLASH) {
      const end = text.indexOf(">", less);
      const name = text.slice(less + 2, end).trimEnd();
      if (end < 0 || name !== inner.name) throw new Error(`</${name.slice(0, 40)}> closes <${inner.name}>`);
      open.pop();
      inner = open.at(-1)!;
      at = end + 1;
    } else if (next === BANG || next === QUESTION) {
      at = special(text, less, inner);
    } else {
      const end = endOfTag(text, less);
      const empty = text.charCodeAt(end - 1) === SLASH;
      const element = openTag(text.slice(less + 1, empty ? end - 1 : end));
      at = end + 1;
      if (skip.has(element.name)) {
        if (!empty) at = afterElement(text, element.name, at);
        continue;
      }
      inner.children.push(element);
      if (empty) continue;
      open.push(element);
      inner = element;
    }
  }
  if (inner !== outside) throw new Error(`<${inner.name}> is not closed`);
  const elements = outside.children.filter((child) => typeof child !== "string");
  if (elements.length !== 1) throw new Error(`expected one element, found ${elements.length}`);
  return elements[0]!;
}

/** Comments, instructions and CDATA. @returns where they end */
function special(text: string, start: number, inner: XmlElement): number {
  for (const [begin, end] of [
    ["<!--", "-->"],
    ["<![CDATA[", "]]>"],
    ["<?", "?>"],
  ] as const) {
    if (!text.startsWith(begin, start)) continue;
    const stop = text.indexOf(end, start + begin.length);
    if (stop < 0) throw new Error(`${begin} is not closed`);
    if (begin === "<![CDATA[") inner.children.push(text.slice(start + begin.length, stop));
    return stop + end.length;
  }
  throw new Error(`${text.slice(start, start + 12)} has no place in a record`);
}

/** A value may hold `>`: the tag ends at the first one outside quotes. */
function endOfTag(text: string, start: number): number {
  const end = text.indexOf(">", start);
  const quote = text.indexOf('"', start);
  const single = text.indexOf("'", start);
  if (end >= 0 && (quote < 0 || quote > end) && (single < 0 || single > end)) return end;
  let within = 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (within) {
      if (code === within) within = 0;
    } else if (code === 34 || code === 39) within = code;
    else if (code === GREATER) return i;
  }
  throw new Error(`the tag ${text.slice(start, start + 40)} is not closed`);
}

const NAME = /^[^\s<>&'"=/!?]+/;
const ATTRIBUTE = /\s+([^\s<>&'"=/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

function openTag(tag: string): XmlElement {
  const name = NAME.exec(tag)?.[0];
  if (!name) throw new Error(`<${tag.slice(0, 40)}> is no tag`);
  const attributes: Record<string, string> = {};
  if (name.length < tag.length) {
    let read = (ATTRIBUTE.lastIndex = name.length);
    for (let found = ATTRIBUTE.exec(tag); found; found = ATTRIBUTE.exec(tag)) {
      attributes[found[1]!] = decoded(found[2] ?? found[3]!);
      read = ATTRIBUTE.lastIndex;
    }
    if (tag.slice(read).trim() !== "") throw new Error(`<${tag.slice(0, 60)}> has attributes that cannot be read`);
  }
  return { name, attributes, children: [] };
}

/** Where an element ends that was opened before `from`; elements of its own name within it counted. */
function afterElement(text: string, name: string, from: number): number {
  const close = `</${name}>`;
  let depth = 1;
  for (let at = from; ;) {
    const end = text.indexOf(close, at);
    if (end < 0) throw new Error(`<${name}> is not closed`);
    depth += opened(text, name, at, end) - 1;
    at = end + close.length;
    if (depth === 0) return at;
  }
}

function opened(text: string, name: string, from: number, to: number): number {
  const begin = `<${name}`;
  let count = 0;
  for (let at = text.indexOf(begin, from); at >= 0 && at < to; at = text.indexOf(begin, at + 1)) {
    const after = text.charCodeAt(at + begin.length);
    if (after === GREATER || after === 32 || after === 10 || after === 13 || after === 9) {
      if (text.charCodeAt(endOfTag(text, at) - 1) !== SLASH) count++;
    }
    if (to - at < begin.length) break;
  }
  return count;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @throws Error on an entity that XML itself does not have: none is ever looked up */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w*));?/g,
    (all, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
      const said =
        code === undefined
          ? ENTITIES[name ?? ""]
          : code > 0 && code <= 0x10ffff
            ? String.fromCodePoint(code)
            : undefined;
      if (said === undefined || !all.endsWith(";"))
        throw new Error(`${all.slice(0, 40)} is an entity that is not known`);
      return said;
    },
  );
}

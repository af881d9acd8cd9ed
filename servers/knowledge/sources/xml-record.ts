/**
 * XML of one record as a tree, fast: the same tree as `parseXml` gives for the same text, but parts that nobody reads are
 * jumped over, and no document type is known. For files of millions of records, each small.
 */
import { DEEPEST, type XmlElement } from "./xml.ts";

const [BANG, SLASH, QUESTION, GREATER] = [33, 47, 63, 62];
const [SPACE, DOUBLE, SINGLE] = [32, 34, 39];

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
      const tag = text.slice(less + 1, empty ? end - 1 : end);
      const name = nameOf(tag);
      at = end + 1;
      if (skip.has(name)) {
        if (!empty) at = afterElement(text, name, at);
        continue;
      }
      const element: XmlElement = { name, attributes: attributesOf(tag, name.length), children: [] };
      inner.children.push(element);
      if (empty) continue;
      if (open.push(element) > DEEPEST) throw new Error(`elements within one another, more than ${DEEPEST} deep`);
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
  let within = 0;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (within) {
      // Values are long, tags are not.
      i = text.indexOf(within === DOUBLE ? '"' : "'", i);
      if (i < 0) break;
      within = 0;
    } else if (code === GREATER) return i;
    else if (code === DOUBLE || code === SINGLE) within = code;
  }
  throw new Error(`the tag ${text.slice(start, start + 40)} is not closed`);
}

const NOT_A_NAME = /^$|[<>&'"=/!?]/;

function nameOf(tag: string): string {
  let end = 0;
  while (end < tag.length && tag.charCodeAt(end) > SPACE) end++;
  const name = end < tag.length ? tag.slice(0, end) : tag;
  if (!known.has(name)) {
    if (NOT_A_NAME.test(name)) throw new Error(`<${tag.slice(0, 40)}> is no tag`);
    if (known.size < MOST_NAMES) known.add(name);
  }
  return name;
}

/** Names that were found sound: a document type has few. */
const known = new Set<string>();
const MOST_NAMES = 1000;

const ATTRIBUTE = /\s+([^\s<>&'"=/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

function attributesOf(tag: string, from: number): Record<string, string> {
  const attributes: Record<string, string> = {};
  if (from === tag.length) return attributes;
  let read = (ATTRIBUTE.lastIndex = from);
  for (let found = ATTRIBUTE.exec(tag); found; found = ATTRIBUTE.exec(tag)) {
    attributes[found[1]!] = decoded(found[2] ?? found[3]!);
    read = ATTRIBUTE.lastIndex;
    if (read === tag.length) return attributes;
  }
  if (tag.slice(read).trim() !== "") throw new Error(`<${tag.slice(0, 60)}> has attributes that cannot be read`);
  return attributes;
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
  const between = text.slice(from, to);
  const begin = `<${name}`;
  let count = 0;
  for (let at = between.indexOf(begin); at >= 0; at = between.indexOf(begin, at + 1)) {
    const after = between.charCodeAt(at + begin.length);
    const whole = after === GREATER || after <= SPACE;
    if (whole && between.charCodeAt(endOfTag(between, at) - 1) !== SLASH) count++;
  }
  return count;
}

const ENTITIES = new Map(Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }));

/** @throws Error on an entity that XML itself does not have: none is ever looked up */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w*));?/g,
    (all, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
      const said =
        code === undefined
          ? ENTITIES.get(name ?? "")
          : code > 0 && code <= 0x10ffff
            ? String.fromCodePoint(code)
            : undefined;
      if (said === undefined || !all.endsWith(";"))
        throw new Error(`${all.slice(0, 40)} is an entity that is not known`);
      return said;
    },
  );
}

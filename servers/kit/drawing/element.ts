/**
 * A drawing as plain data, made the same way on the server and in a browser: `toMarkup` writes it as SVG text, an app's
 * browser code makes nodes of it. Nothing that stands in a label can become markup on either way.
 */

export interface Element {
  tag: string;
  attributes: Readonly<Record<string, string | number>>;
  children: readonly Child[];
}
export type Child = Element | string;

type Attributes = Record<string, string | number | undefined>;

/** Numbers are rounded to a tenth: more digits than a screen has make files large and no picture better. */
export function el(tag: string, attributes: Attributes = {}, children: readonly Child[] = []): Element {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) kept[name] = typeof value === "number" ? Math.round(value * 10) / 10 : value;
  }
  return { tag, attributes: kept, children };
}

/** Well-formed XML whatever the labels hold. */
export function toMarkup(node: Child): string {
  if (typeof node === "string") return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const open = `<${node.tag}${attributes.join("")}`;
  return node.children.length > 0 ? `${open}>${node.children.map(toMarkup).join("")}</${node.tag}>` : `${open}/>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return xmlText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** What XML 1.0 cannot hold even escaped: control characters, two non-characters, half a surrogate pair. */
function xmlText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD");
}

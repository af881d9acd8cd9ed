/** XML as a small tree that keeps the order of text and elements: what a reader of prose with inline markup needs. */
import { inlineText } from "./inline.ts";
import { SaxesParser } from "saxes";

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** Elements within one another: texts come to some thirty, and what reads them goes down with them. */
export const DEEPEST = 500;

/** @throws Error on text that is no XML, or that has no element at all */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const addText = (value: string) => open.at(-1)?.children.push(value);
  parser.on("opentag", ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    if (open.push(element) > DEEPEST) throw new Error(`elements within one another, more than ${DEEPEST} deep`);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("doctype", (type) => {
    if (/<!ENTITY/i.test(type)) throw new Error("it declares entities of its own, which are never read");
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  if (!root) throw new Error("the XML holds no element");
  return root;
}

/** Child elements of this name. */
export function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element
    ? (element.children.filter((child) => typeof child !== "string" && child.name === name) as XmlElement[])
    : [];
}

/** The first element on a path of names, from the children of `element` on. */
export function at(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) {
    found = found?.children.find((child) => typeof child !== "string" && child.name === name) as XmlElement | undefined;
  }
  return found;
}

/** All elements that a path of names leads to. */
export function all(element: XmlElement | undefined, ...path: string[]): XmlElement[] {
  let found = element ? [element] : [];
  for (const name of path) found = found.flatMap((parent) => children(parent, name));
  return found;
}

/**
 * The words of an element with inline markup dissolved into them. Raised numbers stay raised (`10<sup>9</sup>` is 10⁹,
 * never 109), fractions fractions, formulas are written out; everything else is kept as its text.
 */
export function textOf(element: XmlElement | string | undefined): string {
  const only = typeof element === "object" && element.children.length === 1 ? element.children[0] : element;
  // Most elements hold one text, with single blanks.
  if (typeof only === "string" && (element as XmlElement).name !== "sup" && !/\s\s|[^\S ]/.test(only))
    return only.trim();
  return singleBlanks(inlineText(element));
}

/** Every run of blanks as one, none around it. */
function singleBlanks(text: string): string {
  // Blanks that stand alone are not touched: most do.
  return text.replace(/[^\S ]\s*| \s+/g, " ").trim();
}

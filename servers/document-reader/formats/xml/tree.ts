/** XML as a tree, of damaged files as far as they go. */
import type { XmlElement } from "../../../knowledge/sources/xml.ts";
import { unreadable } from "../failures.ts";
import { readXml } from "./reader.ts";

export interface XmlTree {
  root: XmlElement;
  /** Where the text breaks off or is damaged: why. */
  problem?: string;
}

/** @param localNames without prefixes, for formats that are told by names alone @throws ToolError where there is no element at all */
export function xmlTree(text: string, localNames = false, allowDoctype = true): XmlTree {
  let root: XmlElement | undefined;
  const open: XmlElement[] = [];
  const problem = readXml(
    text,
    {
      open(local, attributes, prefixed) {
        const element = { name: localNames ? local : prefixed, attributes: { ...attributes }, children: [] };
        open.at(-1)?.children.push(element);
        root ??= element;
        open.push(element);
      },
      close: () => void open.pop(),
      text: (value) => void open.at(-1)?.children.push(value),
    },
    allowDoctype,
  );
  if (!root)
    throw unreadable(
      `the XML holds no element${problem ? ` (${problem})` : ""}`,
      "look for another copy of the document",
    );
  return { root, ...(problem ? { problem } : {}) };
}

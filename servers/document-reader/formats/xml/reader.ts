/** XML of unknown origin as events: nothing that it names is ever fetched, no entity of its own is ever expanded. */
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { unreadable } from "../failures.ts";

export type Attributes = Readonly<Record<string, string>>;

/** Names come without their prefix: `w:p` as `p`. */
export interface XmlEvents {
  open?: (name: string, attributes: Attributes, prefixed: string) => void;
  close?: (name: string) => void;
  text?: (value: string) => void;
}

/** Deeper documents are made to break readers. */
const MAX_DEPTH = 1000;

export class XmlReader {
  readonly #parser = new SaxesParser();
  #depth = 0;
  /** Where the text is no XML after all: the first thing that is wrong. */
  problem: string | undefined;

  /** @param allowDoctype false where the format has none (Office) */
  constructor(events: XmlEvents, allowDoctype = true) {
    const parser = this.#parser;
    parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
      if (++this.#depth > MAX_DEPTH) throw refused(`nests more than ${MAX_DEPTH} elements deep`);
      events.open?.(localName(name), attributes, name);
    });
    parser.on("closetag", ({ name }) => {
      this.#depth -= 1;
      events.close?.(localName(name));
    });
    const addText = (value: string) => events.text?.(value);
    parser.on("text", addText);
    parser.on("cdata", addText);
    parser.on("doctype", (type) => {
      if (/<!ENTITY/i.test(type)) throw refused("declares entities of its own");
      if (!allowDoctype) throw refused("declares a document type, which this format does not have");
    });
    parser.on("error", ({ message }) => {
      // Names that only a document type would explain, as `&nbsp;`, stay as they stand.
      if (/undefined entity/i.test(message)) return;
      this.problem ??= message;
    });
  }

  /** A part of the text. @throws ToolError on what is made to do harm, or what a handler throws */
  write(text: string): void {
    if (!this.problem) this.#parser.write(text);
  }

  end(): void {
    if (!this.problem) this.#parser.close();
  }
}

/** Reads a whole text. @returns what is wrong with it, if anything: what stands before was given */
export function readXml(text: string, events: XmlEvents, allowDoctype = true): string | undefined {
  const reader = new XmlReader(events, allowDoctype);
  reader.write(text);
  reader.end();
  return reader.problem;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function refused(why: string) {
  return unreadable(
    `the XML is not read: it ${why}`,
    "look for the same document as a web page, PDF or text, or have someone check the file",
  );
}

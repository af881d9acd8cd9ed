/** Markup within a line as text: no raised number, fraction or formula may run into the number beside it. */
import { besideNumber, power } from "../../kit/raised.ts";
import { formulaText } from "./formula.ts";
import type { XmlElement } from "./xml.ts";

type Node = XmlElement | string;

/** What the nodes say, blanks as they are. @param before the text that they stand behind, which is part of the answer */
export function inlineText(node: Node | undefined, before = ""): string {
  if (node === undefined) return before;
  if (typeof node === "string") return before + node;
  if (node.name === "sup") return before + power(before, childrenText(node.children, ""));
  if (/^(?:mml:)?math$/.test(node.name)) return before + besideNumber(before, formulaText(node));
  return childrenText(node.children, before);
}

function childrenText(nodes: readonly Node[], before: string): string {
  let text = before;
  for (let i = 0; i < nodes.length; i++) {
    const fraction = fractionAt(nodes, i);
    if (fraction) {
      text += besideNumber(text, fraction);
      i += 2;
    } else text = inlineText(nodes[i], text);
  }
  return text;
}

/** `<sup>1</sup>/<sub>2</sub>`, three nodes from `at` on, is a half. */
export function fractionAt(nodes: readonly Node[], at: number): string | undefined {
  const [over, line, under] = [nodes[at], nodes[at + 1], nodes[at + 2]];
  if (typeof over !== "object" || over.name !== "sup" || typeof under !== "object" || under.name !== "sub")
    return undefined;
  if (typeof line !== "string" || !/^\s*[/⁄]\s*$/.test(line)) return undefined;
  const [numerator, denominator] = [over, under].map((part) => childrenText(part.children, "").trim());
  return /^\d+$/.test(numerator!) && /^\d+$/.test(denominator!) ? `${numerator}/${denominator}` : undefined;
}

/** Nodes of the page: drawings as SVG nodes, and elements with text that stays text. */
import type { Child } from "../../drawing/element.ts";

const SVG = "http://www.w3.org/2000/svg";

/** A drawing as nodes; what stands in it is never parsed. */
export function toNode(child: Child): Node {
  if (typeof child === "string") return document.createTextNode(child);
  const node = document.createElementNS(SVG, child.tag);
  for (const [name, value] of Object.entries(child.attributes)) node.setAttribute(name, String(value));
  node.append(...child.children.map(toNode));
  return node;
}

/** An HTML element with attributes, text and children. */
export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function button(label: string, press: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const node = html("button", { type: "button", ...attributes }, label);
  node.addEventListener("click", press);
  return node;
}

/** The page holds this alone. */
export function show(...children: Node[]): void {
  document.querySelector("#app")!.replaceChildren(...children);
}

export function showStatus(message: string, failed = false): void {
  show(html("p", { class: failed ? "status failed" : "status", role: "status" }, message));
}

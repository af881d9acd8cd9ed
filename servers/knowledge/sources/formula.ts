/** A formula as text in one line: MathML written out, TeX without its frame where there is nothing else. */
import { besideNumber, raised } from "../../kit/raised.ts";
import type { XmlElement } from "./xml.ts";

const MATH = /^(?:mml:)?math$/;

/** @param element `inline-formula`, `disp-formula`, `alternatives`, `tex-math` or `math`. @returns "" where it is a picture only */
export function formulaText(element: XmlElement): string {
  const math = find(element, (name) => MATH.test(name));
  if (math) return mathText(math);
  const tex = find(element, (name) => name === "tex-math");
  if (tex) return texText(lettersOf(tex));
  const pictured = find(element, (name) => name.endsWith("graphic"));
  return pictured ? lettersOf(find(pictured, (name) => name === "alt-text")) : lettersOf(element);
}

function find(element: XmlElement, wanted: (name: string) => boolean): XmlElement | undefined {
  if (wanted(element.name)) return element;
  for (const child of element.children) {
    const found = typeof child === "string" ? undefined : find(child, wanted);
    if (found) return found;
  }
  return undefined;
}

/** What stands between `\begin{document}` and its end, without dollars. */
function texText(tex: string): string {
  const inner = /\\begin\{document\}([\s\S]*?)(?:\\end\{document\}|$)/.exec(tex)?.[1] ?? tex;
  return inner.replaceAll(/\$+|^\s*\\\[|\\\]\s*$/g, "").trim();
}

function mathText(math: XmlElement): string {
  return written(math).replaceAll(/\s+/g, " ").trim();
}

/** Between these, a sign stands with blanks around it. */
const SPACED = /^[=<>≤≥≈≠±×÷→⇒∈∼~]$/;

function written(node: XmlElement | string): string {
  if (typeof node === "string") return node.trim();
  const parts = node.children
    .filter((child) => typeof child !== "string" || child.trim() !== "")
    .map((child) => written(child));
  const [first = "", second = "", third = ""] = parts;
  switch (node.name.replace("mml:", "")) {
    case "mo": {
      const sign = parts.join("");
      return SPACED.test(sign) ? ` ${sign} ` : sign;
    }
    case "mspace":
      return " ";
    case "annotation":
    case "annotation-xml":
      return "";
    case "mfrac":
      return `${grouped(first)}/${grouped(second)}`;
    case "msqrt":
      return `√(${inARow(node, parts)})`;
    case "mroot":
      return `(${first})^(1/${second})`;
    case "msup":
      return first + power(second);
    case "msub":
      return `${first}_${grouped(second)}`;
    case "msubsup":
      return `${first}_${grouped(second)}${power(third)}`;
    case "munder":
      return `${first}_${grouped(second)}`;
    case "mover":
      return accented(first, second);
    case "munderover":
      return `${first}_${grouped(second)}^${grouped(third)} `;
    case "mfenced": {
      const { open = "(", close = ")", separators = "," } = node.attributes;
      return open + parts.join(`${separators.charAt(0)} `) + close;
    }
    case "mtr":
      return parts.join(", ");
    case "mtable":
      return parts.join("; ");
    default:
      return inARow(node, parts);
  }
}

const TIMES = "\u2062";

/** What stands beside one another: 2 and a half, never 21/2; signs that nobody sees, as what they mean. */
function inARow(node: XmlElement, parts: readonly string[]): string {
  const nodes = node.children.filter((child) => typeof child !== "string" || child.trim() !== "");
  let text = "";
  for (const [i, part] of parts.entries()) {
    const between = /\d$/.test(text) && /^\d/.test(parts[i + 1] ?? "");
    if (part === TIMES) text += between ? " × " : "";
    else text += isFraction(nodes[i]!) ? besideNumber(text, part) : part.replaceAll(/[\u2061-\u2064]/g, "");
  }
  return text;
}

function isFraction(node: XmlElement | string): boolean {
  return typeof node === "object" && /^(?:mml:)?mfrac$/.test(node.name);
}

/** Single blanks, as it stands. */
function lettersOf(node: XmlElement | string | undefined): string {
  const letters = (one: XmlElement | string): string =>
    typeof one === "string" ? one : one.children.map(letters).join("");
  return node === undefined ? "" : letters(node).replaceAll(/\s+/g, " ").trim();
}

function accented(base: string, accent: string): string {
  if (/^[¯‾_―−-]$/.test(accent)) return `${base}\u0304`.normalize("NFC");
  if (/^[\^ˆ]$/.test(accent)) return `${base}\u0302`.normalize("NFC");
  return /^[~˜]$/.test(accent) ? `${base}\u0303`.normalize("NFC") : `${base}^${grouped(accent)}`;
}

function power(exponent: string): string {
  const small = raised(exponent);
  return small === exponent ? `^${grouped(exponent)}` : small;
}

/** In brackets unless it is one number or name. */
function grouped(text: string): string {
  const plain = text.trim();
  return /^[\p{L}\p{N}.,′'%]*$/u.test(plain) ? plain : `(${plain})`;
}

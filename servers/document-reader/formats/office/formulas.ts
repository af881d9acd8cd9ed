/**
 * Formulas of Office files (OMML, ECMA-376 22.1) as linear text, as one types them: `x^2/(a+b)`, `√(n)`, `∑_(i=1)^n x_i`.
 * Their letters without their form would say something else: a half would become twelve.
 */
import type { XmlElement } from "../../../knowledge/sources/xml.ts";
import { xmlTree } from "../xml/tree.ts";
import { joined, script, single, textPiece, whole, type Piece } from "./linear.ts";

const MATH =
  /\bxmlns:([\w.-]+)\s*=\s*["'](?:http:\/\/schemas\.openxmlformats\.org\/officeDocument\/2006\/math|http:\/\/purl\.oclc\.org\/ooxml\/officeDocument\/math)["']/g;
/** Programs write one. */
const MOST_PREFIXES = 4;
/** Properties, which are looked at where they matter, and text that was struck out. */
const UNREAD = /Pr$|^(?:del|moveFrom|ctrlPr)$/;

/** @param asText how words are written in that format @returns the XML with each formula as words of its text */
export function withLinearFormulas(xml: string, asText: (words: string) => string): string {
  const prefixes = [...new Set([...xml.matchAll(MATH)].map(([, prefix]) => prefix!))].slice(0, MOST_PREFIXES);
  let text = xml;
  for (const prefix of prefixes) {
    text = withElements(text, `${prefix}:oMath`, (formula) => asText(escaped(linear(formula))));
    // Around formulas that stand alone: its properties hold no words.
    text = withElements(text, `${prefix}:oMathParaPr`, () => "");
    const around = new RegExp(`</?${prefix.replaceAll(".", "\\.")}:oMathPara(?:\\s[^>]*)?>`, "g");
    text = text.replace(around, "");
  }
  return text;
}

/** Each element of this name, which does not lie in another of that name, by what is made of it; in one pass. */
function withElements(xml: string, name: string, make: (element: string) => string): string {
  const [opening, closing] = [`<${name}`, `</${name}>`];
  let text = "";
  let done = 0;
  for (let at = xml.indexOf(opening); at >= 0; at = xml.indexOf(opening, Math.max(done, at + 1))) {
    if (!/[\s/>]/.test(xml.charAt(at + opening.length))) continue;
    const head = xml.indexOf(">", at);
    const end = xml.charAt(head - 1) === "/" ? head + 1 : xml.indexOf(closing, head) + closing.length;
    if (head < 0 || end < head) break;
    text += xml.slice(done, at) + make(xml.slice(at, end));
    done = end;
  }
  return text + xml.slice(done);
}

/** @param formula an element `oMath` @throws ToolError where it is no XML */
function linear(formula: string): string {
  const { root } = xmlTree(`<formula>${formula}</formula>`, true, false);
  return joined(root.children.map(pieceOf)).text.replace(/\s+/g, " ").trim();
}

function pieceOf(node: XmlElement | string): Piece {
  // Words stand in runs; between elements there are only blanks for the eye.
  if (typeof node === "string" || UNREAD.test(node.name)) return textPiece("");
  const make = ELEMENTS[node.name];
  return make ? make(node) : content(node);
}

const COMBINING: Readonly<Record<string, string>> = {
  "‾": "\u0304",
  "¯": "\u0304",
  "^": "\u0302",
  ˆ: "\u0302",
  "~": "\u0303",
  "˜": "\u0303",
  "→": "\u20d7",
  "˙": "\u0307",
};

const ELEMENTS: Readonly<Record<string, (node: XmlElement) => Piece>> = {
  r: run,
  f: fraction,
  sSup: (node) => script(part(node, "e"), undefined, part(node, "sup")),
  sSub: (node) => script(part(node, "e"), part(node, "sub")),
  sSubSup: (node) => script(part(node, "e"), part(node, "sub"), part(node, "sup")),
  sPre: (node) => joined([script(textPiece(""), part(node, "sub"), part(node, "sup")), part(node, "e")]),
  rad(node) {
    const degree = isOn(node, "degHide") ? "" : part(node, "deg").text;
    return whole(`√${degree ? `[${degree}]` : ""}(${part(node, "e").text})`);
  },
  nary(node) {
    const sign = textPiece(valueOf(node, "chr") ?? "∫");
    const sub = isOn(node, "subHide") ? undefined : part(node, "sub");
    const sup = isOn(node, "supHide") ? undefined : part(node, "sup");
    return { text: `${script(sign, sub, sup).text} ${part(node, "e").text}`, isOpen: true };
  },
  d: delimited,
  func(node) {
    const { text } = part(node, "e");
    const isBracketed = single(text) && /[)\]}]$/.test(text);
    return whole(`${part(node, "fName").text}${isBracketed ? text : `(${text})`}`);
  },
  limLow: (node) => script(part(node, "e"), part(node, "lim")),
  limUpp: (node) => script(part(node, "e"), undefined, part(node, "lim")),
  acc: (node) => marked(part(node, "e"), valueOf(node, "chr") ?? "\u0302"),
  bar: (node) => marked(part(node, "e"), valueOf(node, "pos") === "top" ? "\u0305" : "\u0332"),
  phant: (node) => (valueOf(node, "show") === undefined || isOn(node, "show") ? part(node, "e") : textPiece("")),
  m: (node) => matrix(node, true),
  eqArr: (node) => ({
    text: partsOf(node, "e")
      .map(({ text }) => text.replaceAll("&", ""))
      .join("; "),
    isOpen: true,
  }),
};

/** Upright letters are a word, as `ln`: what follows is not part of it. */
function run(node: XmlElement): Piece {
  const text = wordsOf(node);
  const isUpright = valueOf(node, "sty") === "p" || isOn(node, "nor");
  return { text, isOpen: isUpright && /\p{L}{2}$/u.test(text) };
}

function fraction(node: XmlElement): Piece {
  const [above, below] = [part(node, "num"), part(node, "den")];
  // Without a bar it is no quotient: n over k in brackets are the ways to choose k of n.
  if (valueOf(node, "type") === "noBar") return { text: `${above.text} ¦ ${below.text}`, isOpen: true };
  return { text: `${argument(above)}/${argument(below)}`, isOpen: true, isQuotient: true };
}

function delimited(node: XmlElement): Piece {
  const [open, close] = [valueOf(node, "begChr") ?? "(", valueOf(node, "endChr") ?? ")"];
  const between = valueOf(node, "sepChr") ?? "|";
  const inner = children(node, "e").map((e) => {
    const only = e.children.filter((child) => typeof child !== "string" && !UNREAD.test(child.name));
    const [first] = only;
    return only.length === 1 && typeof first === "object" && first.name === "m" ? matrix(first, false) : content(e);
  });
  return whole(`${open}${inner.map(({ text }) => text).join(between)}${close}`);
}

function matrix(node: XmlElement, isBracketed: boolean): Piece {
  const rows = children(node, "mr").map((row) =>
    partsOf(row, "e")
      .map(({ text }) => text)
      .join(", "),
  );
  const text = rows.join("; ");
  return isBracketed ? whole(`[${text}]`) : { text, isOpen: true };
}

/** A mark over or under letters follows the letter that it belongs to; some programs write it as a sign of its own. */
function marked({ text }: Piece, sign: string): Piece {
  const mark = COMBINING[sign] ?? sign;
  return whole(/^.$/su.test(text) ? `${text}${mark}` : `(${text})${mark}`);
}

function argument({ text }: Piece): string {
  return single(text) ? text : `(${text})`;
}

function content(node: XmlElement | undefined): Piece {
  return joined((node?.children ?? []).map(pieceOf));
}

function part(node: XmlElement, name: string): Piece {
  return content(children(node, name)[0]);
}

function partsOf(node: XmlElement, name: string): Piece[] {
  return children(node, name).map(content);
}

function children(node: XmlElement, name: string): XmlElement[] {
  return node.children.filter((child): child is XmlElement => typeof child !== "string" && child.name === name);
}

/** A property (of `fPr`, `dPr` …) of an element. */
function property(node: XmlElement, name: string): XmlElement | undefined {
  // A run has properties of its letters beside them, by the same name.
  return node.children.flatMap((child) =>
    typeof child !== "string" && child.name.endsWith("Pr") ? children(child, name) : [],
  )[0];
}

/** Undefined where the element says none. */
function valueOf(node: XmlElement, name: string): string | undefined {
  const attributes = Object.entries(property(node, name)?.attributes ?? {});
  return attributes.find(([key]) => /(?:^|:)val$/.test(key))?.[1];
}

/** A property without a value is on. */
function isOn(node: XmlElement, name: string): boolean {
  return property(node, name) !== undefined && !/^(?:0|off|false)$/i.test(valueOf(node, name) ?? "1");
}

/** Letters that are set in italics of their own become plain ones, which can be searched for. */
function wordsOf(node: XmlElement): string {
  const words = children(node, "t").flatMap(({ children: inner }) =>
    inner.filter((child) => typeof child === "string"),
  );
  return words.join("").replace(/[\u{1d400}-\u{1d7ff}\u210e]/gu, (letter) => letter.normalize("NFKC"));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A label in SPL (HL7 v3, as DailyMed and the FDA give it) as a document: products, then its sections by LOINC code. */
import type { Document, Section } from "../../../../schemas/index.ts";
import { isoDate } from "../json/loose.ts";
import { all, at, textOf, type XmlElement } from "../xml.ts";
import { SECTION_NAMES } from "./loinc.ts";
import { notesIn, proseOf } from "./prose.ts";
import { productsOf } from "./products.ts";

const [LOINC, PRODUCT_DATA, UNCLASSIFIED] = ["2.16.840.1.113883.6.1", "48780-1", "42229-5"];

/** @param root of the file. @throws Error where it is no label */
export function labelDocument(root: XmlElement): Document {
  if (root.name !== "document") throw new Error(`is no label: a document is expected, this is a ${root.name}`);
  const setid = at(root, "setId")?.attributes["root"] ?? at(root, "id")?.attributes["root"];
  if (!setid) throw new Error("is no label: it has neither a set id nor an id");
  const top = all(root, "component", "structuredBody", "component", "section");
  const notes = notesIn(root);
  const products = productsOf(top);
  const sections = [
    ...(products.lines.length > 0 ? [{ label: "Products", text: products.lines.join("\n") }] : []),
    ...top.filter((section) => codeOf(section) !== PRODUCT_DATA).flatMap((section) => sectionsOf(section, "", notes)),
  ];
  const published = isoDate(at(root, "effectiveTime")?.attributes["value"] ?? "");
  const publisher = textOf(at(root, "author", "assignedEntity", "representedOrganization", "name"));
  const related = {
    ...(products.application.length > 0 ? { application: products.application.map((number) => `NDA:${number}`) } : {}),
    ...(products.unii.length > 0 ? { substance: products.unii.map((unii) => `UNII:${unii}`) } : {}),
  };
  return {
    id: `SPL:${setid.toLowerCase()}`,
    title: titleOf(root, products.names),
    sections,
    ...(published ? { published } : {}),
    ...(publisher ? { publisher } : {}),
    publicationTypes: ["Drug Label"],
    identifiers: {
      setid: setid.toLowerCase(),
      ...(products.ndc.length > 0 ? { ndc: products.ndc.join(", ") } : {}),
    },
    ...(Object.keys(related).length > 0 ? { related } : {}),
  };
}

/** `Lipitor (atorvastatin calcium): human prescription drug label`; where no product is named, the title of the label. */
function titleOf(root: XmlElement, names: string[]): string {
  const kind = (at(root, "code")?.attributes["displayName"] ?? "drug label").toLowerCase();
  if (names.length > 0) return `${names.join("; ")}: ${kind}`;
  const title = textOf(at(root, "title"));
  return title || kind;
}

/** The section, then those within it, each with the names of those around it. */
function sectionsOf(section: XmlElement, around: string, notes: ReadonlyMap<string, string>): Section[] {
  const label = [around, nameOf(section)].filter(Boolean).join(" › ");
  const text = at(section, "text");
  const own = text ? proseOf(text, notes) : "";
  const short = all(section, "excerpt", "highlight", "text").map((highlight) => proseOf(highlight, notes));
  const highlights = short.filter(Boolean).join("\n");
  const sections = [
    ...(own ? [{ label, text: own }] : []),
    ...(highlights ? [{ label: `${label || "Label"} (highlights)`, text: highlights }] : []),
    ...all(section, "component", "section").flatMap((inner) => sectionsOf(inner, label, notes)),
  ];
  // "4.2 Hypersensitivity to any component": many contraindications are a title and nothing else.
  const title = textOf(at(section, "title"));
  return sections.length === 0 && title ? [{ label: around, text: title }] : sections;
}

/** Its number and title where it has one, and the name of its code where the title does not say it. */
function nameOf(section: XmlElement): string {
  const title = textOf(at(section, "title"));
  const code = codeOf(section);
  const name = code && code !== UNCLASSIFIED ? SECTION_NAMES.get(code) : undefined;
  if (!name) return title;
  if (!title) return name;
  return plain(title).includes(plain(name)) ? title : `${name}: ${title}`;
}

function codeOf(section: XmlElement): string | undefined {
  const code = at(section, "code");
  return code && (code.attributes["codeSystem"] ?? LOINC) === LOINC ? code.attributes["code"] : undefined;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("&", "and")
    .replaceAll(/[^a-z]+/g, " ");
}

/** The products of a label: names, form, active ingredients with their strengths, codes. Old and new forms of the listing. */
import { all, at, children, textOf, type XmlElement } from "../xml.ts";

export interface Products {
  /** `Lipitor (atorvastatin calcium)`, each once. */
  names: string[];
  /** One product a line. */
  lines: string[];
  ndc: string[];
  unii: string[];
  application: string[];
}

const [NDC, UNII] = ["2.16.840.1.113883.6.69", "2.16.840.1.113883.4.9"];
const ACTIVE = /^ACTI[BMR]?$/;

/** @param sections of the label's first level */
export function productsOf(sections: readonly XmlElement[]): Products {
  const found: Products = { names: [], lines: [], ndc: [], unii: [], application: [] };
  for (const outer of sections.flatMap((section) => all(section, "subject", "manufacturedProduct"))) {
    const product = at(outer, "manufacturedProduct") ?? at(outer, "manufacturedMedicine") ?? outer;
    addProduct(found, outer, product);
    for (const part of all(product, "part")) {
      addProduct(found, part, at(part, "partProduct") ?? at(part, "partMedicine") ?? part);
    }
  }
  return found;
}

function addProduct(found: Products, outer: XmlElement, product: XmlElement): void {
  const brand = nameOf(at(product, "name"));
  const generic = textOf(at(product, "asEntityWithGeneric", "genericMedicine", "name"));
  const actives = ingredientsOf(product);
  const others = inactiveOf(product);
  const code = at(product, "code")?.attributes;
  const name = `${brand || generic}${generic && generic.toLowerCase() !== brand.toLowerCase() && brand ? ` (${generic})` : ""}`;
  const ndc = code?.["codeSystem"] === NDC ? code["code"] : undefined;
  const form = at(product, "formCode")?.attributes["displayName"]?.toLowerCase() ?? "";
  add(found.names, name);
  add(found.ndc, ndc);
  for (const { unii } of actives) add(found.unii, unii);
  for (const { attributes } of all(outer, "subjectOf", "approval", "id")) {
    // What is sold under a monograph ("part341") has none.
    if (/^(?:NDA|ANDA|BLA)/i.test(attributes["extension"] ?? "")) add(found.application, attributes["extension"]);
  }
  const contents = actives.map(({ name: substance, strength }) => `${substance}${strength ? ` ${strength}` : ""}`);
  const line = [
    [name, form].filter(Boolean).join(", "),
    contents.length > 0 ? `active: ${contents.join("; ")}` : "",
    ndc ? `NDC ${ndc}` : "",
    others.length > 0 ? `inactive: ${others.join("; ")}` : "",
  ];
  add(found.lines, line.filter(Boolean).join(". "));
}

/** The name with its suffix set off: `Triaminic Childrens Night Time`. */
function nameOf(name: XmlElement | undefined): string {
  const suffix = textOf(at(name, "suffix"));
  const own = (name?.children ?? []).filter((child) => typeof child === "string").join(" ");
  return [own.replaceAll(/\s+/g, " ").trim(), suffix].filter(Boolean).join(" ");
}

function ingredientsOf(product: XmlElement): { name: string; strength: string; unii: string | undefined }[] {
  const now = children(product, "ingredient").filter(({ attributes }) => ACTIVE.test(attributes["classCode"] ?? ""));
  return [...now, ...children(product, "activeIngredient")].map((ingredient) => {
    const substance = at(ingredient, "ingredientSubstance") ?? at(ingredient, "activeIngredientSubstance");
    const code = at(substance, "code")?.attributes;
    return {
      name: textOf(at(substance, "name")),
      strength: strengthOf(at(ingredient, "quantity")),
      unii: code?.["codeSystem"] === UNII ? code["code"] : undefined,
    };
  });
}

/** What else is in it: nobody who must not have lactose or peanut oil may miss it. */
function inactiveOf(product: XmlElement): string[] {
  const now = children(product, "ingredient").filter(({ attributes }) => attributes["classCode"] === "IACT");
  const names = [...now, ...children(product, "inactiveIngredient")].map((ingredient) =>
    textOf(at(ingredient, "ingredientSubstance", "name") ?? at(ingredient, "inactiveIngredientSubstance", "name")),
  );
  return [...new Set(names.filter(Boolean))];
}

/** `6.25 mg/5 mL`; a denominator of one piece is not said. Numbers as they are written. */
function strengthOf(quantity: XmlElement | undefined): string {
  const part = (name: string) => {
    const { value = "", unit = "" } = at(quantity, name)?.attributes ?? {};
    return { value, unit: unit === "1" ? "" : unit };
  };
  const [over, under] = [part("numerator"), part("denominator")];
  if (!over.value) return "";
  const amount = `${over.value}${over.unit ? ` ${over.unit}` : ""}`;
  if (!under.unit) return under.value && under.value !== "1" ? `${amount}/${under.value}` : amount;
  return `${amount}/${under.value === "1" ? "" : `${under.value} `}${under.unit}`;
}

function add(list: string[], value: string | undefined): void {
  if (value && !list.includes(value)) list.push(value);
}

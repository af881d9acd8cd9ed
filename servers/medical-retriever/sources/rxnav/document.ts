/** A drug of RxNorm as a document: what it contains, what it is called, how it is given, and which classes it belongs to. */
import type { Document, Section } from "../../../../schemas/index.ts";
import type { Concept, DrugClassEntry } from "./api.ts";
import type { ResolvedDrug } from "./resolve.ts";

const KINDS: Record<string, string> = {
  IN: "ingredient",
  PIN: "precise ingredient (a salt or form)",
  MIN: "combination of ingredients",
  BN: "brand name",
  SCD: "clinical drug",
  SBD: "branded drug",
  GPCK: "pack",
  BPCK: "branded pack",
};

/** How a drug belongs to a class, in words. */
const RELATIONS: Record<string, string> = {
  has_moa: "Mechanism of action",
  has_pe: "Physiologic effect",
  has_epc: "Established pharmacologic class",
  isa_structure: "Chemical structure",
  has_chemical_structure: "Chemical structure",
  may_treat: "May treat",
  may_prevent: "May prevent",
  may_diagnose: "May diagnose",
  induces: "May induce",
  ci_with: "Contraindicated with",
  ci_moa: "Contraindicated mechanism of action",
  ci_chemclass: "Contraindicated with the substance",
  ci_pe: "Contraindicated physiologic effect",
  has_pk: "Pharmacokinetics",
  site_of_metabolism: "Site of metabolism",
  has_tc: "Therapeutic category",
  has_schedule: "Schedule",
};

const TYPES: Record<string, string> = { "ATC1-4": "ATC class", VA: "VA class", EPC: "Established pharmacologic class" };

/** So many products are listed; there may be hundreds. */
const LISTED = 40;

export function drugDocument(drug: ResolvedDrug): Document {
  const sections = [
    section("Concept", [`${drug.name}: ${KINDS[drug.tty] ?? drug.tty} (RxNorm ${drug.rxcui})`]),
    section("Ingredients", drug.ingredients.filter(({ rxcui }) => rxcui !== drug.rxcui).map(named)),
    section("Brand names", distinct(drug.brands.map(({ name }) => name))),
    section("Dose forms", distinct(drug.doseForms.map(({ name }) => name))),
    section("Classes", classLines(drug.classes)),
    section("Products", productLines(drug.products)),
  ].flat();
  const ingredients = drug.ingredients.filter(({ rxcui }) => rxcui !== drug.rxcui).map(({ rxcui }) => `RXCUI:${rxcui}`);
  const products = drug.products.map(({ rxcui }) => `RXCUI:${rxcui}`);
  const related = {
    ...(ingredients.length > 0 ? { ingredient: ingredients } : {}),
    ...(products.length > 0 ? { product: products } : {}),
  };
  const kind = drug.tty === "BN" ? ` (${drug.ingredients.map(({ name }) => name).join(", ")})` : "";
  return {
    id: `RXCUI:${drug.rxcui}`,
    title: `${drug.name}${kind}: names, ingredients and classes in RxNorm`,
    sections,
    publisher: "U.S. National Library of Medicine (RxNorm, RxClass)",
    publicationTypes: ["Curated Database"],
    identifiers: { rxcui: drug.rxcui, ...(drug.ndcs.length > 0 ? { ndc: drug.ndcs.join(", ") } : {}) },
    ...(Object.keys(related).length > 0 ? { related } : {}),
    fetchedAt: drug.fetchedAt,
    ...(drug.stale ? { stale: true } : {}),
  };
}

/** A line for each way of belonging: `Mechanism of action: … (MED-RT); …`. */
function classLines(classes: readonly DrugClassEntry[]): string[] {
  const byLabel = Map.groupBy(
    classes,
    ({ relation, type }) => RELATIONS[relation.toLowerCase()] ?? TYPES[type] ?? (relation.replaceAll("_", " ") || type),
  );
  return Array.from(byLabel, ([label, entries]) => {
    const names = entries.map(({ name, id, source }) => `${name} (${[source, id].filter(Boolean).join(" ")})`);
    return `${label}: ${distinct(names).join("; ")}`;
  });
}

function productLines(products: readonly Concept[]): string[] {
  const names = distinct(products.map(({ name }) => name));
  return [...names.slice(0, LISTED), ...(names.length > LISTED ? [`and ${names.length - LISTED} more`] : [])];
}

function named({ name, rxcui, tty }: Concept): string {
  return `${name}: ${KINDS[tty] ?? tty} (RxNorm ${rxcui})`;
}

function section(label: string, lines: readonly string[]): Section[] {
  const text = lines.filter(Boolean).join("\n");
  return text ? [{ label, text }] : [];
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names.filter(Boolean))];
}

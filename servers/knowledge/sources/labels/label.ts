/** A label of openFDA as a document: sections in the order of a label, whichever layout it has. */
import type { Document, Section } from "../../../../schemas/index.ts";
import { isoDate, text, texts } from "../json/loose.ts";
import { proseOf } from "../spl/prose.ts";
import { parseXml } from "../xml.ts";

/** Sections that a reader looks for first; the others follow as the file has them. */
const FIRST = [
  "boxed_warning",
  "recent_major_changes",
  "indications_and_usage",
  "purpose",
  "active_ingredient",
  "dosage_and_administration",
  "dosage_forms_and_strengths",
  "contraindications",
  "do_not_use",
  "warnings_and_cautions",
  "warnings",
  "precautions",
  "general_precautions",
  "adverse_reactions",
  "drug_interactions",
  "use_in_specific_populations",
];
/** Facts about the label, which are no sections. */
const FACTS: ReadonlySet<string> = new Set(["id", "set_id", "version", "effective_time", "openfda", "@epoch"]);
const NAMES: Record<string, string> = {
  spl_medguide: "Medication guide",
  spl_patient_package_insert: "Patient package insert",
  spl_unclassified_section: "Other",
  spl_product_data_elements: "Products",
  warnings_and_cautions: "Warnings and precautions",
};

/** @returns why it is none where it has no set id or no text */
export function labelDocument(label: unknown): Document | string {
  const setid = (text(label, "set_id") || text(label, "openfda", "spl_set_id")).toLowerCase();
  if (!setid)
    return `a result without a set_id (it holds ${
      Object.keys(label as object)
        .slice(0, 5)
        .join(", ") || "nothing"
    })`;
  const sections = sectionsOf(label as Record<string, unknown>);
  if (sections.length === 0) return `label ${setid}: holds no text`;
  const published = isoDate(text(label, "effective_time"));
  const publisher = text(label, "openfda", "manufacturer_name");
  // What is sold under a monograph ("part341") has none.
  const applications = texts(label, "openfda", "application_number").filter((number) =>
    /^(?:NDA|ANDA|BLA)/i.test(number),
  );
  const substances = texts(label, "openfda", "unii");
  const related = {
    ...(applications.length > 0 ? { application: applications.map((number) => `NDA:${number.toUpperCase()}`) } : {}),
    ...(substances.length > 0 ? { substance: substances.map((unii) => `UNII:${unii}`) } : {}),
  };
  return {
    id: `SPL:${setid}`,
    title: titleOf(label),
    sections,
    ...(published ? { published } : {}),
    ...(publisher ? { publisher } : {}),
    publicationTypes: ["Drug Label"],
    identifiers: { setid, ...codesOf(label) },
    ...(Object.keys(related).length > 0 ? { related } : {}),
  };
}

/** `Ambien (zolpidem tartrate): human prescription drug label`. Without an `openfda` block the listing of products must do. */
function titleOf(label: unknown): string {
  const [brand, generic] = [text(label, "openfda", "brand_name"), text(label, "openfda", "generic_name").toLowerCase()];
  const kind = text(label, "openfda", "product_type").toLowerCase();
  const end = kind ? `${kind} label` : "drug label";
  const name = brand || generic || text(label, "spl_product_data_elements").split(" ").slice(0, 8).join(" ");
  if (!name) return `Drug label ${text(label, "set_id")}`;
  return `${name}${brand && generic && generic !== brand.toLowerCase() ? ` (${generic})` : ""}: ${end}`;
}

/** What leads to this record: codes of the product and concepts of RxNorm. */
export function codesOf(record: unknown): Record<string, string> {
  const codes: Record<string, string> = {};
  const kinds = { rxcui: "rxcui", ndc: "product_ndc" };
  for (const [kind, field] of Object.entries(kinds)) {
    const values = [...new Set(texts(record, "openfda", field))];
    if (values.length > 0) codes[kind] = values.join(", ");
  }
  return codes;
}

function sectionsOf(label: Record<string, unknown>): Section[] {
  const keys = Object.keys(label).filter((key) => !FACTS.has(key));
  const tables = new Set(keys.filter((key) => key.endsWith("_table")));
  const names = keys.filter((key) => !tables.has(key));
  const ordered = [...FIRST.filter((key) => names.includes(key)), ...names.filter((key) => !FIRST.includes(key))];
  const orphans = [...tables].map((key) => key.slice(0, -"_table".length)).filter((key) => !names.includes(key));
  return [...ordered, ...orphans].flatMap((key) => {
    const own = texts(label, key).join("\n");
    const rows = texts(label, `${key}_table`).map(tableText).filter(Boolean).join("\n");
    return [
      ...(own ? [{ label: nameOf(key), text: own }] : []),
      // The text has the cells run together: here they stand in rows.
      ...(rows ? [{ label: `${nameOf(key)}, tables`, text: rows }] : []),
    ];
  });
}

function nameOf(key: string): string {
  const words = key.replace(/^spl_/, "").replaceAll("_", " ");
  return NAMES[key] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** A table in the mark-up of labels; one that cannot be read as such as its words. */
function tableText(markup: string): string {
  try {
    const root = parseXml(`<text>${markup}</text>`);
    return proseOf(root);
  } catch {
    return markup
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
  }
}

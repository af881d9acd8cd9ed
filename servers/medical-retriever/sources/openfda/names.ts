/** Names of a drug as openFDA has them in its records. */
import { objects, text, texts } from "../../../knowledge/sources/json/loose.ts";
import { normaliseName } from "../../../knowledge/names.ts";
import { SALT } from "../../salts.ts";
import { isNamedIn, type Named } from "../named-things.ts";
import { anyOf } from "./lucene.ts";

/** So many names of a drug are asked for: more make a query that is refused. */
const ASKED_NAMES = 5;
/** Names of chemistry and codes stand in no label. */
const LONGEST_NAME = 60;

const HARMONISED = ["generic_name", "brand_name", "substance_name"];

/** Records whose harmonised block, or one of the `own` fields, names the drug. */
export function naming(drug: Named, own: readonly string[] = []): string {
  return anyOf([...HARMONISED.map((field) => `openfda.${field}`), ...own], askedNames(drug));
}

/** The words of the question first, then the preferred name and others. */
export function askedNames({ asked, names }: Named): string[] {
  const all = [...new Set([asked, ...names].map((name) => name.toLowerCase()))];
  return all.filter((name) => name.length <= LONGEST_NAME).slice(0, ASKED_NAMES);
}

/** Everything by which a record names its drug; where the harmonised block is missing, what stands in its place. */
function namesIn(record: unknown): string[] {
  const harmonised = HARMONISED.flatMap((field) => texts(record, "openfda", field));
  const products = objects(record, "products").flatMap((product) => [
    text(product, "brand_name"),
    ...objects(product, "active_ingredients").map((one) => text(one, "name")),
  ]);
  const own = ["generic_name", "proprietary_name", "product_description", "brand_name"].map((field) =>
    text(record, field),
  );
  const instead =
    harmonised.length > 0 ? [] : [...texts(record, "spl_product_data_elements"), ...texts(record, "active_ingredient")];
  return [...harmonised, ...products, ...own, ...instead].filter(Boolean);
}

/** Whether a record bears the very name that the question uses. */
export function bearsAskedName(record: unknown, { asked }: Named): boolean {
  return isNamedIn(namesIn(record).join(" ; "), { names: [asked] });
}

/** A record that openFDA found by its words and that names another drug is left out. */
export function isAbout(record: unknown, drug: Named): boolean {
  const names = namesIn(record);
  if (drug.known) return isNamedIn(names.join(" ; "), drug);
  // A word that may be anything must be a name, or a name with its salt: `night` is not `Night Time Cold`.
  const word = normaliseName(drug.asked);
  const isSaltOf = (name: string) => name.startsWith(`${word} `) && SALT.test(name.slice(word.length + 1));
  return names.map(normaliseName).some((name) => name === word || isSaltOf(name));
}

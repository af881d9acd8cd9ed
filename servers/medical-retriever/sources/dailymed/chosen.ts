/** Of hundreds of labels of a drug those that say different things: one for each product, not ten repackagers of it. */
import { normaliseName } from "../../../knowledge/names.ts";
import type { Listed } from "./listing.ts";

/** Companies that pack what others make, and copy its label. */
const REPACKAGERS =
  /repack|prepack|pre-pack|packag|a-s medication|bryant ranch|proficient rx|nucare|pd-rx|physicians total care|preferred pharm|direct_?\s?rx|quality care|aphena|cardinal health|lake erie|st\.? mary|rebel distrib|unit dose|northwind|henry schein|medsource|qpharma|denton|asclemed|enovachem|h\.?\s?j\.? harkins|med-health|mckesson|avkare|avpak|golden state|aidarex|blenheim|clinical solutions|contract pharmacy|dispensing solutions|keltman|liberty pharm|new horizon rx|readymeds|remedy|stat rx|altura|coupler|marlex|medvantx|nostrum rx|safecor|legacy pharm/i;

/**
 * @returns the best of each product: makers before repackagers, a brand before generics, then the newest;
 * what holds one ingredient comes before combinations
 */
export function withoutCopies(labels: readonly Listed[]): Listed[] {
  const products = Map.groupBy(labels, contentOf);
  const ordered = [...products.values()].map((same) => same.toSorted(better));
  return ordered
    .map(([best]) => best!)
    .toSorted((a, b) => Number(isCombination(a)) - Number(isCombination(b)) || better(a, b));
}

/** What is in it and in which form, whatever it is called and whoever sells it: `sacubitril and valsartan) tablet, film coated`. */
function contentOf({ product }: Listed): string {
  const inner = /\(([^()]+(?:\([^()]*\)[^()]*)*)\)\s*(.*)$/.exec(product);
  return normaliseName(inner ? `${inner[1]} ${inner[2]}` : product);
}

function isCombination({ product }: Listed): boolean {
  return product.includes("(") ? /\([^)]*(?:, | and )[^)]*\)/i.test(product) : / and /i.test(product);
}

/** Sold under the name of its ingredient: `ATORVASTATIN CALCIUM (ATORVASTATIN CALCIUM) TABLET`. */
function isGeneric({ product }: Listed): boolean {
  const [, brand = "", content = ""] = /^([^(]*)\(([^()]*)/.exec(product) ?? [];
  const [name, ingredient] = [normaliseName(brand), normaliseName(content)];
  return !name || !ingredient || `${ingredient} `.startsWith(`${name} `) || `${name} `.startsWith(`${ingredient} `);
}

function better(a: Listed, b: Listed): number {
  const copies = Number(REPACKAGERS.test(a.labeler)) - Number(REPACKAGERS.test(b.labeler));
  return (
    copies ||
    Number(isGeneric(a)) - Number(isGeneric(b)) ||
    compare(b.published ?? "", a.published ?? "") ||
    b.version - a.version ||
    compare(a.setid, b.setid)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

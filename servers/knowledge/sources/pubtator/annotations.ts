/** What PubTator marks in a text, as entities: by the identifier it gives, under the prefix that others use for it. */
import { Curie, type Entity } from "../../../../schemas/index.ts";

export interface Infons {
  type?: string;
  biotype?: string;
  identifier?: string | number | null;
  name?: string;
  rsid?: string;
  hgvs?: string;
  [key: string]: unknown;
}

const KINDS: Readonly<Record<string, { category: string; prefix: string }>> = {
  gene: { category: "Gene", prefix: "NCBIGene" },
  disease: { category: "Disease", prefix: "MESH" },
  chemical: { category: "ChemicalEntity", prefix: "MESH" },
  species: { category: "OrganismTaxon", prefix: "NCBITaxon" },
  variant: { category: "SequenceVariant", prefix: "dbSNP" },
  cellline: { category: "CellLine", prefix: "Cellosaurus" },
};

/** Entities of one annotation, none where PubTator could not say what is meant. Several where it names several genes. */
export function entitiesOf(infons: Infons, text: string): Entity[] {
  const type = (infons.biotype ?? infons.type ?? "").toLowerCase().replace(/[^a-z]/g, "");
  const kind = KINDS[/mutation|snp|variant/.test(type) ? "variant" : type];
  if (!kind) return [];
  const ids = kind.prefix === "dbSNP" ? variantIds(infons) : identifiers(infons.identifier, kind.prefix);
  // A name belongs to one: of several genes the text names none alone.
  const name = (ids.length === 1 && infons.name) || text;
  return ids.filter((id) => Curie.safeParse(id).success).map((id) => ({ id, name, category: kind.category }));
}

/** "5594;5595" is two; "-" is none. */
function identifiers(value: Infons["identifier"], prefix: string): string[] {
  return String(value ?? "")
    .split(/[;,|]/)
    .map((part) => part.trim().replace(/\(.*$/, ""))
    .filter((part) => part !== "" && part !== "-" && part !== "None")
    .map((part) => (part.includes(":") ? part : `${prefix}:${part}`));
}

function variantIds({ rsid, hgvs, identifier }: Infons): string[] {
  const text = String(identifier ?? "");
  const rs = rsid ?? /\brs\d+\b/.exec(text)?.[0] ?? /RS#:(\d+)/.exec(text)?.[1]?.replace(/^/, "rs");
  if (rs) return [`dbSNP:${rs}`];
  const change = hgvs ?? /HGVS:([^;]+)/.exec(text)?.[1];
  const gene = /CorrespondingGene:(\d+)/.exec(text)?.[1];
  // The same change of an amino acid in another gene is another variant.
  return change && gene ? [`HGVS:NCBIGene.${gene}.${change.replace(/\s+/g, "")}`] : [];
}

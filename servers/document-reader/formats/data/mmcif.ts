/** mmCIF files: the categories that say what a structure is; atoms are counted, not listed. */
import type { Parsed } from "../index.ts";
import { cifCategories, type Row } from "./cif.ts";
import { structureDocument, type Chain } from "./structure.ts";

const KINDS: Readonly<Record<string, string>> = {
  "polypeptide(L)": "protein",
  polyribonucleotide: "RNA",
  polydeoxyribonucleotide: "DNA",
};

export function parseMmcif(text: string): Parsed {
  const { categories, atoms } = cifCategories(text);
  const rows = (category: string) => categories.get(category) ?? [];
  const first = (category: string, item: string) => said(rows(category)[0]?.[item]);
  const names = (category: string, item: string) =>
    [...new Set(rows(category).map((row) => said(row[item])))].filter(Boolean).join("; ");
  const citation = rows("citation").find((row) => row["id"] === "primary") ?? rows("citation")[0];
  const resolution =
    first("refine", "ls_d_res_high") ??
    first("em_3d_reconstruction", "resolution") ??
    first("reflns", "d_resolution_high");
  const released = rows("pdbx_audit_revision_history")[0]?.["revision_date"];
  const year = said(citation?.["year"]);
  return structureDocument({
    ...(first("entry", "id") ? { id: first("entry", "id")! } : {}),
    ...(first("struct", "title") ? { title: first("struct", "title")! } : {}),
    facts: [
      ["Classification", first("struct_keywords", "pdbx_keywords")],
      [
        "Molecules",
        rows("entity")
          .filter((row) => row["type"] === "polymer")
          .map((row) => said(row["pdbx_description"]))
          .filter(Boolean)
          .join("; "),
      ],
      [
        "Source",
        [
          names("entity_src_gen", "pdbx_gene_src_scientific_name"),
          names("entity_src_nat", "pdbx_organism_scientific"),
          names("pdbx_entity_src_syn", "organism_scientific"),
        ]
          .filter(Boolean)
          .join("; "),
      ],
      ["Method", names("exptl", "method")],
      ["Resolution", resolution ? `${resolution} Å` : undefined],
      ["Keywords", first("struct_keywords", "text")],
      ["Deposited", first("pdbx_database_status", "recvd_initial_deposition_date")],
      ["Publication", said(citation?.["title"])],
      ["Published in", [said(citation?.["journal_abbrev"]), year].filter(Boolean).join(", ")],
    ],
    authors: rows("audit_author")
      .map((row) => said(row["name"]))
      .filter((name) => name !== undefined),
    published: said(released) ?? first("pdbx_database_status", "recvd_initial_deposition_date"),
    journal: said(citation?.["journal_abbrev"]),
    doi: said(citation?.["pdbx_database_id_DOI"]),
    pmid: said(citation?.["pdbx_database_id_PubMed"]),
    chains: chainsOf(rows("entity_poly"), rows("entity")),
    ligands: ligandsOf(rows("pdbx_entity_nonpoly"), rows("chem_comp")),
    atoms,
    models: new Set(rows("pdbx_nmr_ensemble").map((row) => row["conformers_submitted_total_number"])).size,
  });
}

/** `?` is unknown, `.` does not apply. */
function said(value: string | undefined): string | undefined {
  const text = value?.replace(/\s+/g, " ").trim();
  return text && text !== "?" && text !== "." ? text : undefined;
}

function chainsOf(polymers: Row[], entities: Row[]): Chain[] {
  return polymers.map((row) => {
    const sequence = (said(row["pdbx_seq_one_letter_code_can"]) ?? said(row["pdbx_seq_one_letter_code"]) ?? "").replace(
      /\s/g,
      "",
    );
    const molecule = said(entities.find((entity) => entity["id"] === row["entity_id"])?.["pdbx_description"]);
    const kind = KINDS[row["type"] ?? ""] ?? said(row["type"]);
    return {
      names: (said(row["pdbx_strand_id"]) ?? "?").split(","),
      sequence,
      ...(molecule ? { molecule } : {}),
      ...(kind ? { kind } : {}),
    };
  });
}

/** Water is in nearly every crystal and says nothing. */
function ligandsOf(nonPolymers: Row[], components: Row[]): [string, string][] {
  const fromEntities = nonPolymers.map((row): [string, string] => [row["comp_id"] ?? "", said(row["name"]) ?? ""]);
  const found =
    fromEntities.length > 0
      ? fromEntities
      : components
          .filter((row) => /^non-polymer$/i.test(row["type"] ?? ""))
          .map((row): [string, string] => [row["id"] ?? "", said(row["name"]) ?? ""]);
  return found.filter(([code]) => code && code !== "HOH");
}

/** Identifiers of vocabularies in the spellings that people, papers and other databases use for them. */

/** Prefixes that mean one vocabulary; the first is the one that is shown. */
const SAME: readonly (readonly string[])[] = [
  ["HP"],
  ["MONDO"],
  ["OMIM", "MIM", "OMIMPS"],
  ["ORPHA", "Orphanet", "ORPHANET", "ORDO"],
  ["HGNC"],
  ["NCBIGene", "NCBIGENE", "ENTREZ", "GeneID"],
  ["RXCUI", "RxCUI", "RXNORM", "RxNorm"],
  ["MESH", "MeSH", "MSH"],
  ["UMLS", "CUI"],
  ["DOID"],
  ["CHEBI", "ChEBI"],
  ["UNII"],
  ["ATC"],
  ["DrugBank", "DRUGBANK"],
  ["UniProtKB", "UNIPROT", "UniProt"],
  ["ENSEMBL", "Ensembl"],
  ["SNOMEDCT", "SCTID", "SNOMED", "SNOMEDCT_US"],
  ["ICD10", "ICD10CM", "ICD-10"],
  ["EFO"],
  ["GO"],
  ["UBERON"],
];

const FAMILIES = new Map(SAME.flatMap((family) => family.map((prefix) => [prefix.toLowerCase(), family] as const)));

/**
 * `Orphanet_558`, `orpha 558` → `ORPHA:558`, `Orphanet:558` …; `#154700` is how OMIM writes its own.
 * @returns all spellings worth looking up, the usual one first; none where the text is no identifier of a known vocabulary
 */
export function identifierSpellings(text: string): string[] {
  const omim = /^[#*+%^](\d{6})$/.exec(text.trim())?.[1];
  if (omim) return identifierSpellings(`OMIM:${omim}`);
  const [, prefix = "", local = ""] =
    /^([A-Za-z][A-Za-z\d-]*(?:_US)?)\s*[:_ ]\s*([A-Za-z]?[\w.-]*\d[\w.-]*)$/.exec(text.trim()) ?? [];
  const family = FAMILIES.get(prefix.toLowerCase());
  if (!family) return [];
  // Ontologies pad their numbers: HP:1250 is HP:0001250.
  const padded =
    /^(?:HP|MONDO|UBERON|GO|EFO)$/.test(family[0]!) && /^\d+$/.test(local) ? local.padStart(7, "0") : local;
  return [...new Set([padded, local])].flatMap((number) =>
    [...new Set([...family, prefix])].map((p) => `${p}:${number}`),
  );
}

/** Identifiers, categories and predicates of OBO ontologies. */

/** `http://purl.obolibrary.org/obo/HP_0000118` → `HP:0000118`; CURIEs stay as they are, other addresses become `URL:…`. */
export function curieOf(iri: string): string {
  if (/^[A-Za-z][\w.-]*:(?!\/\/)\S+$/.test(iri)) return iri;
  const local = iri.slice(Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);
  const parts = /^([A-Za-z][A-Za-z0-9.]*)_(\S+)$/.exec(local);
  if (parts) return `${parts[1]!}:${parts[2]!}`;
  const orphanet = /orpha\.net\/ORDO\/Orphanet_(\d+)$/.exec(iri);
  return orphanet ? `ORPHA:${orphanet[1]!}` : `URL:${encodeURI(iri)}`;
}

const CATEGORIES: Readonly<Record<string, string>> = {
  HP: "PhenotypicFeature",
  MP: "PhenotypicFeature",
  MONDO: "Disease",
  DOID: "Disease",
  ORPHA: "Disease",
  Orphanet: "Disease",
  OMIM: "Disease",
  UBERON: "AnatomicalEntity",
  FMA: "AnatomicalEntity",
  CL: "Cell",
  CHEBI: "ChemicalEntity",
  PR: "Protein",
  NCBITaxon: "OrganismTaxon",
  HGNC: "Gene",
  NCBIGene: "Gene",
  SO: "SequenceFeature",
};
const NAMESPACES: Readonly<Record<string, string>> = {
  biological_process: "BiologicalProcess",
  molecular_function: "MolecularActivity",
  cellular_component: "CellularComponent",
};

/** By the ontology's own namespace, else the prefix of the id. */
export function categoryOf(id: string, namespace: string | undefined): string {
  const prefix = id.slice(0, id.indexOf(":"));
  return (
    NAMESPACES[namespace ?? ""] ?? (prefix === "GO" ? "BiologicalProcess" : (CATEGORIES[prefix] ?? "OntologyClass"))
  );
}

const PREDICATES: Readonly<Record<string, string>> = {
  is_a: "subclass_of",
  "BFO:0000050": "part_of",
  "BFO:0000051": "has_part",
  subPropertyOf: "subproperty_of",
  "rdfs:subClassOf": "subclass_of",
};

/** @param labels names of the ontology's properties by CURIE */
export function predicateOf(predicate: string, labels: ReadonlyMap<string, string>): string {
  const own = PREDICATES[predicate];
  if (own) return own;
  const id = curieOf(predicate);
  const name = PREDICATES[id] ?? labels.get(id) ?? predicate.slice(predicate.lastIndexOf("/") + 1);
  return (
    name
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "") || "related_to"
  );
}

/** A small true graph in a temporary folder, for the tests of this server. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document, Entity, Relation } from "../../../schemas/index.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest, type Knowledge } from "../../knowledge/index.ts";

export interface SmallGraph {
  entities: Entity[];
  relations: Relation[];
  documents: Document[];
}

/** Opens the graph as a knowledge folder; `remove` closes it and deletes the folder. */
export function openSmallGraph(graph: SmallGraph): { knowledge: Knowledge; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "kg-explorer-"));
  mkdirSync(path, { recursive: true });
  const store = new GraphStore(join(path, "graph.db"));
  store.putEntities(graph.entities);
  store.putRelations(graph.relations);
  store.close();
  const documents = new DocumentStore(join(path, "documents.db"));
  documents.put(graph.documents);
  documents.close();
  writeManifest(path, {
    version: 1,
    name: "small",
    revision: "1",
    sources: [],
    counts: {
      documents: graph.documents.length,
      entities: graph.entities.length,
      relations: graph.relations.length,
    },
  });
  const knowledge = openFolder("small", path);
  return {
    knowledge,
    remove() {
      knowledge.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function entity(id: string, category: string, name: string, ...synonyms: string[]): Entity {
  return { id, category, name, synonyms };
}

function relation(subject: string, predicate: string, object: string, document?: string, quote?: string): Relation {
  const evidence =
    document && quote
      ? [{ document, quote, knowledgeLevel: "knowledge_assertion" as const, agent: "manual_agent" }]
      : [];
  return { subject, predicate, object, evidence };
}

function note(id: string, title: string, text: string, more: Partial<Document> = {}): Document {
  return { id, title, sections: [{ label: "", text }], ...more };
}

const ENTRESTO =
  "Entresto combines sacubitril, a neprilysin inhibitor, with valsartan, an angiotensin receptor blocker. It is marketed by Novartis.";
const MARFAN =
  "Marfan syndrome is caused by mutations of FBN1. Ectopia lentis is frequent.\nIt is inherited as autosomal dominant.";

/** From a merger to a mechanism, a monogenic disease with a twin, a hub, and evidence that does not hold. */
export const SMALL: SmallGraph = {
  entities: [
    entity("ORG:novartis", "Organization", "Novartis", "Novartis AG"),
    entity("ORG:ciba-geigy", "Organization", "Ciba-Geigy"),
    entity("ORG:sandoz", "Organization", "Sandoz"),
    entity("DRUG:entresto", "Drug", "Entresto", "sacubitril/valsartan", "LCZ696"),
    entity("DRUG:sacubitril", "Drug", "sacubitril"),
    entity("DRUG:valsartan", "Drug", "valsartan", "Diovan"),
    entity("PR:neprilysin", "Protein", "neprilysin", "neutral endopeptidase", "NEP"),
    entity("PR:at1", "Protein", "angiotensin II receptor type 1"),
    entity("DIS:hf", "Disease", "heart failure", "cardiac failure", "HF"),
    entity("DIS:hfref", "Disease", "heart failure with reduced ejection fraction", "HFrEF"),
    { ...entity("OMIM:154700", "Disease", "Marfan syndrome", "MFS"), xrefs: ["UMLS:C0024796"] },
    { ...entity("ORPHA:558", "Disease", "Marfan syndrome"), xrefs: ["UMLS:C0024796"] },
    entity("OMIM:129600", "Disease", "Ectopia lentis, isolated"),
    entity("OMIM:301500", "Disease", "Fabry disease", "Anderson-Fabry disease"),
    entity("OMIM:222100", "Disease", "Diabetes mellitus type 1", "T1D"),
    entity("OMIM:125853", "Disease", "Diabetes mellitus type 2", "T2D"),
    entity("NCBIGene:2200", "Gene", "FBN1", "fibrillin 1"),
    entity("NCBIGene:2717", "Gene", "GLA", "galactosidase alpha"),
    entity("NCBIGene:8085", "Gene", "CAN"),
    entity("NCBIGene:5978", "Gene", "REST"),
    entity("NCBIGene:1636", "Gene", "ACE"),
    entity("CLASS:acei", "DrugClass", "ACE inhibitor", "angiotensin-converting enzyme inhibitor"),
    entity("HP:0001083", "PhenotypicFeature", "Ectopia lentis", "Lens dislocation"),
    entity("HP:0001250", "PhenotypicFeature", "Seizure", "Seizures", "Epileptic seizure"),
    entity("HP:0000118", "PhenotypicFeature", "Disease"),
    entity("HP:0001903", "PhenotypicFeature", "Anemia"),
    entity("UBERON:heart", "AnatomicalEntity", "heart"),
    entity("GENE:lonely", "Gene", "LONELY1"),
  ],
  relations: [
    relation("ORG:novartis", "formed_by_merger_of", "ORG:ciba-geigy"),
    relation("ORG:novartis", "formed_by_merger_of", "ORG:sandoz"),
    relation("DRUG:entresto", "manufactured_by", "ORG:novartis", "NOTE:1", "It is marketed by Novartis."),
    relation("DRUG:entresto", "has_active_ingredient", "DRUG:sacubitril", "NOTE:1", "Entresto combines sacubitril"),
    relation("DRUG:entresto", "has_active_ingredient", "DRUG:valsartan", "NOTE:1", ENTRESTO.slice(0, 105)),
    relation("DRUG:entresto", "treats", "DIS:hf", "NOTE:missing", "Entresto treats heart failure."),
    relation("DRUG:sacubitril", "inhibits", "PR:neprilysin", "NOTE:1", "sacubitril, a neprilysin inhibitor"),
    relation("DRUG:valsartan", "antagonizes", "PR:at1", "NOTE:1", "valsartan blocks the receptor"),
    relation("DIS:hfref", "subclass_of", "DIS:hf"),
    relation("NCBIGene:2200", "causes", "OMIM:154700", "NOTE:2", "caused by mutations of FBN1"),
    relation("NCBIGene:2200", "causes", "OMIM:129600"),
    relation("NCBIGene:2717", "causes", "OMIM:301500", "NOTE:retracted", "GLA causes Fabry disease."),
    relation("OMIM:154700", "has_phenotype", "HP:0001083", "NOTE:2", "Ectopia lentis is frequent."),
    relation("OMIM:129600", "has_phenotype", "HP:0001083"),
    { ...relation("OMIM:154700", "has_phenotype", "HP:0001250"), negated: true },
    relation("OMIM:301500", "has_phenotype", "HP:0001250"),
  ],
  documents: [
    note("NOTE:1", "Sacubitril/valsartan", ENTRESTO, { publisher: "label", publicationTypes: ["Drug Label"] }),
    note("NOTE:2", "Marfan syndrome", MARFAN, { published: "2020" }),
    note("NOTE:retracted", "Fabry disease", "GLA causes Fabry disease.", { integrity: "retracted" }),
  ],
};

/** A knowledge folder with three diseases, real stores and quotes in documents, for tests of the server. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Document, Relation } from "../../../schemas/index.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest, type Knowledge } from "../../knowledge/index.ts";

const TERMS = [
  ["HP:0000118", "Phenotypic abnormality"],
  ["HP:0001083", "Ectopia lentis", ["Lens dislocation"]],
  ["HP:0001166", "Arachnodactyly", ["Spider fingers"]],
  ["HP:0002616", "Aortic root aneurysm"],
  ["HP:0001250", "Seizure"],
  ["HP:0001249", "Intellectual disability"],
  ["HP:0001519", "Disproportionate tall stature"],
] as const;

/** [disease, finding, frequency, quote] */
const STATEMENTS = [
  ["OMIM:154700", "HP:0001083", "60/100", "Ectopia lentis was seen in 60 of 100 patients with Marfan syndrome."],
  ["OMIM:154700", "HP:0001166", "HP:0040281", "Arachnodactyly is very frequent in Marfan syndrome."],
  ["OMIM:154700", "HP:0002616", "80%", "An aortic root aneurysm develops in 80% of patients with Marfan syndrome."],
  ["OMIM:236200", "HP:0001083", "85%", "Ectopia lentis is found in 85% of patients with homocystinuria."],
  ["OMIM:236200", "HP:0001250", "HP:0040283", "Seizures are occasional in homocystinuria."],
  ["OMIM:236200", "HP:0001249", "HP:0040282", "Intellectual disability is frequent in homocystinuria."],
  ["OMIM:607208", "HP:0001250", "HP:0040281", "Seizures are very frequent in Dravet syndrome."],
  ["OMIM:607208", "HP:0001249", undefined, "Intellectual disability is a feature of Dravet syndrome."],
] as const;

const DISEASES = [
  ["OMIM:154700", "Marfan syndrome"],
  ["OMIM:236200", "Homocystinuria"],
  ["OMIM:607208", "Dravet syndrome"],
] as const;

export function makeKnowledge(path: string): Knowledge {
  mkdirSync(path, { recursive: true });
  const documents = new DocumentStore(join(path, "documents.db"));
  documents.put([
    ...DISEASES.map(([id, name]): Document => ({
      id: documentOf(id),
      title: `${name}: features`,
      sections: [
        {
          label: "",
          text: STATEMENTS.filter((s) => s[0] === id)
            .map((s) => s[3])
            .join("\n"),
        },
      ],
    })),
    {
      id: "NOTE:retracted",
      title: "A withdrawn series",
      sections: [{ label: "", text: "Arachnodactyly was seen in all patients with Dravet syndrome." }],
      integrity: "retracted",
    },
    {
      id: "NOTE:series",
      title: "A later series",
      sections: [{ label: "", text: "Of 50 patients with homocystinuria, 30 had arachnodactyly." }],
    },
  ]);
  documents.close();
  const graph = new GraphStore(join(path, "graph.db"));
  graph.putEntities([
    ...TERMS.map(([id, name, synonyms]) => ({
      id,
      name,
      category: "PhenotypicFeature",
      synonyms: [...(synonyms ?? [])],
      ...(id === "HP:0001250" ? { xrefs: ["HP:0001275"] } : {}),
    })),
    ...DISEASES.map(([id, name]) => ({ id, name, category: "Disease" })),
  ]);
  graph.putRelations([...hierarchy(), ...STATEMENTS.map(relationOf), retractedRelation()]);
  graph.close();
  const counts = { documents: 5, entities: 10, relations: 15 };
  writeManifest(path, { version: 1, name: "test", revision: "1", sources: [], counts });
  return openFolder("test", path);
}

function documentOf(disease: string): string {
  return `NOTE:${disease.replace(":", "-")}`;
}

function hierarchy(): Relation[] {
  return TERMS.slice(1).map(([id]) => ({ subject: id, predicate: "subclass_of", object: "HP:0000118", evidence: [] }));
}

function relationOf([subject, object, frequency, quote]: (typeof STATEMENTS)[number]): Relation {
  return {
    subject,
    predicate: "has_phenotype",
    object,
    ...(frequency ? { qualifiers: { clinical: { frequency } } } : {}),
    evidence: [
      {
        document: documentOf(subject),
        quote,
        knowledgeLevel: "knowledge_assertion",
        agent: "manual_agent",
        references: ["PMID:1"],
      },
    ],
  };
}

function retractedRelation(): Relation {
  const quote = "Arachnodactyly was seen in all patients with Dravet syndrome.";
  return {
    subject: "OMIM:607208",
    predicate: "has_phenotype",
    object: "HP:0001166",
    evidence: [{ document: "NOTE:retracted", quote, knowledgeLevel: "knowledge_assertion", agent: "manual_agent" }],
  };
}

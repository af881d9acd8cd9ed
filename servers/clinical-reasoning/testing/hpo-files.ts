/** The HPO release files straight into compiler input, for tests and benchmarks that need the real ontology without a knowledge folder. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type {
  AnnotationRecord,
  DiseaseRecord,
  GeneRecord,
  InheritanceRecord,
  ModelInput,
  OnsetRecord,
  TermRecord,
} from "../model/input.ts";

const SHARED = join(import.meta.dirname, "../../../../shared/data");
export const sharedData = (path: string): string => join(SHARED, path);
export const hasShared = existsSync(sharedData("hpo/phenotype.hpoa.gz"));

interface Node {
  id: string;
  lbl?: string;
  meta?: {
    deprecated?: boolean;
    synonyms?: { val: string }[];
    basicPropertyValues?: { pred: string; val: string }[];
  };
}

export function readHpoFiles(): ModelInput {
  const { nodes, edges } = (
    JSON.parse(read("hpo/hp.v2024-04-26.json.gz")) as {
      graphs: { nodes: Node[]; edges: { sub: string; pred: string; obj: string }[] }[];
    }
  ).graphs[0]!;
  const replaced = new Map<string, string[]>();
  for (const node of nodes) {
    const target = node.meta?.deprecated ? property(node, "IAO_0100001")[0] : undefined;
    if (target) replaced.set(curie(target), [...(replaced.get(curie(target)) ?? []), curie(node.id)]);
  }
  const terms: TermRecord[] = nodes
    .filter((node) => /HP_\d+$/u.test(node.id) && node.lbl && !node.meta?.deprecated)
    .map((node) => ({
      id: curie(node.id),
      label: node.lbl!,
      synonyms: (node.meta?.synonyms ?? []).map((s) => s.val),
      alternatives: [...property(node, "hasAlternativeId"), ...(replaced.get(curie(node.id)) ?? [])],
    }));
  const isA = edges.map(({ sub, obj }) => ({ child: curie(sub), parent: curie(obj) }));
  return { terms, isA, ...readAnnotations(), genes: readGenes() };
}

function readGenes(): GeneRecord[] {
  const rows = read("hpo/genes_to_phenotype.txt.gz")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"));
  return rows.map((row) => ({ gene: `NCBIGene:${row[0]}`, disease: row[8]! }));
}

function readAnnotations() {
  const diseases: DiseaseRecord[] = [];
  const annotations: AnnotationRecord[] = [];
  const inheritance: InheritanceRecord[] = [];
  const onsets: OnsetRecord[] = [];
  for (const line of read("hpo/phenotype.hpoa.gz").split("\n")) {
    if (!/^(?:OMIM|ORPHA|DECIPHER):/u.test(line)) continue;
    const [disease, name, qualifier, term, reference, , , frequency, sex, , aspect] = line.split("\t");
    diseases.push({ id: disease!, name: name! });
    if (aspect === "I") inheritance.push({ disease: disease!, mode: term! });
    else if (aspect === "C") onsets.push({ disease: disease!, onset: term! });
    else
      annotations.push({
        disease: disease!,
        term: term!,
        negated: qualifier === "NOT",
        frequency: frequency!,
        sex: sex!,
        references: reference!.split(";"),
      });
  }
  return { diseases, annotations, inheritance, onsets };
}

function read(path: string): string {
  return gunzipSync(readFileSync(sharedData(path))).toString("utf8");
}

function property(node: Node, name: string): string[] {
  return (node.meta?.basicPropertyValues ?? []).filter((p) => p.pred.endsWith(name)).map((p) => p.val);
}

function curie(iri: string): string {
  return iri.slice(iri.lastIndexOf("/") + 1).replace("_", ":");
}

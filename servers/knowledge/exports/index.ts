/** Forms in which a graph can be written for other programs. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Knowledge } from "../folder.ts";
import { exportCypher } from "./cypher.ts";
import { exportGraphml } from "./graphml.ts";
import { exportKgx, type Exported } from "./kgx.ts";
import { recordsToExport, type ExportScope } from "./records.ts";

export type { Exported } from "./kgx.ts";
export type { ExportScope } from "./records.ts";

export const EXPORT_FORMATS = {
  "kgx-tsv": "KGX tables with the cited documents: a folder with nodes.tsv, edges.tsv, documents.jsonl",
  "kgx-jsonl": "the same as nodes.jsonl, edges.jsonl, documents.jsonl",
  graphml: "one GraphML file: Gephi, Cytoscape, NetworkX",
  cypher: "one script that makes the graph in Neo4j: cypher-shell -f FILE",
} as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Writes the graph, or what lies around some entities, to a file or folder. @throws Error where an entity is unknown or the place cannot be written */
export function exportGraph(
  knowledge: Pick<Knowledge, "graph" | "documents">,
  format: ExportFormat,
  out: string,
  scope?: ExportScope,
): Exported {
  const records = recordsToExport(knowledge.graph, scope);
  if (format === "kgx-tsv" || format === "kgx-jsonl") {
    mkdirSync(out, { recursive: true });
    return exportKgx(records, knowledge.documents, out, format === "kgx-tsv" ? "tsv" : "jsonl");
  }
  mkdirSync(dirname(out), { recursive: true });
  return format === "graphml" ? exportGraphml(records, out) : exportCypher(records, out);
}

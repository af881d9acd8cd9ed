/** GraphML of a graph: for Gephi, Cytoscape, yEd, igraph, NetworkX. */
import { LinesFile } from "./lines-file.ts";
import type { Exported } from "./kgx.ts";
import type { ExportRecords } from "./records.ts";

const NODE_KEYS = ["name", "category", "synonyms", "description"];
const EDGE_KEYS = ["predicate", "negated", "qualifiers", "evidence"];

/** Writes one file. */
export function exportGraphml(records: ExportRecords, path: string): Exported {
  using file = new LinesFile(path);
  const counts = { entities: 0, relations: 0, documents: 0 };
  file.line('<?xml version="1.0" encoding="UTF-8"?>');
  file.line('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">');
  for (const key of NODE_KEYS) file.line(`<key id="${key}" for="node" attr.name="${key}" attr.type="string"/>`);
  for (const key of EDGE_KEYS) {
    file.line(
      `<key id="${key}" for="edge" attr.name="${key}" attr.type="${key === "negated" ? "boolean" : "string"}"/>`,
    );
  }
  file.line('<graph id="G" edgedefault="directed">');
  for (const { id, name, category, synonyms, description } of records.entities()) {
    counts.entities++;
    file.line(`<node id="${xml(id)}">${data({ name, category, synonyms: synonyms?.join("; "), description })}</node>`);
  }
  for (const { id, subject, predicate, object, negated, qualifiers, evidence } of records.relations()) {
    counts.relations++;
    const values = data({
      predicate,
      negated: negated ? "true" : undefined,
      qualifiers: qualifiers && JSON.stringify(qualifiers),
      evidence: evidence.length > 0 ? JSON.stringify(evidence) : undefined,
    });
    file.line(`<edge id="${id}" source="${xml(subject)}" target="${xml(object)}">${values}</edge>`);
  }
  file.line("</graph>");
  file.line("</graphml>");
  file.finish();
  return { files: [path], ...counts };
}

function data(values: Record<string, string | undefined>): string {
  return Object.entries(values)
    .map(([key, value]) => (value ? `<data key="${key}">${xml(value)}</data>` : ""))
    .join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };

/** Text of XML 1.0: characters that it cannot hold become U+FFFD, line ends and tabs are kept as references. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[<>&"]/g, (c) => ESCAPES[c]!)
    .replace(/[\t\r\n]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/[^\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}");
}

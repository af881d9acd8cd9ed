/** One text to one line of results: the findings in it as HPO terms with their places. */
import type { Finding } from "../../../schemas/index.ts";
import type { ClinicalEngine } from "../engine.ts";
import { isObject, NotACase } from "../phenopackets/phenopacket.ts";
import { identifyFindings } from "../text/findings.ts";
import { textOf, type Item } from "./inputs.ts";
import { provenance } from "./provenance.ts";
import type { Result } from "./worker.ts";

/** A line of `reason findings`: each finding without its words, which the places give; what is not so is left out (`family`, `general`, `uncertain` …). */
export interface FoundLine {
  id: string;
  findings: Omit<Finding, "text">[];
  knowledge: string;
}

/** @throws NotACase where the item is no `{id, text}` */
export function findingsIn(engine: ClinicalEngine, item: Item, done: ReadonlySet<string>): Result {
  const { id, text } = readText(item);
  if (done.has(id)) return { name: item.name, id, kept: true };
  const { findings } = identifyFindings(engine.model, engine.dictionary, text);
  const line: FoundLine = {
    id,
    findings: findings.map(withoutWords),
    knowledge: provenance(engine.knowledge),
  };
  return { name: item.name, id, line: JSON.stringify(line) };
}

function withoutWords(finding: Finding): Omit<Finding, "text"> {
  const short = { ...finding };
  delete short.text;
  return short;
}

function readText(item: Item): { id: string; text: string } {
  let value: unknown;
  try {
    value = JSON.parse(textOf(item));
  } catch (error) {
    throw new NotACase(`no JSON: ${(error as Error).message}`);
  }
  if (!isObject(value) || typeof value["text"] !== "string") throw new NotACase("no {id, text}: text is missing");
  const { id, text } = value;
  if (typeof id !== "string" && typeof id !== "number") throw new NotACase("no {id, text}: id is missing");
  return { id: String(id), text };
}

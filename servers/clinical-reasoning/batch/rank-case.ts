/** One phenopacket to one line of results: its leading diagnoses with posterior and interval. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diagnose } from "../diagnose.ts";
import type { ClinicalEngine } from "../engine.ts";
import { phevalFile, phevalTable } from "../phenopackets/pheval.ts";
import { readPhenopacket } from "../phenopackets/phenopacket.ts";
import { textOf, type Item } from "./inputs.ts";
import { LIMITS, provenance } from "./provenance.ts";
import type { Job, Result } from "./worker.ts";

/** A line of `reason --phenopackets`. */
export interface RankedCase {
  id: string;
  ranking: { disease: string; name: string; posterior: number; interval: [number, number] }[];
  /** Diseases that were ranked. */
  candidates: number;
  /** Time that ranking took, without reading the file. */
  ms: number;
  /** The knowledge and its revision: a later run keeps the line only where it would come out the same. */
  knowledge: string;
  /** What of the case was left out or read otherwise. */
  notes?: string[];
  limits: string;
}

/** @throws NotACase, or ToolError where none of the findings is known */
export function rankCase(
  engine: ClinicalEngine,
  item: Item,
  { top, pheval, done }: Extract<Job, { kind: "rank" }>,
): Result {
  const { id, request, notes: unread } = readPhenopacket(textOf(item), item.stem);
  const table = pheval && join(pheval, phevalFile(item.stem));
  if (done.has(id) && (!table || existsSync(table))) return { name: item.name, id, kept: true };
  const begun = performance.now();
  const { patient, notes } = engine.patient(request);
  const { diagnoses, ranked, candidates } = diagnose(engine, engine.view(), patient, top);
  const ms = performance.now() - begun;
  const ranking = diagnoses.map(({ disease, name, posterior, interval }) => ({
    disease,
    name,
    posterior,
    interval: interval!,
  }));
  // Not rounded: PhEval ranks by score, and equal scores would share a rank.
  if (table) writeFileSync(table, phevalTable(ranking.map((r, i) => ({ ...r, posterior: ranked[i]!.posterior }))));
  const all = [...unread, ...notes];
  const line: RankedCase = {
    id,
    ranking,
    candidates,
    ms: Number(ms.toFixed(2)),
    knowledge: provenance(engine.knowledge),
    ...(all.length > 0 ? { notes: all } : {}),
    limits: LIMITS,
  };
  return {
    name: item.name,
    id,
    line: JSON.stringify(line),
    ...(all.length > 0 ? { notes: all } : {}),
  };
}

/** One phenopacket to one line of results: its leading diagnoses with posterior and interval. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DRAWN, round } from "../diagnose.ts";
import type { ClinicalEngine } from "../engine.ts";
import { intervals, type Drawn } from "../inference/interval.ts";
import { dependenceOf } from "../inference/likelihood.ts";
import type { Patient } from "../inference/query.ts";
import { rankCandidates, type Ranked } from "../inference/rank.ts";
import { vectorsOf } from "../inference/vectors.ts";
import { phevalFile, phevalTable } from "../phenopackets/pheval.ts";
import { readPhenopacket } from "../phenopackets/phenopacket.ts";
import { textOf, type Item } from "./inputs.ts";
import { LIMITS, provenance } from "./provenance.ts";
import type { Job, Result } from "./worker.ts";

interface Place {
  disease: string;
  name: string;
  /** Identifiers of the same disease in other registries. */
  alsoKnownAs?: string[];
  posterior: number;
  interval: [number, number];
}

/** A line of `reason --phenopackets`. */
export interface RankedCase {
  id: string;
  ranking: Place[];
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
  const ranked = leading(engine, patient, top);
  const ms = performance.now() - begun;
  // Not rounded: PhEval ranks by score, and equal scores would share a rank.
  if (table) writeFileSync(table, phevalTable(ranked.map((r) => ({ ...r.place, posterior: r.posterior }))));
  const all = [...unread, ...notes];
  const line: RankedCase = {
    id,
    ranking: ranked.map((r) => r.place),
    candidates: engine.view().model.size,
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

/** The same numbers as `diagnose` gives, without the account of each: a batch of thousands has no reader for those. */
export function leading(engine: ClinicalEngine, patient: Patient, top: number): (Ranked & { place: Place })[] {
  const view = engine.view();
  const { model } = view;
  const { settings } = engine;
  const ranked = rankCandidates(engine.score(view, patient), settings, Math.max(top, DRAWN));
  const drawn = ranked.map(({ disease }) => drawnFor(engine, disease, patient));
  return intervals(model, settings, ranked, drawn, top).map(([low, high], i) => {
    const { disease, posterior } = ranked[i]!;
    const aliases = model.aliases(disease);
    const place: Place = {
      disease: model.diseaseId(disease),
      name: model.diseaseName(disease),
      ...(aliases.length > 0 ? { alsoKnownAs: aliases } : {}),
      posterior: round(posterior),
      interval: [round(low), round(high)],
    };
    return { ...ranked[i]!, place };
  });
}

function drawnFor(
  engine: ClinicalEngine,
  disease: number,
  { observed, excluded, published = false }: Patient,
): Drawn[] {
  const vectors = vectorsOf(engine.view().model, engine.settings);
  const scale = dependenceOf(engine.settings, observed.length);
  const drawn = (kind: "observed" | "excluded", { entry, slope }: Pick<Drawn, "entry" | "slope">): Drawn => ({
    entry,
    slope: scale * slope,
    contribution: { kind },
  });
  return [
    ...observed.map((term) => drawn("observed", vectors.observedIn(disease, term))),
    ...excluded.map((term) => drawn("excluded", vectors.excludedIn(disease, term, published))),
  ];
}

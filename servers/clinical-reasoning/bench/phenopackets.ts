/**
 * Published cases ranked over all diseases: top-1/3/10 with 95% intervals and calibration, for cases whose paper is not
 * among the annotations' references (clean) and for those whose paper is (leaky). `node servers/clinical-reasoning/bench/phenopackets.ts`
 */
import { tidy, type Patient } from "../inference/query.ts";
import { scoreAll } from "../inference/rank.ts";
import { SETTINGS } from "../inference/settings.ts";
import { Vectors } from "../inference/vectors.ts";
import { compileModel } from "../model/compile.ts";
import { parseSex } from "../model/context.ts";
import type { ClinicalModel } from "../model/model.ts";
import { hasShared, readHpoFiles } from "../testing/hpo-files.ts";
import { yearsOf } from "../text/demographics.ts";
import { readCases, type Case } from "./cases.ts";

interface Result {
  /** 1 + number of diseases that score higher: among all, and among those of the same registry. */
  rank: number;
  rankInRegistry: number;
  /** Posterior of the leading disease. */
  confidence: number;
  ms: number;
}

if (!hasShared) throw new Error("the shared data are absent: nothing to measure on");
const { model } = compileModel(readHpoFiles());
const vectors = new Vectors(model, SETTINGS);
const references = new Set(
  Array.from({ length: model.rows.referenceNames.length }, (_, i) => model.rows.referenceNames.at(i)),
);
const strata: Record<"clean" | "leaky", Result[]> = { clean: [], leaky: [] };
let unknown = 0;
for (const item of readCases()) {
  const disease = model.disease(item.disease);
  const patient = patientOf(model, item);
  if (disease === undefined || patient.observed.length === 0) unknown++;
  else strata[references.has(item.pmid) ? "leaky" : "clean"].push(rankOf(disease, patient));
}
console.log(
  `${model.size} candidates; ${unknown} cases of diseases without annotations or without known findings left out`,
);
for (const [name, results] of Object.entries(strata)) print(name, results);

function patientOf(model: ClinicalModel, item: Case): Patient {
  const termsOf = (ids: readonly string[]) =>
    ids.map((id) => model.term(id)).filter((t) => t !== undefined && model.ontology.isFinding[t] === 1) as number[];
  const age = item.age ? yearsOf(item.age) : undefined;
  const sex = parseSex(item.sex);
  const patient = { observed: termsOf(item.observed), excluded: termsOf(item.excluded) };
  return tidy(model, { ...patient, ...(age === undefined ? {} : { age }), ...(sex ? { sex } : {}) }).patient;
}

function rankOf(disease: number, patient: Patient): Result {
  const begun = performance.now();
  const scores = scoreAll(model, vectors, SETTINGS, patient);
  const ms = performance.now() - begun;
  const registry = model.diseaseId(disease).split(":")[0]!;
  let rank = 1;
  let rankInRegistry = 1;
  let top = -Infinity;
  for (let d = 0; d < scores.length; d++) {
    top = Math.max(top, scores[d]!);
    if (scores[d]! <= scores[disease]!) continue;
    rank++;
    if (model.diseaseId(d).startsWith(registry)) rankInRegistry++;
  }
  const total = scores.reduce((sum, s) => sum + Math.exp(SETTINGS.temperature * (s - top)), 0);
  return { rank, rankInRegistry, confidence: 1 / total, ms };
}

function print(name: string, results: readonly Result[]): void {
  const n = results.length;
  const tops = (key: "rank" | "rankInRegistry") =>
    [1, 3, 10].map((k) => share(results.filter((r) => r[key] <= k).length, n)).join("  ");
  const times = results.map((r) => r.ms).toSorted((a, b) => a - b);
  console.log(`${name} (n ${n})`);
  console.log(`  top-1/3/10, all candidates       ${tops("rank")}`);
  console.log(`  top-1/3/10, the same registry    ${tops("rankInRegistry")}`);
  console.log(`  expected calibration error       ${calibrationError(results).toFixed(3)}`);
  console.log(
    `  ms a case, p50/p95               ${times[n >> 1]!.toFixed(2)}/${times[Math.floor(n * 0.95)]!.toFixed(2)}`,
  );
}

/** A share with its 95% Wilson interval. */
function share(k: number, n: number): string {
  const z = 1.96;
  const p = k / n;
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return `${p.toFixed(3)} [${(centre - half).toFixed(3)}, ${(centre + half).toFixed(3)}]`;
}

/** Mean distance between the leading posterior and how often it is right, over ten bins. */
function calibrationError(results: readonly Result[]): number {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, rank } of results) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.confidence += confidence;
    bin.right += rank === 1 ? 1 : 0;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / results.length;
}

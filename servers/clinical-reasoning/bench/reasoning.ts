/**
 * `npm run bench:reasoning`: what the ranking reaches on published cases, against the issue's targets and a
 * hundred-line baseline in the same run. Cases whose paper is among the annotations' references are leaky and stand
 * apart. Intervals: 95%, bootstrap over papers. The constants were fitted on these development cases: what
 * they reach on diseases left out of the fit stands in inference/settings.ts.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rankCandidates } from "../inference/rank.ts";
import { SETTINGS } from "../inference/settings.ts";
import { readColumns, writeColumns } from "../model/binary.ts";
import { compileModel } from "../model/compile.ts";
import { ClinicalModel, columnsOf, partsOf } from "../model/model.ts";
import { hasShared, readHpoFiles } from "../testing/hpo-files.ts";
import { Baseline } from "./baseline.ts";
import { batchFigures } from "./batch.ts";
import { readCases, type Case } from "./cases.ts";
import { FOLDS, folds, outcomeOf, patientOf, scorerOf, type Scorer } from "./evaluate.ts";
import { nextQuestionFigures } from "./next-question.ts";
import { calibrationError, figure, quantile, tops, type Outcome } from "./strata.ts";

type Stratum = "clean" | "leaky" | "newer";

if (!hasShared) throw new Error("the shared data are absent: nothing to measure on");
const { model } = compileModel(readHpoFiles());
const cases = readCases();
const cited = new Set(
  Array.from({ length: model.rows.referenceNames.length }, (_, i) => model.rows.referenceNames.at(i)),
);
console.log(
  `${model.size} candidates (${model.diseases.aliasOf.length} of them listed by two registries), ${cases.length} development cases`,
);
annotationsAlone();
withOtherPapers();
speed();
console.log(batchFigures(model));
const unseen = cases.filter((item) => stratumOf(item) === "clean");
for (const line of nextQuestionFigures({ model, settings: SETTINGS, score: scorerOf(model) }, unseen))
  console.log(line);

function empty(): Record<Stratum, Outcome[]> {
  return { clean: [], leaky: [], newer: [] };
}

function stratumOf({ disease, pmid }: Case): Stratum {
  if (model.disease(disease) === undefined) return "newer";
  return cited.has(pmid) ? "leaky" : "clean";
}

function annotationsAlone(): void {
  const known = cases.filter((item) => stratumOf(item) !== "newer");
  const baseline = new Baseline(model);
  console.log("\nannotations alone; target for the clean stratum .30/.45/.60, calibration error ≤ .05");
  const methods: [string, Scorer, boolean][] = [
    ["engine", scorerOf(model), true],
    ["engine, absent findings as in an interview", scorerOf(model), false],
    ["baseline", (patient) => baseline.score(patient), true],
  ];
  for (const [name, score, published] of methods) {
    const outcomes = outcomesOf(model, known, score, published);
    for (const stratum of ["clean", "leaky"] as const) print(`${name}, ${stratum}`, outcomes[stratum]);
    if (name === "engine") print("engine, all", [...outcomes.clean, ...outcomes.leaky]);
  }
}

/** Each fold of papers ranked with the counts of all other papers; a disease newer than the annotations is a candidate only where another paper describes it. */
function withOtherPapers(): void {
  const engine = empty();
  const plain = empty();
  const described = empty();
  for (const { model: fold, held } of folds(model, cases)) {
    const score = scorerOf(fold);
    const baseline = new Baseline(fold);
    const others = new Set(cases.filter((item) => !held.includes(item)).map((item) => item.disease));
    const results = outcomesOf(fold, held, score, true);
    const compared = outcomesOf(fold, held, (patient) => baseline.score(patient), true);
    const seen = outcomesOf(
      fold,
      held.filter((item) => others.has(item.disease)),
      score,
      true,
    );
    for (const stratum of ["clean", "leaky", "newer"] as const) {
      engine[stratum].push(...results[stratum]);
      plain[stratum].push(...compared[stratum]);
      described[stratum].push(...seen[stratum]);
    }
  }
  console.log(`\nwith the other papers' counts as evidence (${FOLDS} folds by paper, the held-out papers purged)`);
  console.log("targets: clean .55/.70/.85, diseases newer than the annotations .40/.50/.60, calibration error ≤ .05");
  for (const stratum of ["clean", "leaky", "newer"] as const) {
    print(`engine, ${stratum}`, engine[stratum]);
    print("  of these: another paper describes the disease", described[stratum]);
    print(`baseline, ${stratum}`, plain[stratum]);
  }
}

function outcomesOf(
  candidates: ClinicalModel,
  items: readonly Case[],
  score: Scorer,
  published: boolean,
): Record<Stratum, Outcome[]> {
  const outcomes = empty();
  for (const item of items) {
    const outcome = outcomeOf(candidates, score, item, published);
    if (outcome) outcomes[stratumOf(item)].push(outcome);
  }
  return outcomes;
}

function speed(): void {
  const path = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(path, "clinical.bin");
  writeColumns(file, "1", columnsOf(model));
  const loads = Array.from({ length: 5 }, () => timed(() => new ClinicalModel(partsOf(readColumns(file, "1")!))));
  rmSync(path, { recursive: true });
  const score = scorerOf(model);
  const patients = cases.flatMap((item) => patientOf(model, item, true) ?? []);
  const processor: number[] = [];
  const times = patients.map((patient) => {
    const begun = process.cpuUsage();
    const wall = timed(() => rankCandidates(score(patient), SETTINGS, 10));
    const { user, system } = process.cpuUsage(begun);
    processor.push((user + system) / 1000);
    return wall;
  });
  console.log("\nspeed, one thread");
  console.log(`  model file read, best of ${loads.length}: ${Math.min(...loads).toFixed(0)} ms (target 150)`);
  console.log(
    `  a case, scores of all diseases and the ten best, p50/p95: ${quantile(times, 0.5).toFixed(2)}/${quantile(times, 0.95).toFixed(2)} ms over ${times.length} cases (target p95 2); in processor time, which other work on the machine does not lengthen, ${quantile(processor, 0.5).toFixed(2)}/${quantile(processor, 0.95).toFixed(2)} ms`,
  );
}

function timed(what: () => unknown): number {
  const begun = performance.now();
  what();
  return performance.now() - begun;
}

function print(name: string, outcomes: readonly Outcome[]): void {
  const papers = new Set(outcomes.map(({ pmid }) => pmid)).size;
  console.log(
    `  ${name}: n ${outcomes.length} from ${papers} papers, top-1/3/10 ${tops(outcomes)}  calibration error ${figure(outcomes, calibrationError)}`,
  );
}

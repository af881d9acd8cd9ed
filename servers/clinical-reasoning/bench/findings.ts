/** Findings in text against GSC+ (development half): document-level micro precision, recall and F1 on sets of HPO terms. `node servers/clinical-reasoning/bench/findings.ts` */
import { readFileSync } from "node:fs";
import { compileModel } from "../model/compile.ts";
import { hasShared, readHpoFiles, sharedData } from "../testing/hpo-files.ts";
import { Dictionary } from "../text/dictionary.ts";
import { identifyFindings } from "../text/findings.ts";

if (!hasShared) throw new Error("the shared data are absent: nothing to measure on");
const { model } = compileModel(readHpoFiles());
const blocks = readFileSync(sharedData("findings/gsc-plus-dev.tsv"), "utf8")
  .trim()
  .split(/\n\s*\n/u)
  .map((block) => {
    const [id, text, ...lines] = block.split("\n") as [string, string, ...string[]];
    const gold = new Set(
      lines.map((line) => model.term(line.trim().split("\t").at(-1)!)).filter((t) => t !== undefined),
    );
    return { id, text, gold };
  });

const begun = performance.now();
const dictionary = new Dictionary(model);
const built = performance.now();
let found = 0;
let right = 0;
let wanted = 0;
const missed: string[] = [];
const wrong: string[] = [];
for (const { text, gold } of blocks) {
  const { findings } = identifyFindings(model, dictionary, text);
  const terms = new Set(findings.map((f) => model.term(f.id)!));
  found += terms.size;
  wanted += gold.size;
  for (const term of terms) {
    if (gold.has(term)) right++;
    else wrong.push(model.label(term));
  }
  for (const term of gold) if (!terms.has(term)) missed.push(model.label(term));
}
const first = (performance.now() - built) / 1000;
const again = performance.now();
for (const { text } of blocks) identifyFindings(model, dictionary, text);
const warm = (performance.now() - again) / 1000;
const precision = right / found;
const recall = right / wanted;
const f1 = (2 * precision * recall) / (precision + recall);
console.log(
  `GSC+ development half, ${blocks.length} abstracts: precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`,
);
console.log(
  `dictionary built in ${(built - begun).toFixed(0)} ms, ${Math.round(blocks.length / first)} abstracts/s at first, ${Math.round(blocks.length / warm)} when warm`,
);
if (process.argv.includes("--errors")) {
  console.log("missed:", missed.join(" | "));
  console.log("wrong:", wrong.join(" | "));
}

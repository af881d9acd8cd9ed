/**
 * `npm run bench:findings`: findings in text against GSC+ (development half). Document-level micro precision, recall and F1 on
 * sets of HPO terms, beside a longest-match dictionary and FastHPOCR 0.1.4 in the same run; how fast each is on one thread.
 * `--errors` lists what is missed and what is wrong.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { mulberry32 } from "../../kit/mulberry.ts";
import { compileModel } from "../model/compile.ts";
import { countsOf, figuresOf, readAbstracts } from "../testing/gsc-plus.ts";
import { hasShared, readHpoFiles, sharedData } from "../testing/hpo-files.ts";
import { Dictionary } from "../text/dictionary.ts";
import { identifyFindings } from "../text/findings.ts";
import { annotateWithPeer } from "./fasthpocr.ts";
import { LongestMatch } from "./longest-match.ts";

const ROUNDS = 10;
const RESAMPLES = 2000;

if (!hasShared) throw new Error("the shared data are absent: nothing to measure on");
const { model } = compileModel(readHpoFiles());
const abstracts = readAbstracts(model);
const texts = abstracts.map(({ text }) => text);
const begun = cpu();
const dictionary = new Dictionary(model);
const built = cpu() - begun;
const ours = texts.map((text) => termsIn(dictionary, text));
const unaided = new Dictionary(model, []);
const floor = new LongestMatch(model);
console.log(
  `GSC+ development half, ${abstracts.length} abstracts; document-level micro figures, 95 % bootstrap intervals`,
);
report("identify_findings (target F1 ≥ .78)", ours);
report(
  "identify_findings without its table of everyday names",
  texts.map((text) => termsIn(unaided, text)),
);
report(
  "longest-match dictionary (floor)",
  texts.map((text) => floor.find(text)),
);

const early = speedOf(texts, ROUNDS);
const peer = await annotateWithPeer(texts, ROUNDS);
const rate = Math.max(early, speedOf(texts, ROUNDS));
if (typeof peer === "string") console.log(`FastHPOCR 0.1.4 is absent, nothing to compare with: ${peer}`);
else {
  const termsOf = (found: readonly (readonly string[])[]) =>
    found.map((ids) => new Set(ids.map((id) => model.term(id)).filter((term) => term !== undefined)));
  report("FastHPOCR 0.1.4", termsOf(peer.all));
  report("FastHPOCR 0.1.4, longest matches", termsOf(peer.longest));
  console.log(
    `speed, CPU time of one thread, best of ${ROUNDS} rounds: ${Math.round(rate)} abstracts/s, FastHPOCR ${Math.round(peer.rate)}: ${(rate / peer.rate).toFixed(1)} times (target ≥ 5)`,
  );
}
console.log(
  `speed on these texts: ${Math.round(rate)} abstracts/s; the dictionary is built in ${Math.round(built)} ms of CPU time`,
);
const other = readOtherTexts();
console.log(
  `speed on ${other.length} longer abstracts (SciFact): ${Math.round(speedOf(other, 1, new Dictionary(model)))} a second when all their words are new, ${Math.round(speedOf(other, 2))} after`,
);
if (process.argv.includes("--errors")) printErrors();

function termsIn(own: Dictionary, text: string): Set<number> {
  return new Set(identifyFindings(model, own, text).findings.map(({ id }) => model.term(id)!));
}

function readOtherTexts(): string[] {
  const lines = gunzipSync(readFileSync(sharedData("retrieval/scifact-corpus.jsonl.gz"))).toString("utf8");
  return lines
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { sections: { text: string }[] }).sections.map(({ text }) => text).join(" "));
}

function report(name: string, found: readonly ReadonlySet<number>[]): void {
  const counts = abstracts.map((abstract, i) => countsOf(found[i]!, abstract));
  const random = mulberry32(1);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    figuresOf(counts.map(() => counts[Math.floor(random() * counts.length)]!)),
  );
  const [precision, recall, f1] = figuresOf(counts).map((figure, i) => {
    const sorted = resampled.map((sample) => sample[i]!).toSorted((a, b) => a - b);
    const [low, high] = [sorted[Math.floor(0.025 * RESAMPLES)]!, sorted[Math.floor(0.975 * RESAMPLES)]!];
    return `${figure.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
  });
  console.log(`${name}: precision ${precision} recall ${recall} F1 ${f1}`);
}

/** Texts per second of CPU time, in the best of some rounds. */
function speedOf(list: readonly string[], rounds: number, own = dictionary): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const from = cpu();
    for (const text of list) identifyFindings(model, own, text);
    best = Math.min(best, cpu() - from);
  }
  return (1000 * list.length) / best;
}

/** Milliseconds of CPU time so far. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function printErrors(): void {
  for (const [i, { id, gold }] of abstracts.entries()) {
    const labels = (terms: Iterable<number>) => [...terms].map((term) => model.label(term)).join(" | ");
    console.log(`${id} missed: ${labels([...gold].filter((term) => !ours[i]!.has(term)))}`);
    console.log(`${id} wrong: ${labels([...ours[i]!].filter((term) => !gold.has(term)))}`);
  }
}

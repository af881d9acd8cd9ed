/**
 * How many words of a question a boolean query may ask for at once: SciFact claims against their 5,183 abstracts. An
 * abstract is reached where it has so many of the claim's rarest words. What live searches ask (sources/question-parts.ts)
 * rests on it. Run: npm run bench:queries [-- folder with the data, default ../shared/data/retrieval]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Document } from "../../../schemas/index.ts";
import { documentText } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { questionParts } from "../sources/question-parts.ts";

/** So many of the rarest words, of which so many must be there. */
const FORMS = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [5, 2],
  [8, 2],
  [12, 2],
  [8, 3],
] as const;

const data = process.argv[2] ?? "../shared/data/retrieval";
const documents = lines(gunzipSync(readFileSync(join(data, "scifact-corpus.jsonl.gz"))).toString()) as Document[];
const claims = lines(readFileSync(join(data, "scifact-queries-dev.jsonl"), "utf8")) as { id: string; text: string }[];
const relevant = new Map<string, string[]>();
for (const line of readFileSync(join(data, "scifact-qrels-dev.tsv"), "utf8").trim().split("\n").slice(1)) {
  const [claim = "", document = "", grade] = line.split("\t");
  if (Number(grade) > 0) relevant.set(claim, [...(relevant.get(claim) ?? []), document]);
}

const terms = new Map(documents.map((document) => [document.id, new Set(tokenize(documentText(document)))]));
const frequency = new Map<string, number>();
for (const set of terms.values()) for (const term of set) frequency.set(term, (frequency.get(term) ?? 0) + 1);
const rarity = (term: string) => Math.log(1 + documents.length / ((frequency.get(term) ?? 0) + 0.5));

for (const [words, least] of FORMS) {
  const asked = claims.flatMap(({ id, text }) => {
    const rarest = questionParts(text, [], rarity).words.slice(0, words);
    return relevant.has(id) && rarest.length >= least ? [{ id, rarest: rarest.map(tokenize) }] : [];
  });
  const reached = asked.filter(({ id, rarest }) =>
    relevant.get(id)!.some((document) => {
      const has = terms.get(document);
      return has && rarest.filter((word) => word.some((term) => has.has(term))).length >= least;
    }),
  ).length;
  const rarest = words === 1 ? "the rarest word" : `${least} of the ${words} rarest words`;
  process.stdout.write(
    `${rarest}: ${share(reached, asked.length)} of claims reach an abstract that is meant for them\n`,
  );
}

/** With Wilson's interval of 95 %. */
function share(hits: number, n: number): string {
  const z = 1.96;
  const middle = (hits / n + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt(((hits / n) * (1 - hits / n)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return `${(hits / n).toFixed(3)} [${(middle - half).toFixed(3)}, ${(middle + half).toFixed(3)}] (n ${n})`;
}

function lines(text: string): unknown[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

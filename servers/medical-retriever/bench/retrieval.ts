/**
 * How well and how fast the local index finds: SciFact claims (nDCG@10) and PubMedQA questions (MRR@10), through the whole
 * engine; and things that questions name (the starter's, in words of everyday questions). By words alone, and with the embedder that is configured. Vectors are kept in the data home for the next run.
 * Run: npm run bench:retrieval [folder with the data, default ../shared/data/retrieval]
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataHome } from "../../kit/home.ts";
import { httpClient } from "../../kit/http/index.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest } from "../../knowledge/index.ts";
import { configuredEmbedder, type Embedder } from "../embedding/index.ts";
import { ensureStarter } from "../../knowledge/starter/build.ts";
import { Retriever } from "../index.ts";
import { askNamed, namedQuestions, pairedQuestions } from "./named-things.ts";
import { pubmedqa, scifact, type Task } from "./retrieval-tasks.ts";

const RESAMPLES = 2000;

interface Measured {
  scores: number[];
  /** Milliseconds. */
  times: number[];
  /** Seconds. */
  build: number;
  method: string;
}

/** Prints the figures. @param data folder with the files of both tasks */
export async function benchRetrieval(data: string): Promise<void> {
  const http = httpClient();
  const embedder = configuredEmbedder(http);
  for (const task of [scifact(data), pubmedqa(data)]) {
    const words = await measure(task, null);
    report(task, "words alone", task.aims.words, words);
    if (!embedder) continue;
    const both = await measure(task, embedder);
    report(task, both.method, task.aims.both, both);
    process.stdout.write(`  gain by meaning ${interval(both.scores.map((score, i) => score - words.scores[i]!))}\n`);
  }
  if (!embedder) process.stdout.write("no embedder is configured: `npm run embedder` sets one up\n");
  await benchNamed();
  await embedder?.close();
  http.close();
}

async function benchNamed(): Promise<void> {
  const knowledge = openFolder("starter", ensureStarter());
  const retriever = new Retriever(knowledge, { embedder: null, sources: [] });
  const questions = namedQuestions(knowledge);
  const pairs = pairedQuestions(questions);
  const [one, two] = [await askNamed(retriever, questions), await askNamed(retriever, pairs)];
  await retriever.close();
  process.stdout.write(
    `named things, words alone: the first document has the name ${interval(one.first)}, aim .950; ` +
      `share of those that have it, in front ${interval(one.share)}, aim .850 (n = ${questions.length})\n` +
      `two named things: the first document has both ${interval(two.first)}; ` +
      `share of those that have both, in front ${interval(two.share)} (n = ${pairs.length})\n`,
  );
}

async function measure({ name, documents, queries, score }: Task, embedder: Embedder | null): Promise<Measured> {
  const folder = embedder ? join(dataHome(), "bench", name) : mkdtempSync(join(tmpdir(), "retrieval-"));
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "search"), { recursive: true, force: true });
  const store = new DocumentStore(join(folder, "documents.db"));
  store.put(documents);
  store.close();
  new GraphStore(join(folder, "graph.db")).close();
  const counts = { documents: documents.length, entities: 0, relations: 0 };
  writeManifest(folder, { version: 1, name, revision: "1", sources: [], counts });
  const retriever = new Retriever(openFolder(name, folder), { embedder, sources: [] });
  const { signal } = new AbortController();
  const started = performance.now();
  await retriever.local.index((done, total) => process.stderr.write(`\r${name}: ${done} of ${total} documents`));
  process.stderr.write("\r\x1b[K");
  const build = (performance.now() - started) / 1000;
  const scores: number[] = [];
  const times: number[] = [];
  let method = "";
  for (const { text, relevant } of queries) {
    const before = performance.now();
    const found = await retriever.search(text, { sources: ["local"], limit: 10 }, { signal });
    times.push(performance.now() - before);
    method = found.relevanceMethod;
    scores.push(
      score(
        found.documents.map(({ id }) => id),
        relevant,
      ),
    );
  }
  await retriever.close();
  if (!embedder) rmSync(folder, { recursive: true });
  return { scores, times: times.toSorted((a, b) => a - b), build, method };
}

function report(
  { name, metric, documents }: Task,
  what: string,
  aim: number,
  { scores, times, build }: Measured,
): void {
  const at = (share: number) => `${times[Math.floor(share * times.length)]!.toFixed(1)} ms`;
  process.stdout.write(
    `${name}, ${what}: ${metric} ${interval(scores)}, aim ${aim.toFixed(3)} (n = ${scores.length}; ` +
      `${documents.length} documents indexed in ${build.toFixed(1)} s; a search takes ${at(0.5)} p50, ${at(0.95)} p95)\n`,
  );
}

/** The mean with its 95 % interval, by resampling the questions. */
function interval(values: readonly number[]): string {
  const random = mulberry32(1);
  const mean = (pick: (i: number) => number) => values.reduce((sum, _, i) => sum + pick(i), 0) / values.length;
  const means = Array.from({ length: RESAMPLES }, () => mean(() => values[Math.floor(random() * values.length)]!));
  means.sort((a, b) => a - b);
  const [low, high] = [means[RESAMPLES * 0.025]!, means[RESAMPLES * 0.975]!];
  return `${mean((i) => values[i]!).toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
}

if (import.meta.main) await benchRetrieval(process.argv[2] ?? "../shared/data/retrieval");

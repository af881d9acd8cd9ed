/** The stages of `scale.ts`, each in a process of its own: what it measured as JSON. */
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { mulberry32 } from "../../kit/mulberry.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest, type Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { Retriever } from "../index.ts";
import { buildIndex } from "../local/build.ts";
import type { VectorSource } from "../local/building/fill.ts";
import { plainTerms } from "../local/document-index.ts";
import { indexFolder } from "../local/folder.ts";
import { SearchIndex } from "../local/search-index.ts";
import { KeptVectors } from "../embedding/index.ts";
import { abstracts, DIMENSION, GeneratedEmbedder, Language, numberOf, type Vectors } from "./generated.ts";

interface Cost {
  seconds: number;
  /** User and system time of all threads, for each document. */
  cpuMicroseconds: number;
}

export interface Ingested {
  texts: Cost;
  index: Cost;
  follow: Cost;
  vectors: Cost & { dimension: number };
  /** Peak, MB. */
  memory: number;
}

export interface Asked {
  timings: { what: string; n: number; p50: number; p95: number }[];
  recall: { mean: number; n: number };
  memory: number;
}

const QUESTIONS = 300;
const RECALL_QUESTIONS = 50;
const BATCH = 10_000;
const FILTER = { from: "2001", to: "2015", kinds: ["randomized_trial", "review"] };

const [, , stage, folder, size] = process.argv as [string, string, string, string, string];
const result = stage === "ingest" ? await ingest(Number(size)) : await ask(Number(size));
process.stdout.write(JSON.stringify(result));

async function ingest(count: number): Promise<Ingested> {
  new GraphStore(join(folder, "graph.db")).close();
  const texts = storeTexts(count);
  manifest("first", count);
  let knowledge = openFolder("scale", folder);
  const index = await costOf(count, () => buildIndex(knowledge, "first"));
  const store = new DocumentStore(join(folder, "documents.db"));
  store.put([...abstracts(Math.floor(count / 100), new Language())].map((d) => ({ ...d, title: `${d.title} anew` })));
  store.close();
  manifest("second", count);
  const follow = await costOf(count / 100, () => buildIndex(knowledge, "second"));
  knowledge.close();
  knowledge = openFolder("scale", folder);
  const source = vectorSource();
  const vectors = await costOf(count, () => buildIndex(knowledge, "second", { vectors: source }));
  source.close();
  knowledge.close();
  return { texts, index, follow, vectors: { ...vectors, dimension: DIMENSION }, memory: peak() };
}

function storeTexts(count: number): Cost {
  const store = new DocumentStore(join(folder, "documents.db"));
  const language = new Language();
  const cost = { seconds: 0, cpuMicroseconds: 0 };
  let batch = [];
  for (const document of abstracts(count, language)) {
    batch.push(document);
    if (batch.length < BATCH) continue;
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    store.put(batch);
    cost.seconds += (performance.now() - begin) / 1000;
    cost.cpuMicroseconds += micros(cpu);
    batch = [];
  }
  store.put(batch);
  store.close();
  return { ...cost, cpuMicroseconds: Math.round(cost.cpuMicroseconds / count) };
}

async function ask(count: number): Promise<Asked> {
  const knowledge = openFolder("scale", folder);
  const index = await SearchIndex.open(indexFolder(folder, "second"));
  const embedder = new GeneratedEmbedder();
  const language = new Language();
  const random = mulberry32(77);
  const questions = Array.from({ length: QUESTIONS }, (_, i) => {
    return { query: language.words(3 + (i % 6), random), vector: embedder.vectors.of(count + i) };
  });
  const both = new Retriever(knowledge, { sources: [], embedder });
  const words = new Retriever(openFolder("scale", folder), { sources: [], embedder: null });
  const context = { signal: new AbortController().signal };
  const tool = (retriever: Retriever, query: string, filter: object) =>
    retriever.search(query, { limit: 20, sources: ["local"], ...filter }, context);
  const timings: Asked["timings"] = [];
  const time = async (what: string, work: (question: (typeof questions)[number]) => Promise<unknown>) => {
    for (const question of questions.slice(0, 30)) await work(question);
    const times: number[] = [];
    for (const question of questions) {
      const begin = performance.now();
      await work(question);
      times.push(performance.now() - begin);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * times.length)]!;
    timings.push({ what, n: times.length, p50: at(0.5), p95: at(0.95) });
  };
  await time("tool, hybrid, filtered, files not in memory", ({ query }) => tool(both, query, FILTER));
  readFiles();
  await time("tool, hybrid, filtered, top 20", ({ query }) => tool(both, query, FILTER));
  await time("tool, hybrid, no filter", ({ query }) => tool(both, query, {}));
  await time("tool, words alone, filtered", ({ query }) => tool(words, query, FILTER));
  await time("index: terms", (q) => index.candidates({ terms: termed(q), limit: 200 }));
  await time("index: terms, filtered", (q) => index.candidates({ terms: termed(q), filter: FILTER, limit: 200 }));
  await time("index: vector, filtered", ({ vector }) =>
    index.candidates({ terms: [], vector, filter: FILTER, limit: 200 }),
  );
  await time("index: terms and vector, filtered", (q) =>
    index.candidates({ terms: termed(q), vector: q.vector, filter: FILTER, limit: 200 }),
  );
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  const recall = await recallOf(index, knowledge, questions, embedder.vectors);
  index.close();
  await both.close();
  await words.close();
  return { timings, recall, memory };
}

/** Into the system's memory, where those of a server are that answers all day. */
function readFiles(): void {
  const piece = Buffer.alloc(8 << 20);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const file = openSync(path, "r");
    while (readSync(file, piece) > 0);
    closeSync(file);
  }
}

function termed({ query }: { query: string }) {
  return plainTerms(tokenize(query));
}

/** Share of the 20 truly nearest documents, by comparing all, that are among the candidates. */
async function recallOf(
  index: SearchIndex,
  { documents }: Knowledge,
  questions: readonly { vector: Float32Array }[],
  vectors: Vectors,
): Promise<Asked["recall"]> {
  const some = questions.slice(0, RECALL_QUESTIONS);
  const best = some.map(() => [] as { id: string; similarity: number }[]);
  for (const { id } of documents.rows({ after: 0, until: documents.state().row })) {
    const vector = vectors.of(numberOf(id));
    for (const [i, question] of some.entries()) {
      let similarity = 0;
      for (let k = 0; k < DIMENSION; k++) similarity += vector[k]! * question.vector[k]!;
      const list = best[i]!;
      if (list.length === 20 && similarity <= list[19]!.similarity) continue;
      list.push({ id, similarity });
      list.sort((a, b) => b.similarity - a.similarity);
      list.length = Math.min(20, list.length);
    }
  }
  let sum = 0;
  for (const [i, { vector }] of some.entries()) {
    const found = new Set((await index.candidates({ terms: [], vector, limit: 200 })).map(({ id }) => id));
    sum += best[i]!.filter(({ id }) => found.has(id)).length / best[i]!.length;
  }
  return { mean: sum / some.length, n: some.length };
}

/** Kept as those of a model are; making them takes time that is not the index's. */
function vectorSource(): VectorSource & { close(): void } {
  const embedder = new GeneratedEmbedder();
  const kept = new KeptVectors(folder, embedder);
  return {
    identity: kept.identity,
    dimension: (signal) => kept.dimension(signal),
    vectorsOf(documents, signal) {
      embedder.expect(documents);
      return kept.vectorsOf(documents, signal);
    },
    close: () => kept.close(),
  };
}

function manifest(revision: string, documents: number): void {
  const counts = { documents, entities: 0, relations: 0 };
  writeManifest(folder, { version: 1, name: "scale", revision, sources: [], counts });
}

async function costOf(count: number, work: () => Promise<unknown>): Promise<Cost> {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, cpuMicroseconds: Math.round(micros(cpu) / count) };
}

function micros(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/** Of resident memory, MB. */
function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

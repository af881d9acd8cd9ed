/**
 * How well and how fast the local index finds: SciFact claims (nDCG@10) and PubMedQA questions (MRR@10), through the
 * whole engine. Run: node servers/medical-retriever/bench/retrieval.ts [folder with the data, default ../shared/data/retrieval]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Document } from "../../../schemas/index.ts";
import { DocumentStore, openFolder, writeManifest } from "../../knowledge/index.ts";
import { buildSearchIndex, Retriever } from "../index.ts";

interface Task {
  name: string;
  metric: string;
  documents: Document[];
  queries: { id: string; text: string }[];
  /** Relevant documents of a query. */
  relevant: Map<string, Set<string>>;
  score: (ranked: readonly string[], relevant: ReadonlySet<string>) => number;
}

const data = process.argv[2] ?? "../shared/data/retrieval";
for (const task of [scifact(), pubmedqa()]) process.stdout.write(`${await measure(task)}\n`);

async function measure({ name, metric, documents, queries, relevant, score }: Task): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "retrieval-"));
  const store = new DocumentStore(join(folder, "documents.db"));
  store.put(documents);
  store.close();
  const counts = { documents: documents.length, entities: 0, relations: 0 };
  writeManifest(folder, { version: 1, name, revision: "1", sources: [], counts });
  const knowledge = openFolder(name, folder);
  const started = performance.now();
  await buildSearchIndex(knowledge);
  const buildMs = performance.now() - started;
  const retriever = new Retriever(knowledge);
  const times: number[] = [];
  let sum = 0;
  const judged = queries.filter(({ id }) => relevant.has(id));
  for (const { id, text } of judged) {
    const before = performance.now();
    const { signal } = new AbortController();
    const found = await retriever.search(text, { sources: ["local"], limit: 10 }, { signal });
    times.push(performance.now() - before);
    sum += score(
      found.documents.map((d) => d.id),
      relevant.get(id)!,
    );
  }
  await retriever.close();
  rmSync(folder, { recursive: true });
  times.sort((a, b) => a - b);
  const at = (share: number) => `${times[Math.floor(share * times.length)]!.toFixed(1)} ms`;
  return `${name}: ${metric} ${(sum / judged.length).toFixed(4)} over ${judged.length} queries; ${documents.length} documents indexed in ${(buildMs / 1000).toFixed(1)} s; a search takes ${at(0.5)} (p50), ${at(0.95)} (p95)`;
}

function scifact(): Task {
  const documents = lines(gunzipSync(readFileSync(join(data, "scifact-corpus.jsonl.gz"))).toString());
  const queries = lines(readFileSync(join(data, "scifact-queries-dev.jsonl"), "utf8"));
  const relevant = new Map<string, Set<string>>();
  for (const line of readFileSync(join(data, "scifact-qrels-dev.tsv"), "utf8").trim().split("\n").slice(1)) {
    const [query, document, grade] = line.split("\t");
    if (Number(grade) > 0) relevant.set(query!, (relevant.get(query!) ?? new Set()).add(document!));
  }
  return { name: "SciFact", metric: "nDCG@10", documents, queries, relevant, score: ndcg } as Task;
}

function pubmedqa(): Task {
  const items = Object.entries(
    JSON.parse(readFileSync(join(data, "pubmedqa-dev.json"), "utf8")) as Record<
      string,
      { QUESTION: string; CONTEXTS: string[] }
    >,
  );
  return {
    name: "PubMedQA",
    metric: "MRR@10",
    documents: items.map(([pmid, { CONTEXTS }]) => {
      return { id: `PMID:${pmid}`, title: "", sections: CONTEXTS.map((text) => ({ label: "", text })) };
    }),
    queries: items.map(([pmid, { QUESTION }]) => ({ id: pmid, text: QUESTION })),
    relevant: new Map(items.map(([pmid]) => [pmid, new Set([`PMID:${pmid}`])])),
    score: reciprocalRank,
  };
}

function ndcg(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  const got = ranked.slice(0, 10).reduce((sum, id, place) => sum + (relevant.has(id) ? gain(place) : 0), 0);
  let ideal = 0;
  for (let place = 0; place < Math.min(10, relevant.size); place++) ideal += gain(place);
  return got / ideal;
}

function gain(place: number): number {
  return 1 / Math.log2(place + 2);
}

function reciprocalRank(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  const place = ranked.slice(0, 10).findIndex((id) => relevant.has(id));
  return place < 0 ? 0 : 1 / (place + 1);
}

function lines<T>(text: string): T[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

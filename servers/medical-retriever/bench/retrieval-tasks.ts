/** The two sets of questions that retrieval is measured on, and their measures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Document } from "../../../schemas/index.ts";

export interface Task {
  name: string;
  metric: string;
  documents: Document[];
  queries: { text: string; relevant: ReadonlySet<string> }[];
  score: (ranked: readonly string[], relevant: ReadonlySet<string>) => number;
  /** What is aimed at: by words alone, and with the small embedder. */
  aims: { words: number; both: number };
}

/** Claims, with the abstracts that support or refute them. */
export function scifact(data: string): Task {
  const documents = lines<Document>(gunzipSync(readFileSync(join(data, "scifact-corpus.jsonl.gz"))).toString());
  const relevant = new Map<string, Set<string>>();
  for (const line of readFileSync(join(data, "scifact-qrels-dev.tsv"), "utf8").trim().split("\n").slice(1)) {
    const [query, document, grade] = line.split("\t");
    if (Number(grade) > 0) relevant.set(query!, (relevant.get(query!) ?? new Set()).add(document!));
  }
  const claims = lines<{ id: string; text: string }>(readFileSync(join(data, "scifact-queries-dev.jsonl"), "utf8"));
  const queries = claims.flatMap(({ id, text }) => {
    const documentsOf = relevant.get(id);
    return documentsOf ? [{ text, relevant: documentsOf }] : [];
  });
  return { name: "SciFact", metric: "nDCG@10", documents, queries, score: ndcg, aims: { words: 0.71, both: 0.75 } };
}

/** Questions, with the abstract that each was written from. */
export function pubmedqa(data: string): Task {
  type Items = Record<string, { QUESTION: string; CONTEXTS: string[] }>;
  const items = Object.entries(JSON.parse(readFileSync(join(data, "pubmedqa-dev.json"), "utf8")) as Items);
  return {
    name: "PubMedQA",
    metric: "MRR@10",
    documents: items.map(([pmid, { CONTEXTS }]) => {
      return { id: `PMID:${pmid}`, title: "", sections: CONTEXTS.map((text) => ({ label: "", text })) };
    }),
    queries: items.map(([pmid, { QUESTION }]) => ({ text: QUESTION, relevant: new Set([`PMID:${pmid}`]) })),
    score: reciprocalRank,
    aims: { words: 0.98, both: 0.992 },
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

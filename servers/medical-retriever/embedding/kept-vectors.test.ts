import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import { embeddingServer, type EmbeddingServer } from "../testing/embedding-server.ts";
import { cosine, normalise } from "./embedder.ts";
import { EndpointEmbedder } from "./endpoint.ts";
import { KeptVectors, VectorsAway } from "./kept-vectors.ts";
import { nearest, packVectors, unpackedMean } from "./packed-vectors.ts";
import { windowsOf } from "./windows.ts";

let folder: string;
let service: EmbeddingServer;
let http: HttpClient;
const { signal } = new AbortController();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vectors-"));
  service = await embeddingServer();
  http = httpClient({ cacheFile: false });
});
afterEach(async () => {
  http.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

const endpoint = () => new EndpointEmbedder({ url: service.url, model: "words", client: http });
const document = (id: string, title: string, text: string) => ({ id, title, sections: [{ label: "", text }] });
const sentences = (n: number) => Array.from({ length: n }, (_, i) => `Sentence number ${i} says a thing.`).join(" ");

describe("kept vectors", () => {
  const one = document("A:1", "Marfan", "Losartan slows dilation of the aorta. It was studied in children.");
  const two = document("A:2", "Leaves", "Leaves are green.");

  test("are made once for a text, by one embedder, and again only where the text changes", async () => {
    let kept = new KeptVectors(folder, endpoint());
    const [first] = await kept.vectorsOf([one, two, document("A:3", "", "")], signal);
    const calls = service.calls.length;
    kept.close();
    kept = new KeptVectors(folder, endpoint());
    const again = await kept.vectorsOf([one, two, document("A:3", "", "")], signal);
    expect(again[0]).toEqual(first);
    expect(again[2]).toBeUndefined();
    await kept.vectorsOf([{ ...two, sections: [{ label: "", text: "Leaves are red." }] }], signal);
    const asked = service.calls.slice(calls).flatMap(({ input }) => input);
    expect(asked.filter((text) => text !== "dimension")).toEqual(["Leaves are red."]);
    kept.close();
  });

  test("say how near the nearest passage is, which the whole of a long text hides", async () => {
    const long = "Nothing of interest was seen here. ".repeat(30);
    const kept = new KeptVectors(folder, endpoint());
    const [whole] = await kept.vectorsOf([document("A:4", "", `${long}Losartan slows dilation. ${long}`)], signal);
    const [question] = await endpoint().embed(["losartan slows dilation"], "query", signal);
    const nearest = kept.nearestPassages(["A:4", "A:5"], question!);
    expect([...nearest.keys()]).toEqual(["A:4"]);
    expect(nearest.get("A:4")!).toBeGreaterThan(cosine(whole!, question!) + 0.1);
    kept.close();
  });

  test("what was made before the embedder failed is kept, and the failure is said", async () => {
    const many = Array.from({ length: 100 }, (_, i) => document(`B:${i}`, "", `text number ${"x".repeat(i + 1)}`));
    service.instead = (_, response, n) => {
      if (n > 2) response.writeHead(401).end("no");
      return n > 2;
    };
    const kept = new KeptVectors(folder, endpoint());
    await expect(kept.vectorsOf(many, signal)).rejects.toBeInstanceOf(VectorsAway);
    service.instead = () => false;
    const calls = service.calls.length;
    await kept.vectorsOf(many, signal);
    expect(service.calls.slice(calls).flatMap(({ input }) => input).length).toBeLessThan(100);
    kept.close();
  });

  test("in a byte a number, a cosine is off by less than a hundredth", () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const [x, y] = [normalise(Float32Array.from(a)), normalise(Float32Array.from(b))];
        expect(Math.abs(nearest(packVectors([x]), y) - cosine(x, y))).toBeLessThan(0.015);
        const mean = unpackedMean(packVectors([x, y]), 16);
        expect(Math.max(...mean.map((m, i) => Math.abs(m - x[i]! - y[i]!)))).toBeLessThan(0.01);
      }),
    );
  });
});

test("a document is embedded in passages of whole sentences: some of an abstract, larger ones of a full text", () => {
  expect(windowsOf(document("C:1", "Title", sentences(7)))).toHaveLength(3);
  expect(windowsOf(document("C:2", "Title", sentences(1000))).length).toBeLessThanOrEqual(64);
  expect(windowsOf(document("C:3", "Only a title", ""))).toEqual(["Only a title"]);
  expect(windowsOf(document("C:4", "", ""))).toEqual([]);
});

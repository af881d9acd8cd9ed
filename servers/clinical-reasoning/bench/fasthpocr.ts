/** FastHPOCR 0.1.4 (PyPI) on the same texts with the same ontology: a virtual environment and its index, made once in the user's cache. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { sharedData } from "../testing/hpo-files.ts";

const REQUIREMENTS = ["FastHPOCR==0.1.4", "pronto==2.7.4"];
const SCRIPT = join(import.meta.dirname, "fasthpocr.py");
const ONTOLOGY = "hpo/hp.v2024-04-26.json.gz";

export interface PeerResult {
  /** HPO identifiers of every text. */
  all: string[][];
  longest: string[][];
  /** Texts per second of CPU time. */
  rate: number;
}

/** What the peer finds and how fast, or why it could not be asked. */
export async function annotateWithPeer(texts: readonly string[], rounds: number): Promise<PeerResult | string> {
  const work = mkdtempSync(join(tmpdir(), "fasthpocr-"));
  try {
    const { python, index } = await prepared();
    const [input, output] = [join(work, "texts.json"), join(work, "found.json")];
    writeFileSync(input, JSON.stringify(texts));
    await run(python, [SCRIPT, "annotate", index, input, output, String(rounds)]);
    return JSON.parse(readFileSync(output, "utf8")) as PeerResult;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The environment and the index, made where they are absent. @throws Error where they cannot be made */
async function prepared(): Promise<{ python: string; index: string }> {
  const ontology = readFileSync(sharedData(ONTOLOGY));
  const digest = createHash("sha256").update(REQUIREMENTS.join("\n")).update(ontology).digest("hex").slice(0, 12);
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(cache, "medresearcher", `fasthpocr-${digest}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const ready = join(folder, "ready");
  if (!existsSync(ready)) {
    const base = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import venv, ensurepip"]).status === 0);
    if (!base) throw new Error("no Python 3 with venv was found");
    mkdirSync(folder, { recursive: true });
    await run(base, ["-m", "venv", "--clear", folder]);
    await run(python, ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", ...REQUIREMENTS]);
    writeFileSync(ready, "");
  }
  const index = join(folder, "index");
  if (!existsSync(index)) {
    console.error(`FastHPOCR makes its index in ${folder}: a few minutes, once`);
    const unfinished = `${index}.unfinished`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(folder, "hp.json"), gunzipSync(ontology));
    await run(python, [SCRIPT, "index", join(folder, "hp.json"), unfinished]);
    renameSync(unfinished, index);
  }
  return { python, index };
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(" ")} ended with ${status}: ${errors.trim()}`);
}

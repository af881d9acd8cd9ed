/** What a batch reads: a JSON file, a folder of them, or JSON lines; each may be gzipped, a folder also in a tar archive. */
import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, gunzipSync } from "node:zlib";
import { filesInTar } from "../phenopackets/tar.ts";

/** One case that is yet to be read. `name` says where it is, for messages; `stem` stands in for an id. */
export interface Item {
  name: string;
  stem: string;
  /** Absent: the file at `name` holds it. */
  text?: string;
}

const LINES = /\.(?:jsonl|ndjson)(?:\.gz)?$/iu;
const JSON_FILE = /\.json(?:\.gz)?$/iu;
const ARCHIVE = /\.(?:tar|tar\.gz|tgz)$/iu;

/** Cases in a fixed order: of paths, or of lines. @throws Error where the path is not there or holds none */
export async function* itemsOf(path: string): AsyncGenerator<Item> {
  let found = false;
  for await (const item of source(path)) {
    found = true;
    yield item;
  }
  if (!found) throw new Error(`${path} holds no case: expected .json files, or lines in a .jsonl file`);
}

async function* source(path: string): AsyncGenerator<Item> {
  if (statSync(path).isDirectory()) {
    for (const file of jsonFilesIn(path)) {
      if (LINES.test(file)) yield* linesOf(file);
      else yield itemFor(file);
    }
  } else if (ARCHIVE.test(path)) yield* archived(path);
  else if (LINES.test(path)) yield* linesOf(path);
  else yield itemFor(path);
}

function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => JSON_FILE.test(file) || LINES.test(file))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());
}

function itemFor(file: string, text?: string): Item {
  return { name: file, stem: basename(file).replace(JSON_FILE, ""), ...(text === undefined ? {} : { text }) };
}

function* archived(path: string): Generator<Item> {
  const bytes = readFileSync(path);
  const files = filesInTar(/\.tar$/iu.test(path) ? bytes : gunzipSync(bytes));
  const cases = [...files].filter((file) => JSON_FILE.test(file.path) && !basename(file.path).startsWith("._"));
  for (const { path: name, bytes: content } of cases.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    yield itemFor(name, (name.endsWith(".gz") ? gunzipSync(content) : content).toString("utf8"));
  }
}

async function* linesOf(path: string): AsyncGenerator<Item> {
  const file = createReadStream(path);
  const input = /\.gz$/iu.test(path) ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => input.destroy(error));
  const stem = basename(path).replace(LINES, "");
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (text.trim()) yield { name: `${path}, line ${line}`, stem: `${stem}:${line}`, text };
  }
}

/** The text of an item. Called where it is needed, so that files are read by the thread that works on them. */
export function textOf({ name, text }: Item): string {
  return (text ?? read(name)).replace(/^\uFEFF/u, "");
}

function read(file: string): string {
  const bytes = readFileSync(file);
  return (/\.gz$/iu.test(file) ? gunzipSync(bytes) : bytes).toString("utf8");
}

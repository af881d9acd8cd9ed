/** How far an import came: `import.json` in the knowledge folder, there only while one is under way or was interrupted. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Position = z.object({
  /** Of the source's files: other files, another import. */
  fingerprint: z.string(),
  /** Whether the records begin with the starter's. */
  seed: z.boolean(),
  /** Records that are committed. */
  position: z.number().int().nonnegative(),
});
export type ImportPosition = z.infer<typeof Position>;

/** Raise it when a parser gives other records, or another order of them, for the same files. */
const PARSERS = 2;

/** Kind of source with names, sizes and times of its files. */
export function fingerprintOf(kind: string, path: string): string {
  const hash = createHash("sha256").update(`${PARSERS} ${kind}\n`);
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** Undefined where no import was interrupted; a file that cannot be read counts as the beginning of another import. */
export function readPosition(folder: string): ImportPosition | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(folder), "utf8");
  } catch {
    return undefined;
  }
  try {
    return Position.parse(JSON.parse(text));
  } catch {
    return { fingerprint: "", seed: false, position: 0 };
  }
}

export function writePosition(folder: string, position: ImportPosition): void {
  const temporary = `${fileOf(folder)}.tmp`;
  writeFileSync(temporary, JSON.stringify(position));
  renameSync(temporary, fileOf(folder));
}

export function forgetPosition(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}

function fileOf(folder: string): string {
  return join(folder, "import.json");
}

/** `run.json`: what a run folder is a run of. A folder holds one configuration; another one is refused, with what differs. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What a cell's key is made of, beside its task and repeat. */
const Configuration = z.object({
  benchmark: z.string(),
  /** SHA-256 of the data set's bytes. */
  dataset: z.string(),
  scorer: z.string(),
  /** How the question is put. */
  prompt: z.string(),
  policy: z.record(z.string(), z.unknown()),
  budget: z.record(z.string(), z.number()),
  knowledge: z.string(),
  /** SHA-256 of the tools' definitions. */
  tools: z.string(),
  version: z.string(),
});
export type Configuration = z.infer<typeof Configuration>;

/** Question and gold stand here for open sets only. */
const PlannedTask = z.object({
  id: z.string(),
  group: z.string(),
  cluster: z.string().optional(),
  question: z.string().optional(),
  gold: z.string().optional(),
});
export type PlannedTask = z.infer<typeof PlannedTask>;

export const Manifest = z.object({
  v: z.literal(1),
  access: z.enum(["open", "obfuscated", "gated", "encrypted"]),
  title: z.string(),
  configuration: Configuration,
  repeats: z.number().int().positive(),
  tasks: z.array(PlannedTask),
  baseline: z.object({ what: z.string(), correct: z.number().int(), total: z.number().int() }),
  notes: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

/** The folder holds something that this run cannot go on from. */
export class BadRun extends Error {
  override readonly name = "BadRun";
}

const FILE = "run.json";

export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new BadRun(`${file} is no JSON`);
  }
  const read = Manifest.safeParse(value);
  if (!read.success)
    throw new BadRun(
      `${file} is no run of this version: ${read.error.issues[0]!.path.join(".")}: ${read.error.issues[0]!.message}`,
    );
  return read.data;
}

/**
 * Writes what is planned; more repeats than before are welcome, fewer take none away.
 * @throws BadRun where the folder's configuration is another one
 */
export function writeManifest(folder: string, planned: Manifest): Manifest {
  const known = readManifest(folder);
  if (known) refuseOther(folder, known.configuration, planned.configuration);
  const merged = { ...planned, repeats: Math.max(known?.repeats ?? 1, planned.repeats) };
  const file = join(folder, FILE);
  writeFileSync(`${file}.part`, `${JSON.stringify(merged, null, 2)}\n`);
  renameSync(`${file}.part`, file);
  return merged;
}

function refuseOther(folder: string, known: Configuration, now: Configuration): void {
  const differing = (Object.keys(now) as (keyof Configuration)[]).filter(
    (key) => canonical(known[key]) !== canonical(now[key]),
  );
  if (differing.length === 0) return;
  const shown = differing.map((key) => `${key}: ${short(known[key])} → ${short(now[key])}`);
  throw new BadRun(`${folder} holds a run of another configuration (${shown.join("; ")}); give another --out`);
}

function short(value: unknown): string {
  const text = canonical(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** JSON with sorted keys: equal things have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The key of a cell: the same question, asked the same way, of the same system, for the n-th time. */
export function cellKey(configuration: Configuration, task: string, repeat: number): string {
  // The scorer is no part of what is bought.
  const { scorer: _, ...bought } = configuration;
  return createHash("sha256")
    .update(canonical([bought, task, repeat]))
    .digest("hex")
    .slice(0, 32);
}

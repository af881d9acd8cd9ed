/** GAIA as its users download it: `metadata.jsonl` of the older layout, Parquet of the newer, a file or the split's folder. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Task } from "../../schemas/index.ts";
import { BadDataSet, COMMONEST_GOLD, type Benchmark, type LoadOptions } from "./benchmark.ts";
import { digestOf, jsonLines, readDataFile, type DataFile } from "./files.ts";

const EXPECTED =
  "GAIA's metadata.jsonl or metadata*.parquet (or the folder of a split) with task_id, Question, Level, Final answer, file_name";
const SIZES = { validation: 165, test: 301 };

const Row = z.object({
  task_id: z.string().min(1),
  Question: z.string(),
  Level: z
    .union([z.string(), z.number(), z.bigint()])
    .transform(String)
    .pipe(z.enum(["1", "2", "3"])),
  "Final answer": z
    .string()
    .nullish()
    .transform((gold) => gold ?? "?"),
  file_name: z
    .string()
    .nullish()
    .transform((name) => name ?? ""),
});

export const gaia: Benchmark = {
  name: "gaia",
  title: "GAIA (2023)",
  scorer: "gaia",
  access: "gated",
  file: "2023/validation/metadata.jsonl, or metadata*.parquet there",
  repeats: 1,
  blocked: ["huggingface.co/datasets/gaia-benchmark", "huggingface.co/spaces/gaia-benchmark"],
  async load(path, options) {
    const files = metadataFiles(path, options).map((file) => readDataFile(file, EXPECTED));
    const tasks: Task[] = [];
    let all = 0;
    for (const file of files) {
      for (const { at, value } of await rowsOf(file)) {
        const row = Row.safeParse(value);
        if (!row.success)
          throw new BadDataSet(
            file.name,
            EXPECTED,
            `${at}: ${row.error.issues[0]!.path.join(".")} missing or of another kind`,
          );
        const { task_id: id, Question: question, Level, "Final answer": gold, file_name } = row.data;
        all++;
        if (!options.textOnly || !file_name) tasks.push({ id, question, gold, aliases: [], group: `level ${Level}` });
      }
    }
    if (new Set(tasks.map(({ id }) => id)).size < tasks.length)
      throw new BadDataSet(path, EXPECTED, "a task_id that stands there twice");
    if (tasks.length === 0) throw new BadDataSet(path, EXPECTED, all ? "no task without an attached file" : "no rows");
    return { digest: digestOf(files.map(({ digest }) => digest).join()), tasks, notes: notes(all, tasks) };
  },
  constant: COMMONEST_GOLD,
};

function notes(all: number, tasks: readonly Task[]): string[] {
  return [
    ...(Object.values(SIZES).includes(all) ? [] : [`${all} tasks: no whole split (validation has 165, test 301)`]),
    ...(tasks.length < all
      ? [`${tasks.length} of ${all} tasks have no attached file; this is not the 103-task subset that others report`]
      : []),
    ...(tasks.some(({ gold }) => gold === "?") ? ["tasks without a published answer cannot be scored here"] : []),
  ];
}

function metadataFiles(path: string, { split = "validation" }: LoadOptions): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  for (const folder of [path, join(path, split), join(path, "2023", split)]) {
    if (!existsSync(folder)) continue;
    const names = readdirSync(folder).toSorted();
    const whole = names.find((name) => name === "metadata.parquet" || name === "metadata.jsonl");
    if (whole) return [join(folder, whole)];
    const parts = names.filter((name) => /^metadata.*\.parquet$/.test(name));
    if (parts.length > 0) return parts.map((name) => join(folder, name));
  }
  throw new BadDataSet(path, EXPECTED, "a folder without one");
}

async function rowsOf(file: DataFile): Promise<{ at: string; value: unknown }[]> {
  if (file.bytes.subarray(0, 4).toString("latin1") !== "PAR1") {
    return jsonLines(file, EXPECTED).map(({ line, value }) => ({ at: `line ${line}`, value }));
  }
  const { parquetReadObjects } = await import("hyparquet");
  try {
    const { buffer, byteOffset, byteLength } = file.bytes;
    const rows = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
    return rows.map((value, i) => ({ at: `row ${i + 1}`, value }));
  } catch (error) {
    throw new BadDataSet(file.name, EXPECTED, `Parquet that cannot be read (${(error as Error).name})`);
  }
}

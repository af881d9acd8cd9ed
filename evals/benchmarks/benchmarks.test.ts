import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { scoreMedBrowseComp } from "../scorers/index.ts";
import { constantBaseline } from "../report/baseline.ts";
import { gaiaRows, medbrowsecompCsv, questionRow, xbenchCsv } from "../testing/data-sets.ts";
import { csvRows, decodeUtf8, readDataFile } from "./files.ts";
import { findBenchmark } from "./index.ts";
import { decrypt } from "./xbench.ts";

const folder = mkdtempSync(join(tmpdir(), "benchmarks-"));
let count = 0;
function file(content: string | Uint8Array, name = `data-${count++}`): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
const load = async (name: string, path: string, options = {}) => findBenchmark(name)!.load(path, options);

describe("MedBrowseComp", () => {
  it("605 rows: every cell decoded, header too; NA and Not_Listed survive; prompts stay verbatim", async () => {
    const { tasks } = await load("medbrowsecomp-605", file(medbrowsecompCsv(605)));
    expect(tasks).toHaveLength(605);
    expect(Map.groupBy(tasks, (t) => t.group).size).toBe(5);
    expect(tasks.filter((t) => t.gold === "NA")).toHaveLength(82);
    expect(tasks.filter((t) => t.gold === "Not_Listed")).toHaveLength(70);
    expect(tasks[0]!.question).toContain("First\nline, “quoted”");
    expect(new Set(tasks.slice(0, 5).map((t) => t.cluster)).size).toBe(1);
    expect(JSON.stringify(tasks.map((t) => t.cluster))).not.toContain("DRUG");
  });

  it("the constant answers come out as 152 of 605", async () => {
    const benchmark = findBenchmark("medbrowsecomp-605")!;
    const { tasks } = await benchmark.load(file(medbrowsecompCsv(605)), {});
    expect(constantBaseline(benchmark, tasks)).toMatchObject({ correct: 152, total: 605 });
    expect(tasks.filter((t) => scoreMedBrowseComp("NA", t.gold, "official").correct)).toHaveLength(82);
  });

  it("the 50 have a misnamed third header, and literal quotes and \\n that stay", async () => {
    const { tasks } = await load("medbrowsecomp-50", file(medbrowsecompCsv(50)));
    expect(tasks).toHaveLength(50);
    expect(tasks[0]!.question).toMatch(/^".*\\n.*"$/);
    expect([...new Set(tasks.map((t) => t.group))]).toContain("Patent_Expire_Date_Text");
  });

  it("the other version is named as what it is", async () => {
    const path = file(medbrowsecompCsv(50), "final50_cell_combo_shift3_b64.csv");
    await expect(load("medbrowsecomp-605", path)).rejects.toThrow(/expected final121.*605 rows.*found 50 rows/);
    await expect(load("medbrowsecomp-605", file("prompt,gold,task_name\na,b,c\n"))).rejects.toThrow(/not encoded so/);
    await expect(load("medbrowsecomp-605", file("version https://git-lfs.github.com/spec/v1\n"))).rejects.toThrow(
      /Git LFS pointer/,
    );
    await expect(load("medbrowsecomp-605", join(folder, "none"))).rejects.toThrow(/no readable file \(ENOENT\)/);
  });
});

describe("GAIA", () => {
  const rows = gaiaRows();
  it("reads metadata.jsonl and Parquet alike", async () => {
    const jsonl = await load("gaia", file(rows.map((row) => JSON.stringify(row)).join("\n")));
    const column = (name: keyof (typeof rows)[number]) => ({
      name,
      data: rows.map((row) => row[name]),
      type: "STRING" as const,
    });
    const parquet = parquetWriteBuffer({
      columnData: (["task_id", "Question", "Level", "Final answer", "file_name"] as const).map(column),
    });
    mkdirSync(join(folder, "2023", "validation"), { recursive: true });
    writeFileSync(join(folder, "2023", "validation", "metadata.parquet"), new Uint8Array(parquet));
    const fromFolder = await load("gaia", folder);
    expect(fromFolder.tasks).toEqual(jsonl.tasks);
    expect(jsonl.tasks.map((t) => t.group)).toEqual(["level 1", "level 2", "level 3"]);
    expect(jsonl.notes.join()).toContain("no whole split");
  });
  it("can leave out tasks with an attached file", async () => {
    const { tasks, notes } = await load("gaia", file(rows.map((row) => JSON.stringify(row)).join("\n")), {
      textOnly: true,
    });
    expect(tasks.map((t) => t.id)).toEqual(["t-1", "t-3"]);
    expect(notes.join()).toContain("not the 103-task subset");
  });
  it("names what is missing, and quotes no task", async () => {
    const { Question: secret, ...rest } = rows[0]!;
    await expect(load("gaia", file(JSON.stringify(rest)))).rejects.toThrow(
      /expected GAIA's .*found line 1: Question missing/,
    );
    await expect(load("gaia", file(secret))).rejects.not.toThrow(secret);
    await expect(load("gaia", file(Buffer.from("PAR1 and nothing else")))).rejects.toThrow(
      /Parquet that cannot be read/,
    );
  });
});

describe("xBench-DeepSearch", () => {
  it("is decrypted row by row with its canary", async () => {
    const { tasks } = await load("xbench-deepsearch-2510", file(xbenchCsv("2510")));
    expect(tasks).toHaveLength(100);
    expect(tasks[0]).toMatchObject({ id: "101", question: "第101题：秘密的问题, “逗号”\n换行？", gold: "秘密答案101" });
  });
  it("the other version, a damaged row and another shape are named", async () => {
    await expect(load("xbench-deepsearch-2505", file(xbenchCsv("2510")))).rejects.toThrow(
      /ids 1 to 100; found 100 rows with the ids 101 to 200/,
    );
    await expect(
      load("xbench-deepsearch-2510", file(xbenchCsv("2510").replace(/canary-7/, "kanary-7x"))),
    ).rejects.toThrow(/row 107/);
    await expect(load("xbench-deepsearch-2510", file("id,prompt,type,answer,canary\n"))).rejects.toThrow(
      /found the columns id, prompt, type/,
    );
  });

  const REAL = new URL("../../../shared/data/xbench/DeepSearch-2505.csv", import.meta.url).pathname;
  it.skipIf(!existsSync(REAL))("the published file: every cell decrypts to valid UTF-8", async () => {
    const [, ...rows] = csvRows(readDataFile(REAL, "the published file"), "CSV");
    let cells = 0;
    for (const [, prompt, answer, steps, canary] of rows) {
      for (const cell of [prompt!, answer!, steps!]) {
        decrypt(cell, canary!, () => new Error("a cell that does not decrypt"));
        cells++;
      }
    }
    expect(cells).toBe(300);
    expect((await load("xbench-deepsearch-2505", REAL)).tasks.filter((t) => t.question && t.gold)).toHaveLength(100);
  });
});

describe("gym", () => {
  it("reads the rows of `synth questions`", async () => {
    const { tasks } = await load("gym", file(`${JSON.stringify(questionRow(1))}\n${JSON.stringify(questionRow(2))}\n`));
    expect(tasks.map(({ id, gold, group }) => [id, gold, group])).toEqual([
      ["q-1", "Answerol 1", "cardiology"],
      ["q-2", "Answerol 2", "cardiology"],
    ]);
  });
  it("says which line is none, and which id stands there twice", async () => {
    const line = JSON.stringify(questionRow(1));
    await expect(load("gym", file(`${line}\n{"id":"x"}`))).rejects.toThrow(/line 2, question/);
    await expect(load("gym", file(`${line}\n${line}`))).rejects.toThrow(/line 2: the id q-1 a second time/);
    await expect(load("gym", file(`${line}\n{"id`))).rejects.toThrow(/line 2 that is no JSON/);
    await expect(load("gym", file(""))).rejects.toThrow(/an empty file/);
  });
});

it("bytes that are no UTF-8 are refused", () => {
  expect(() => decodeUtf8(new Uint8Array([0xc3, 0x28]))).toThrow(/not valid/);
  expect(readFileSync(file("a")).length).toBe(1);
});

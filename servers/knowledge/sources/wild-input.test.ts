/** Whatever the files hold, a parser gives sound records, tells what it skipped, or says in one sentence why it cannot read them. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { KnowledgeRecord } from "../../../schemas/index.ts";
import { diseaseName } from "./hpo/names.ts";
import { readHpo } from "./hpo.ts";
import { readJsonl } from "./jsonl.ts";
import type { Problem } from "./source.ts";
import { readLines, type TextLine } from "./text.ts";

const RELEASE = join(import.meta.dirname, "testing/hpo-2025");
const folder = mkdtempSync(join(tmpdir(), "wild-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The records, all of which must be sound, and the problems; or the message of the error. */
async function outcome(read: typeof readHpo, path: string): Promise<{ records: number; problems: Problem[] } | string> {
  const problems: Problem[] = [];
  let records = 0;
  try {
    for await (const record of read(path, { problem: (p) => problems.push(p), about: () => {} })) {
      KnowledgeRecord.parse(record);
      records++;
    }
  } catch (error) {
    return (error as Error).message;
  }
  return { records, problems };
}

async function linesOf(path: string): Promise<TextLine[]> {
  const lines: TextLine[] = [];
  for await (const line of readLines(path)) lines.push(line);
  return lines;
}

describe("lines of a file", () => {
  it("come out as they went in, however they are packed and cut into chunks", async () => {
    const file = join(folder, "lines.txt");
    const line = fc.string({ unit: "grapheme", maxLength: 40 }).map((s) => s.replaceAll(/[\r\n\u{feff}]/gu, ""));
    const property = fc.asyncProperty(
      fc.array(line, { maxLength: 20 }),
      fc.integer({ min: 1, max: 4000 }),
      async (lines, times) => {
        const all = Array.from({ length: times }, () => lines).flat();
        const text = all.map((l) => `${l}\n`).join("");
        writeFileSync(file, text);
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 1 }));
        for (const path of [file, `${file}.gz`]) {
          const read = await linesOf(path);
          expect(read.map((l) => l.text)).toEqual(all);
          expect(read.at(-1)?.number ?? 0).toBe(all.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });
});

describe("annotations", () => {
  it("with any cells in any row are read or skipped, each problem with its line", async () => {
    for (const name of ["hp.obo", "genes_to_phenotype.txt"]) copyFileSync(join(RELEASE, name), join(folder, name));
    const good = readFileSync(join(RELEASE, "phenotype.hpoa"), "utf8");
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("OMIM:1", "HP:0001083", "NOT", "3/0", "HP:0040282", "P", "C", "I", "", "PMID:1;;", "%", "120%"),
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 14 }).map((cells) => cells.join("\t"));
    const property = fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      writeFileSync(join(folder, "phenotype.hpoa"), good + rows.join("\n"));
      const result = await outcome(readHpo, folder);
      if (typeof result === "string") throw new Error(result);
      expect(result.records).toBeGreaterThan(40);
      for (const { line, reason } of result.problems)
        expect([line, reason]).toEqual([expect.any(Number), expect.any(String)]);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("that are random bytes are refused in one sentence", async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.boolean(),
      async (bytes, gz) => {
        const file = join(folder, `junk.jsonl${gz ? ".gz" : ""}`);
        writeFileSync(file, bytes);
        expect(await outcome(readJsonl, file)).toMatch(/^.*junk\.jsonl.*: .{10,}/s);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

describe("names of diseases", () => {
  it.each([
    [
      "OMIM:154700",
      "#154700 MARFAN SYNDROME; MFS;;MARFAN SYNDROME, TYPE I",
      "Marfan syndrome",
      ["MFS", "Marfan syndrome, type I"],
    ],
    ["OMIM:268900", "SARCOSINEMIA", "Sarcosinemia", []],
    ["OMIM:214350", "CHANDS", "CHANDS", []],
    ["OMIM:193300", "von Hippel-Lindau syndrome", "von Hippel-Lindau syndrome", []],
    ["OMIM:613152", "MUSCULAR DYSTROPHY, TYPE B, 4; MDDGB4", "Muscular dystrophy, type B, 4", ["MDDGB4"]],
    ["ORPHA:567", "22q11.2 deletion; syndrome", "22q11.2 deletion; syndrome", []],
  ])("%s %s", (id, printed, name, synonyms) => {
    expect(diseaseName(id, [printed])).toEqual({ name, synonyms });
  });

  it("are never empty", () => {
    fc.assert(
      fc.property(fc.constantFrom("OMIM:1", "ORPHA:1"), fc.array(fc.string()), (id, names) => {
        expect(diseaseName(id, names).name).not.toBe("");
      }),
    );
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fiveDiseases } from "../testing/five-diseases.ts";
import { hasShared, readHpoFiles } from "../testing/hpo-files.ts";
import { readColumns, writeColumns } from "./binary.ts";
import { compileModel } from "./compile.ts";
import { betaOf, parseFrequency } from "./frequency.ts";
import { ClinicalModel, columnsOf, partsOf } from "./model.ts";

const folder = mkdtempSync(join(tmpdir(), "clinical-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("frequencies", () => {
  it.each([
    ["12/30", { n: 12, m: 30, share: undefined }],
    ["12 of 30", { n: 12, m: 30, share: undefined }],
    ["HP:0040281", { n: 0, m: 0, share: 0.9 }],
    ["45%", { n: 0, m: 0, share: 0.45 }],
    ["30%-50%", { n: 0, m: 0, share: 0.4 }],
    ["Occasional", { n: 0, m: 0, share: 0.17 }],
    ["", { n: 0, m: 0, share: undefined }],
    ["31/30", undefined],
    ["often, I think", undefined],
  ])("%j is read as %j", (text, expected) => expect(parseFrequency(text)).toEqual(expected));

  it("adds counts and averages shares, in any order", () => {
    expect(betaOf({ n: 12, m: 30, shares: [0.9] })).toEqual({ alpha: 14.1, beta: 21.9 });
    expect(betaOf({ n: 0, m: 0, shares: [0.3, 0.5, 0.1] })).toEqual(betaOf({ n: 0, m: 0, shares: [0.1, 0.5, 0.3] }));
  });
});

describe("a compiled model", () => {
  const { model, skipped } = compileModel({
    ...fiveDiseases(),
    annotations: [
      ...fiveDiseases().annotations,
      { disease: "D:A", term: "HP:9999999" },
      { disease: "D:A", term: "HP:9000008", frequency: "50/3" },
    ],
  });

  it("maps obsolete identifiers and counts what it could not use", () => {
    expect(model.label(model.term("HP:0000099")!)).toBe("Myopia");
    expect(model.term("HP:1234567")).toBeUndefined();
    expect(skipped).toEqual({ "unknown term": 1, "unreadable frequency": 1 });
  });

  it("is the same after it was written and read", () => {
    const path = join(folder, "clinical.bin");
    writeColumns(path, "revision 1", columnsOf(model));
    const read = new ClinicalModel(partsOf(readColumns(path, "revision 1")!));
    expect(columnsOf(read)).toEqual(columnsOf(model));
    expect(read.diseaseName(read.disease("D:C")!)).toBe("Disease C");
  });

  it("refuses a file of another revision, a cut file and a damaged one", () => {
    const path = join(folder, "damaged.bin");
    writeColumns(path, "1", columnsOf(model));
    expect(readColumns(path, "2")).toBeUndefined();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 9));
    expect(readColumns(path, "1")).toBeUndefined();
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(path, bytes);
    expect(readColumns(path, "1")).toBeUndefined();
    writeFileSync(path, "MRCL");
    expect(readColumns(path, "1")).toBeUndefined();
    expect(readColumns(join(folder, "absent.bin"), "1")).toBeUndefined();
  });
});

describe.skipIf(!hasShared)("the real ontology (skipped where ../shared/data is absent)", () => {
  let model: ClinicalModel;
  beforeAll(() => {
    ({ model } = compileModel(readHpoFiles()));
  });

  it("knows its size, its obsolete identifiers and the counts of a disease", () => {
    // 12,604 entries, 1,443 of them in two registries.
    const marfan = model.disease("OMIM:154700")!;
    expect(model.size).toBe(11_161);
    expect(model.disease("ORPHA:558")).toBe(marfan);
    expect(model.aliases(marfan)).toEqual(["Marfan syndrome (ORPHA:558)"]);
    expect(model.label(model.term("HP:0001275")!)).toBe("Seizure");
    const entry = model.entryFor(marfan, model.term("HP:0001083")!);
    expect(model.profiles.alpha[entry]).toBeCloseTo(119 + 2.1, 9);
    expect(model.profiles.beta[entry]).toBeCloseTo(251 - 119 + 3.9, 9);
  });

  it("loads from its file in a fraction of a second", () => {
    const path = join(folder, "hpo.bin");
    writeColumns(path, "1", columnsOf(model));
    const begun = process.threadCpuUsage();
    const read = new ClinicalModel(partsOf(readColumns(path, "1")!));
    const { user, system } = process.threadCpuUsage(begun);
    expect(read.size).toBe(model.size);
    // Of this thread's own time: what else the machine does makes no difference. It takes 35 ms; compiling takes seconds.
    expect((user + system) / 1000).toBeLessThan(500);
  });
});

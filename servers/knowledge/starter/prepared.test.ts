/** What `npm run prepare` leaves of the starter: the same records, and never those of other sources. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { dataFolder } from "./data-folder.ts";
import { prepareStarter, starterRecords } from "./prepared.ts";
import { readStarter } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "prepared-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** A package with a few of the sources. */
const sources = join(folder, "servers/knowledge/starter/data");
cpSync(join(dataFolder(), "companies.yaml"), join(sources, "companies.yaml"));
const records = readStarter(sources);
const read = (path: string) => readFileSync(path, "utf8");

it("lies beside the compiled code of the package, and is read as the sources are", () => {
  const file = prepareStarter(sources);
  expect(file).toBe(join(folder, "dist/starter.json"));
  expect(records.length).toBeGreaterThan(0);
  expect(starterRecords(sources)).toEqual(records);
  // What is there is what is read.
  writeFileSync(file, JSON.stringify({ ...JSON.parse(read(file)), records: records.slice(1) }));
  expect(starterRecords(sources)).toEqual(records.slice(1));
});

it("is left aside when it is torn, when it is not there, and when the sources have changed", () => {
  const file = prepareStarter(sources);
  writeFileSync(file, read(file).slice(0, -1));
  expect(starterRecords(sources)).toEqual(records);
  rmSync(file);
  expect(starterRecords(sources)).toEqual(records);
  prepareStarter(sources);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(read(file)), records: [] }));
  appendFileSync(join(sources, "companies.yaml"), "# a remark\n");
  expect(starterRecords(sources)).toEqual(records);
});

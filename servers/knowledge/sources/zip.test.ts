/** Archives as openFDA and DailyMed give them, whole, damaged, and made to swell. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { labels } from "./labels.ts";
import type { Source } from "./source.ts";
import { spl } from "./spl.ts";
import { zipOf } from "./testing/zip-file.ts";

const REAL = "../shared/data/fda/cough.spl.xml";
const folder = mkdtempSync(join(tmpdir(), "zip-"));
afterAll(() => rmSync(folder, { recursive: true }));

const label = (id: string) =>
  `<document xmlns="urn:hl7-org:v3"><setId root="${id}"/><versionNumber value="3"/><effectiveTime value="20200102"/><title>Label ${id}</title><component><structuredBody><component><section><title>Use</title><text><paragraph>For x.</paragraph></text></section></component></structuredBody></component></document>`;
const result = (id: string) => ({
  set_id: id,
  effective_time: "20200102",
  version: "3",
  indications_and_usage: ["For x."],
});

async function imported(source: Source, content: Uint8Array, name = "bulk.zip", problems: string[] = []) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const found: string[] = [];
  for await (const some of source.read(path, {
    problem: (p) => problems.push(p.reason.replaceAll(folder, "")),
    about: () => {},
  })) {
    for (const record of [some].flat()) {
      if ("document" in record && typeof record.document === "object")
        found.push(`${record.document.id} ${(record as { revised?: string }).revised}`);
    }
  }
  return { found, problems };
}

describe("openFDA's bulk file", () => {
  it("holds one JSON with all labels of its part", async () => {
    const json = JSON.stringify({ meta: { license: "x" }, results: [result("a"), result("b")] });
    expect(await imported(labels, zipOf({ "drug-label-0001-of-0013.json": json }))).toEqual({
      found: ["SPL:a 2020-01-02 000003", "SPL:b 2020-01-02 000003"],
      problems: [],
    });
  });

  it("with a broken member gives what is whole, and names the member and the place", async () => {
    const good = JSON.stringify({ results: [result("a")] });
    const torn = JSON.stringify({ results: [result("b"), result("c")] }).slice(0, -40);
    const { found, problems } = await imported(
      labels,
      zipOf({ "1.json": good, "2.json": torn, "3.json": "<html>", "4.json": good }),
    );
    expect(found.map((one) => one.slice(0, 5))).toEqual(["SPL:a", "SPL:b", "SPL:a"]);
    expect(problems).toEqual([
      expect.stringMatching(/^byte \d+: the file ends in the middle/),
      expect.stringMatching(/^\/bulk\.zip#3\.json: is no JSON/),
    ]);
  });
});

describe("DailyMed's release", () => {
  it("is an archive of archives with a label in each, and pictures", async () => {
    const inner = (id: string) => zipOf({ [`${id}.xml`]: label(id), "picture.jpg": "…" });
    const release = zipOf({
      "prescription/a.zip": inner("a"),
      "prescription/b.zip": inner("b"),
      "prescription/c.zip": "no archive",
      "d.xml": label("d"),
    });
    expect(await imported(spl, release)).toEqual({
      found: ["a", "b", "d"].map((id) => `SPL:${id} 2020-01-02 000003`),
      problems: ["/bulk.zip#prescription/c.zip: the ZIP archive is cut off or damaged; download it again"],
    });
  });

  it.skipIf(!existsSync(REAL))(
    "with a real label gives the document of the file itself (skipped without ../shared/data)",
    async () => {
      const { found } = await imported(spl, zipOf({ "otc/1.zip": zipOf({ "1.xml": readFileSync(REAL) }) }));
      expect(found).toEqual((await imported(spl, readFileSync(REAL), "1.xml")).found);
    },
  );
});

describe("an archive that cannot be trusted", () => {
  it("because it is cut off or damaged, is refused by name", async () => {
    const whole = zipOf({ "1.json": JSON.stringify({ results: [result("a")] }) });
    await expect(imported(labels, whole.subarray(0, -30))).rejects.toThrow(
      /bulk\.zip: the ZIP archive is cut off or damaged/,
    );
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 90);
    await expect(imported(labels, damaged)).rejects.toThrow(/bulk\.zip#1\.json: damaged/);
    await expect(imported(labels, zipOf({ "readme.txt": "x" }))).rejects.toThrow("bulk.zip: holds no openFDA labels");
  });

  it("because it swells beyond all measure, is refused before it fills memory or disk", async () => {
    const told: string[] = [];
    const bomb = zipOf({ "1.json": `{"results":[${" ".repeat(64 << 20)}]}` });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(imported(labels, bomb, "bomb.zip", told)).rejects.toThrow("bomb.zip: holds no openFDA labels");
    expect(told).toEqual([expect.stringContaining("#1.json: unpacks to more than 250 times its size")]);
    const nested = zipOf({ "1.zip": zipOf({ "1.xml": `<document>${" ".repeat(80 << 20)}</document>` }) });
    await expect(imported(spl, nested)).rejects.toThrow(/unpacks to more than 250 times|more than 64 MB/);
  });
});

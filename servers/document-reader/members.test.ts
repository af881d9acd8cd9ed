import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSite, type Site } from "../kit/testing/site.ts";
import { DocumentReader } from "./reader.ts";
import { makeDocx, paragraph } from "./testing/office.ts";
import { zipOf } from "./testing/zip.ts";

const { signal } = new AbortController();
const ARCHIVE = zipOf({
  "2024/report.docx": makeDocx(paragraph("Sacubitril inhibits neprilysin.")),
  "notes.txt": "Nothing to add.",
});

describe("files inside archives", () => {
  let home: string;
  let site: Site;
  let reader: DocumentReader;

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "members-")));
    mkdirSync(join(home, "open"));
    writeFileSync(join(home, "open", "all.zip"), ARCHIVE);
    site = await openSite({ "/download": { headers: { "content-type": "application/octet-stream" }, body: ARCHIVE } });
    vi.stubEnv("MEDRESEARCHER_HOME", home);
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", join(home, "open"));
    vi.stubEnv("MEDRESEARCHER_ALLOW_HOSTS", site.host);
    reader = new DocumentReader({ knowledge: "none" });
  });
  afterAll(async () => {
    reader.close();
    await site.close();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });

  const archives = () => [`${home}/open/all.zip`, `${site.url}/download?id=3`];

  it("are listed, and read by the address that the listing explains", async () => {
    for (const archive of archives()) {
      const listing = await reader.read({ source: archive }, signal);
      expect(listing.passages!.map(({ text }) => text).join("\n")).toMatch(
        /2024\/report\.docx \| \d+ bytes\nnotes\.txt/,
      );
      const member = await reader.read({ source: `${archive}!/2024/report.docx` }, signal);
      expect(member.document).toMatch(/^(?:FILE|URL):.*!\/2024\/report\.docx$/);
      expect(member.documents![0]!.title).toMatch(/report\.docx$/);
      expect(member.passages!.map(({ text }) => text).join("\n")).toContain("Sacubitril inhibits neprilysin.");
    }
  });

  it("are documents of their own: found in by their id, beside the archive and each other", async () => {
    for (const archive of archives()) {
      const first = await reader.read({ source: `${archive}!/2024/report.docx` }, signal);
      const second = await reader.read({ source: `${archive}!/notes.txt` }, signal);
      expect(second.document).not.toBe(first.document);
      const found = await reader.find({ document: first.document, query: "neprilysin" }, signal);
      expect(found.document).toBe(first.document);
      expect(found.passages).toHaveLength(1);
    }
  });

  it("that are not there are named with those that are", async () => {
    for (const archive of archives()) {
      await expect(reader.read({ source: `${archive}!/gone.txt` }, signal)).rejects.toMatchObject({
        reason: "not_found",
        recovery: expect.stringMatching(/2024\/report\.docx, notes\.txt/),
      });
    }
  });

  it("may be rows of a long table: the first reading says how, and what is cited of them can be read again", async () => {
    const path = `${home}/open/long.csv`;
    writeFileSync(
      path,
      `patient,dose\n${Array.from({ length: 30_000 }, (_, i) => `P${i + 2},${i + 2} mg`).join("\n")}\n`,
    );
    const first = await reader.read({ source: path }, signal);
    const [, part] = /put !\/(rows [\d-]+) after/.exec(first.outcomes![0]!.message!)!;
    const { document, passages, documents } = await reader.read({ source: `${path}!/${part}`, goal: "P25000" }, signal);
    expect(document).toBe(`FILE:${path}!/rows 20001-30001`);
    expect(documents![0]!.title).toBe("long.csv, rows 20001-30001");
    expect(passages![0]!.text).toContain("P25000 | 25000 mg");
    const again = await reader.read({ source: passages![0]!.id }, signal);
    expect(again.passages!.map(({ text }) => text).join("\n")).toContain(passages![0]!.text.slice(0, 40));
    const found = await reader.find({ document, query: "P29999" }, signal);
    expect(found.total).toBe(1);
  });
});

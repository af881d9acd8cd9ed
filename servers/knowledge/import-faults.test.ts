/** What goes wrong while documents are imported: the process is killed, the disk is full, the store is damaged, another import runs. */
import { execFileSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DocumentStore } from "./documents.ts";
import { knowledgePath, readManifest } from "./folder.ts";
import { importSource } from "./import.ts";
import { pubmed } from "./sources/pubmed.ts";
import { endAll, ended, saying, startImport } from "./testing/started-import.ts";
import type { ImportProcessOptions } from "./testing/import-process.ts";

const CITATIONS = 12_000;
const root = mkdtempSync(join(tmpdir(), "faults-"));
const file = join(root, "pubmed1.xml");
const children: ChildProcessWithoutNullStreams[] = [];

beforeAll(() => writeFileSync(file, citations(CITATIONS)));
afterEach(() => endAll(children));
afterAll(() => rmSync(root, { recursive: true }));

function citation(n: number): string {
  return `<PubmedArticle><MedlineCitation><PMID>${n}</PMID><DateRevised><Year>2020</Year><Month>1</Month><Day>2</Day></DateRevised><Article><ArticleTitle>Title ${n}</ArticleTitle><Abstract><AbstractText>${`Word ${n} `.repeat(150)}</AbstractText></Abstract></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/${n}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>`;
}

function citations(count: number): string {
  return `<PubmedArticleSet>${Array.from({ length: count }, (_, i) => citation(i + 1)).join("\n")}</PubmedArticleSet>`;
}

function start(home: string, options: ImportProcessOptions & { largestFile?: number } = {}) {
  const child = startImport({ from: file, kind: "pubmed", home, ...options });
  children.push(child);
  return child;
}

/** All documents with the identifiers that lead to them, in their order. */
function digestOf(home: string): string {
  const store = new DocumentStore(join(knowledgePath("home", home), "documents.db"), { readOnly: true });
  const hash = createHash("sha256");
  for (const document of store.all())
    hash.update(JSON.stringify([document, store.byIdentifier("doi", document.identifiers!["doi"]!)]));
  store.close();
  return hash.digest("hex");
}

const newHome = () => mkdtempSync(join(root, "home-"));

describe("an import of documents", () => {
  it("killed with -9 wherever it may be goes on, and ends as one that was not", async () => {
    const [home, straight] = [newHome(), newHome()];
    const whole = await importSource({ source: pubmed, from: file, home: straight, seed: () => [] });
    expect(whole.manifest!.counts.documents).toBe(CITATIONS);
    // Before the first batch is written, and after it: there they stand still.
    for (const phase of ["reading", "writing"] as const) {
      const child = start(home, { haltAt: { phase, records: 0 } });
      const end = ended(child);
      await saying(child, phase);
      child.kill("SIGKILL");
      expect(await end).toMatchObject({ signal: "SIGKILL" });
      expect(readManifest(knowledgePath("home", home))).toBeUndefined();
    }
    // Somewhere in what follows, or never: whether the one or the other is quicker makes no difference.
    for (const phase of ["reading", "writing"]) {
      const child = start(home);
      const end = ended(child);
      await saying(child, phase);
      child.kill("SIGKILL");
      expect([0, null]).toContain((await end).code);
    }
    expect(await ended(start(home))).toMatchObject({ code: 0, out: expect.stringContaining(`done ${CITATIONS}`) });
    expect(digestOf(home)).toBe(digestOf(straight));
    expect(existsSync(join(knowledgePath("home", home), "import.json"))).toBe(false);
  });

  it("while another runs waits for it; both end well", async () => {
    const home = newHome();
    const first = start(home, { haltAt: { phase: "reading", records: 0 } });
    const ends = [ended(first)];
    await saying(first, "reading");
    const second = start(home);
    ends.push(ended(second));
    await saying(second, "waiting");
    first.stdin.end();
    expect((await Promise.all(ends)).map(({ code }) => code)).toEqual([0, 0]);
    expect(readManifest(knowledgePath("home", home))!.counts.documents).toBe(CITATIONS);
  });

  it("into a damaged store is an error that names it", async () => {
    const home = newHome();
    mkdirSync(knowledgePath("home", home), { recursive: true });
    const path = join(knowledgePath("home", home), "documents.db");
    writeFileSync(path, "this is no database, and long enough to be seen as none".repeat(100));
    await expect(importSource({ source: pubmed, from: file, home, seed: () => [] })).rejects.toThrow(
      `${path} is damaged; move it away, then import again`,
    );
    expect(readFileSync(path, "utf8")).toContain("this is no database");
  });

  it("into a store whose pages are damaged, too", async () => {
    const home = newHome();
    const small = join(root, "small.xml");
    writeFileSync(small, citations(500));
    await importSource({ source: pubmed, from: small, home, seed: () => [] });
    const path = join(knowledgePath("home", home), "documents.db");
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 16_384, bytes.length - 16_384);
    writeFileSync(path, bytes);
    await expect(importSource({ source: pubmed, from: small, home, seed: () => [] })).rejects.toThrow(
      /documents\.db is damaged|home is damaged/,
    );
  });
});

/** A file system of its own, of 12 MB; undefined where that is not allowed. */
function smallDisk(): string | undefined {
  const folder = newHome();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    return undefined;
  }
}

const disk = smallDisk();
afterAll(() => {
  if (disk) execFileSync("umount", ["-l", disk]);
});

describe("a full disk", () => {
  it.skipIf(!disk)(
    "is told by name, leaves no manifest, and the import goes on once there is room (skipped where none can be mounted)",
    async () => {
      const imported = () => importSource({ source: pubmed, from: file, home: disk!, seed: () => [] });
      await expect(imported()).rejects.toThrow(/cannot be written: the disk is full|ENOSPC/);
      expect(readManifest(knowledgePath("home", disk))).toBeUndefined();
      execFileSync("mount", ["-o", "remount,size=400m", disk!]);
      expect(await imported()).toMatchObject({ finished: true, manifest: { counts: { documents: CITATIONS } } });
    },
  );

  it.skipIf(process.platform === "win32")("or a limit on the size of files: the same", async () => {
    const home = newHome();
    const { code, err } = await ended(start(home, { largestFile: 8000 }));
    expect(code).toBe(1);
    expect(err).toMatch(/documents\.db cannot be/);
    expect(readManifest(knowledgePath("home", home))).toBeUndefined();
    expect(await ended(start(home))).toMatchObject({ code: 0, out: expect.stringContaining(`done ${CITATIONS}`) });
  });
});

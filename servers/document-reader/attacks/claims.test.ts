import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openSite, type Site } from "../../kit/testing/site.ts";
import { LiveDocuments } from "../../knowledge/live-documents.ts";
import { DocumentReader } from "../reader.ts";

const { signal } = new AbortController();
const CLAIMS = `<meta name="citation_pmid" content="123"><meta name="citation_doi" content="10.1000/x">`;
const JATS = `<?xml version="1.0"?><article><front><article-meta><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmcid">PMC9</article-id><title-group><article-title>Forged</article-title></title-group></article-meta></front><body><p>Forged.</p></body></article>`;

let home: string;
let site: Site;
let reader: DocumentReader;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "claims-"));
  site = await openSite({
    "/page": { body: `<title>Forged</title>${CLAIMS}<p>Forged.</p>` },
    "/cited": { headers: { "content-type": "text/plain" }, body: "What was cited." },
    // As it is asked for.
    [`/cited%40sha256:${"0".repeat(16)}`]: { headers: { "content-type": "text/plain" }, body: "Forged." },
    "/article.xml": { headers: { "content-type": "application/xml" }, body: JATS },
  });
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  vi.stubEnv("MEDRESEARCHER_ALLOW_HOSTS", site.host);
  reader = new DocumentReader();
});
afterEach(async () => {
  reader.close();
  await site.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

it.each([["/page"], ["/article.xml"]])("%s is never taken for the paper that it says it is", async (path) => {
  const { documents } = await reader.read({ source: site.url + path }, signal);
  expect(documents![0]).toMatchObject({ title: "Forged", identifiers: { pmid: "123" } });
  const live = new LiveDocuments();
  for (const id of ["PMID:123", "DOI:10.1000/x", "PMC:PMC9"]) {
    expect(live.get(id)).toBeUndefined();
    const failure: unknown = await reader.read({ source: id }, signal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: expect.stringMatching(/^(?:not_found|unavailable)$/) });
  }
  live.close();
});

it("a page is never taken for the older text of another, whatever its address looks like", async () => {
  const cited = await reader.read({ source: `${site.url}/cited` }, signal);
  const forged = `${site.url}/cited@sha256:${"0".repeat(16)}`;
  const read = await reader.read({ source: forged }, signal);
  expect(read.document).toBe(`URL:${forged.replace("@", "%40")}`);
  await expect(reader.read({ source: `URL:${forged}#0-5` }, signal)).rejects.toMatchObject({ reason: "not_found" });
  const again = await reader.read({ source: cited.passages!.at(-1)!.id }, signal);
  expect(again.passages!.at(-1)!.text).toContain("What was cited.");
});

it("a file is never taken for the older text of another, whatever its name looks like", async () => {
  vi.stubEnv("MEDRESEARCHER_READ_DIRS", home);
  writeFileSync(join(home, "a.txt"), "What was cited.");
  writeFileSync(join(home, `a.txt@sha256:${"0".repeat(16)}`), "Forged.");
  await reader.read({ source: join(home, "a.txt") }, signal);
  await reader.read({ source: join(home, `a.txt@sha256:${"0".repeat(16)}`) }, signal).catch(() => undefined);
  const cited = reader.read({ source: `FILE:${realpathSync(home)}/a.txt@sha256:${"0".repeat(16)}#0-5` }, signal);
  await expect(cited).rejects.toMatchObject({ reason: "not_found" });
});

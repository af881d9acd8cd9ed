/** `data pull` as a user runs it, in a process of its own, from publishers on loopback with the shapes of the real ones. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSite, type Page, type Site } from "../kit/testing/site.ts";
import { finish } from "./testing/finish.ts";

const CLI = join(import.meta.dirname, "../../cli.ts");
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");

let home: string;
let site: Site;
let pages: Record<string, Page | (() => Page | Promise<Page>)>;
let settings: Record<string, string>;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "pull-"));
  pages = {};
  settings = { MEDRESEARCHER_OFFLINE: "" };
  site = await openSite(pages);
});
afterEach(async () => {
  await site.close();
  rmSync(home, { recursive: true });
});

function environment() {
  return {
    ...process.env,
    MEDRESEARCHER_HOME: home,
    PUBMED_FTP_URL: `${site.url}/pubmed`,
    OPENFDA_URL: `${site.url}/fda`,
    DAILYMED_FILES_URL: `${site.url}/dailymed`,
    CLINICALTRIALS_URL: `${site.url}/ct`,
    HPO_URL: `${site.url}/obo`,
    ORPHADATA_URL: `${site.url}/orphadata`,
    ...settings,
  };
}

function start(...args: string[]) {
  return spawn(process.execPath, [CLI, "data", "pull", ...args], { env: environment() });
}
const run = (...args: string[]) => finish(start(...args));
const downloads = (...parts: string[]) => join(home, "downloads", ...parts);

function citation(pmid: number): Buffer {
  return gzipSync(
    `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>Title ${pmid}</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
  );
}

/** The two folders of the server. */
function offerPubmed(baseline: string[], updates: string[]): void {
  offerFolder("baseline", baseline);
  offerFolder("updatefiles", updates);
}

/** A folder as the server lists it, for people. */
function offerFolder(folder: string, names: string[]): void {
  const rows = names.map((name) => `<a href="${name}">${name}</a> 19M\n<a href="${name}.md5">${name}.md5</a> 60\n`);
  pages[`/pubmed/${folder}/`] = { body: `<pre><a href="README.txt">README.txt</a>\n${rows.join("")}</pre>` };
  for (const [i, name] of names.entries()) {
    const body = citation(1000 + i);
    pages[`/pubmed/${folder}/${name}`] = { body };
    pages[`/pubmed/${folder}/${name}.md5`] = { body: `MD5(${name})= ${md5(body)}\n` };
  }
}

describe("data pull", () => {
  it("fetches PubMed's files with their checksums, says how to import them, and only new ones the next time", async () => {
    offerPubmed(["pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz"], ["pubmed26n0003.xml.gz"]);
    const { code, out } = await run("pubmed");
    expect(code).toBe(0);
    expect(out).toMatch(/^pubmed: 3 fetched .*, 0 unchanged/);
    expect(out).toContain(`next: medresearcher data import pubmed --from "${downloads("pubmed")}"`);
    expect(readFileSync(downloads("pubmed", "pubmed26n0002.xml.gz"))).toEqual(citation(1001));
    offerPubmed(["pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz"], ["pubmed26n0003.xml.gz", "pubmed26n0004.xml.gz"]);
    site.requests.length = 0;
    const again = JSON.parse((await run("pubmed", "--json")).out);
    expect(again).toMatchObject({ kind: "pubmed", fetched: 1, unchanged: 3 });
    expect(site.requests.filter((path) => path.endsWith(".gz"))).toEqual(["/pubmed/updatefiles/pubmed26n0004.xml.gz"]);
  });

  it("takes the newest files, or those whose address fits", async () => {
    offerPubmed(["pubmed26n0001.xml.gz"], ["pubmed26n0002.xml.gz", "pubmed26n0003.xml.gz"]);
    const newest = JSON.parse((await run("pubmed", "--newest", "1", "--json")).out);
    expect(newest.files).toEqual(["pubmed26n0003.xml.gz"]);
    expect((await run("pubmed", "--only", "baseline", "--list")).out).toBe(
      `${site.url}/pubmed/baseline/pubmed26n0001.xml.gz\n`,
    );
  });

  it("refuses a file with the wrong checksum, and keeps those before it", async () => {
    offerPubmed(["pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz"], ["pubmed26n0003.xml.gz"]);
    pages["/pubmed/baseline/pubmed26n0002.xml.gz"] = { body: "something else" };
    const { code, out, err } = await run("pubmed");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/pubmed26n0002\.xml\.gz came twice with the wrong checksum/);
    expect(readdirSync(downloads("pubmed")).filter((name) => name.startsWith("pubmed26"))).toEqual([
      "pubmed26n0001.xml.gz",
    ]);
  });

  it("killed in the middle of a file, goes on inside it", async () => {
    const body = Buffer.alloc(4_000_000, "x");
    const half = 2_000_000;
    const ranges: string[] = [];
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (request.url === "/fda/download.json") {
        const partition = { file: `http://${request.headers.host}/drug-label-0001-of-0001.json.zip`, size_mb: "4.0" };
        const label = { partitions: [partition] };
        const drugsfda = { partitions: [{ file: `http://${request.headers.host}/small.json.zip` }] };
        response.end(JSON.stringify({ results: { drug: { label, drugsfda } } }));
        return;
      }
      if (request.url === "/small.json.zip") {
        response.end("small");
        return;
      }
      ranges.push(request.headers.range ?? "whole");
      const headers = { etag: '"v1"', "content-length": body.length - from };
      if (from > 0) {
        response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${body.length - 1}/${body.length}` });
        response.end(body.subarray(from));
        return;
      }
      // The second half never comes.
      response.writeHead(200, headers).write(body.subarray(0, half));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address() as { port: number };
    settings["OPENFDA_URL"] = `http://127.0.0.1:${address.port}/fda`;
    const killed = start("labels", "--json");
    const ended = finish(killed);
    const part = downloads("labels", "drug-label-0001-of-0001.json.zip.part");
    while (killed.exitCode === null && (!existsSync(part) || readFileSync(part).length < half)) await sleep(20);
    killed.kill("SIGKILL");
    expect((await ended).code).toBeNull();
    const { code, out } = await run("labels", "--json");
    server.closeAllConnections();
    server.close();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ fetched: 2, unchanged: 0 });
    expect(ranges).toEqual(["whole", `bytes=${half}-`]);
    expect(readFileSync(downloads("labels", "drug-label-0001-of-0001.json.zip"))).toEqual(body);
  });

  it("reads DailyMed's page of zip files with the MD5 beside each", async () => {
    const zip = Buffer.from("PK a zip");
    pages["/dailymed/spl-resources-all-drug-labels.cfm"] = {
      body: `<li><a href="/files/dm_spl_release_human_rx_part1.zip">part 1</a> (3 GB) <em>MD5 checksum:</em> ${md5(zip)}</li>
        <li><a href="/files/dm_spl_release_human_otc_part1.zip">OTC</a> <em>MD5 checksum:</em> ${"0".repeat(32)}</li>`,
    };
    pages["/files/dm_spl_release_human_rx_part1.zip"] = { body: zip };
    pages["/files/dm_spl_release_human_otc_part1.zip"] = { body: zip };
    expect((await run("spl", "--only", "human_rx")).code).toBe(0);
    expect(readFileSync(downloads("spl", "dm_spl_release_human_rx_part1.zip"))).toEqual(zip);
    const wrong = await run("spl", "--only", "human_otc");
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain("wrong checksum");
  });

  it("follows the pages of a question to ClinicalTrials.gov within one release of its data", async () => {
    pages["/ct/version"] = { body: JSON.stringify({ apiVersion: "2.0.5", dataTimestamp: "2026-11-20T09:00:05" }) };
    pages["/ct/studies"] = () => {
      const token = new URL(site.requests.at(-1)!, site.url).searchParams.get("pageToken");
      return { body: JSON.stringify({ studies: [{}], ...(token ? {} : { nextPageToken: "two" }) }) };
    };
    const { folder, files } = JSON.parse((await run("trials", "--query", "Marfan syndrome", "--json")).out);
    expect(folder).toMatch(/trials\/2026-11-20-marfan-syndrome-[0-9a-f]{8}$/);
    expect(files).toEqual(["studies-00001.json", "studies-00002.json"]);
    expect(site.requests.filter((path) => path.startsWith("/ct/studies"))).toEqual([
      "/ct/studies?pageSize=1000&query.term=Marfan+syndrome",
      "/ct/studies?pageSize=1000&query.term=Marfan+syndrome&pageToken=two",
    ]);
  });

  it("fetches the ontology's files again only where the publisher has another version", async () => {
    for (const name of ["hp.json", "hp/hpoa/phenotype.hpoa", "hp/hpoa/genes_to_phenotype.txt"]) {
      pages[`/obo/${name}`] = { headers: { etag: '"1"' }, body: name };
    }
    pages["/orphadata/en_product9_prev.xml"] = { body: "<JDBOR/>" };
    expect(JSON.parse((await run("hpo", "--json")).out)).toMatchObject({ fetched: 4, unchanged: 0 });
    pages["/obo/hp.json"] = { headers: { etag: '"2"' }, body: "newer" };
    pages["/obo/hp/hpoa/phenotype.hpoa"] = { status: 304 };
    pages["/obo/hp/hpoa/genes_to_phenotype.txt"] = { status: 304 };
    expect(JSON.parse((await run("hpo", "--json")).out)).toMatchObject({ fetched: 2, unchanged: 2 });
    expect(readFileSync(downloads("hpo", "hp.json"), "utf8")).toBe("newer");
  });

  it.each([
    [
      "a page for people instead of the list",
      { body: "<html>Service unavailable</html>" },
      /is not the list that was expected/,
    ],
    ["a server error", { status: 500, body: "" }, /answered with status 500/],
    ["a list that is gone", { status: 404, body: "" }, /answered with status 404/],
  ])("%s is a failure and no finished pull", async (_, page, message) => {
    pages["/pubmed/baseline/"] = page;
    const { code, out, err } = await run("pubmed");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });

  it("names that lead out of the folder are refused", async () => {
    const label = { partitions: [{ file: `${site.url}/..%2F..%2Fevil.zip` }] };
    pages["/fda/download.json"] = { body: JSON.stringify({ results: { drug: { label, drugsfda: label } } }) };
    const { code, err } = await run("labels");
    expect(code).toBe(1);
    expect(err).toContain("ends in no file name");
  });

  it("a part of another address is not gone on with", async () => {
    offerPubmed(["pubmed26n0001.xml.gz"], ["pubmed26n0002.xml.gz"]);
    expect((await run("pubmed", "--newest", "1")).code).toBe(0);
    writeFileSync(downloads("pubmed", "pubmed26n0001.xml.gz.part"), "junk");
    writeFileSync(
      downloads("pubmed", "pubmed26n0001.xml.gz.part.json"),
      JSON.stringify({ url: "http://elsewhere.example/x", etag: '"1"', total: 4 }),
    );
    expect((await run("pubmed")).code).toBe(0);
    expect(readFileSync(downloads("pubmed", "pubmed26n0001.xml.gz"))).toEqual(citation(1000));
  });

  it("asks nobody while live sources are switched off", async () => {
    settings = { MEDRESEARCHER_OFFLINE: "1" };
    const { code, err } = await run("hpo", "--list");
    expect(code).toBe(1);
    expect(err).toContain("MEDRESEARCHER_OFFLINE");
    expect(site.requests).toEqual([]);
  });

  it("a full disk: says so, and how much is there", async () => {
    pages["/obo/hp.json"] = { headers: { etag: '"1"' }, body: Buffer.alloc(3_000_000, "x") };
    const limited = ["-c", 'ulimit -f 2000; exec "$0" "$@"', process.execPath, CLI, "data", "pull", "hpo"];
    const { code, err } = await finish(spawn("sh", limited, { env: environment() }));
    expect(code).toBe(1);
    expect(err).toMatch(/no room to write .*hp\.json\.part \(EFBIG\); \d+ bytes of it are there/);
    expect(existsSync(downloads("hpo", "hp.json"))).toBe(false);
  });

  it.each([
    [["nonsense"], "Allowed choices are pubmed, trials, labels, spl, hpo"],
    [["pubmed", "--newest", "0"], "a whole number from 1 on"],
  ])("%j is a usage error", async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

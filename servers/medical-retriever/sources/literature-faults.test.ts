/** What every literature source must bear: silence, a caller who leaves, a host that limits, a host that is away. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limiterOf } from "../../kit/http/limiter.ts";
import { callOf, literature, question, type Literature } from "../testing/literature-server.ts";
import { tooSoon } from "../testing/paces.ts";
import { record, recordsAnswer, searchAnswer } from "../testing/pubmed-server.ts";
import { convertIds } from "./id-converter.ts";
import { europepmc } from "./europepmc.ts";
import { pmc } from "./pmc.ts";
import { pubmed } from "./pubmed.ts";
import { nobodysAddress } from "../../kit/testing/listen.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const ids = { pubmed: "PMID:1", europepmc: "PMID:1", pmc: "PMC:PMC1" } as Record<string, string>;

const LITERATURE = [pubmed, europepmc, pmc];

describe.each(LITERATURE)("$name", (source) => {
  test("silent: gives up within its deadline, and says so", async () => {
    stub.answer = () => undefined;
    const started = performance.now();
    await expect(source.search(question("vornitis"), callOf(stub, 400))).rejects.toMatchObject({ reason: "timeout" });
    // Any request is given up after 30 s.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test.each(["search", "fetch"])("%s ends at once when the caller leaves", async (what) => {
    stub.answer = () => undefined;
    const controller = new AbortController();
    const call = callOf(stub, undefined, controller.signal);
    const asked =
      what === "search" ? source.search(question("vornitis"), call) : source.fetch!(ids[source.name]!, call);
    setTimeout(() => controller.abort(new Error("gone")), 30);
    const started = performance.now();
    await expect(asked).rejects.toThrow("gone");
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("away: unavailable, and told at once the next time", async () => {
    for (const name of ["PUBMED_URL", "EUROPEPMC_URL", "ICITE_URL", "PMC_OA_URL"])
      vi.stubEnv(name, nobodysAddress(LITERATURE.indexOf(source)));
    await expect(source.search(question("vornitis"), callOf(stub))).rejects.toMatchObject({ reason: "unavailable" });
    await expect(source.fetch!(ids[source.name]!, callOf(stub))).rejects.toThrow("not asked again");
  });
});

test("under limits of NCBI nothing is lost, and requests keep their distance, retries too", async () => {
  const starts: number[] = [];
  const asked = new Map<string, number>();
  stub.answer = ({ path, parameters }, response) => {
    if (path.startsWith("/icite")) {
      response.end('{"data":[]}');
      return;
    }
    starts.push(performance.now());
    const times = asked.get(parameters.toString()) ?? 0;
    asked.set(parameters.toString(), times + 1);
    // Oftener than anything else is asked again.
    if (times < 3) response.writeHead(429).end('{"error":"API rate limit exceeded"}');
    else if (path.endsWith("esearch.fcgi")) response.end(searchAnswer([parameters.get("term")!.replace(/\D/g, "")]));
    else {
      const papers = parameters
        .get("id")!
        .split(",")
        .map((pmid) => record({ pmid, title: "A fiction", abstract: "" }));
      response.end(recordsAnswer(...papers));
    }
  };
  const questions = Array.from({ length: 5 }, (_, i) => question(`vornitis${100 + i}`));
  const answers = await Promise.all(questions.map((asked) => pubmed.search(asked, callOf(stub, 25_000))));
  expect(answers.map(({ documents }) => documents[0]?.id)).toEqual(
    Array.from({ length: 5 }, (_, i) => `PMID:${100 + i}`),
  );
  expect([...asked.values()]).toEqual(Array.from({ length: 10 }, () => 4));
  expect(starts).toHaveLength(40);
  // With a key.
  expect(tooSoon(starts, 100)).toEqual([]);
});

test("no key is kept on disk, whether it went in an address or a body", async () => {
  stub.answer = ({ path }, response) => void response.end(path.endsWith("esearch.fcgi") ? searchAnswer([]) : "{}");
  await pubmed.search(question("vornitis"), callOf(stub));
  const long = Array.from({ length: 400 }, (_, i) => `word${i}[tiab]`).join(" OR ");
  await pubmed.search(question(long), callOf(stub));
  expect(stub.requests.map(({ method }) => method)).toEqual(["GET", "POST"]);
  for (const { parameters } of stub.requests) expect(parameters.get("api_key")).toBe("SECRET");
  const kept = readdirSync(stub.folder).map((name) => readFileSync(join(stub.folder, name), "latin1"));
  expect(kept.join("")).toContain("esearch.fcgi");
  expect(kept.join("")).not.toContain("SECRET");
});

test("NCBI's hosts count together", () => {
  expect(limiterOf("pmc.ncbi.nlm.nih.gov")).toBe(limiterOf("eutils.ncbi.nlm.nih.gov"));
  expect(limiterOf("www.ebi.ac.uk")).not.toBe(limiterOf("eutils.ncbi.nlm.nih.gov"));
});

test("without a key, NCBI is asked every 400 ms, through all its interfaces together", async () => {
  delete process.env["NCBI_API_KEY"];
  const starts: number[] = [];
  stub.answer = ({ path }, response) => {
    starts.push(performance.now());
    if (path.startsWith("/idconv")) response.end('{"records":[{"requested-id":"1","pmid":1}]}');
    else response.end(path.endsWith("esearch.fcgi") ? searchAnswer([]) : recordsAnswer());
  };
  await Promise.all([convertIds(["1"], callOf(stub)), pubmed.search(question("vornitis"), callOf(stub))]);
  expect(starts).toHaveLength(2);
  expect(tooSoon(starts, 400)).toEqual([]);
});

/** All real sources against services on loopback that misbehave: what fails says so, nothing is lost, no limit is broken. */
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Retriever } from "../index.ts";
import { makeFolder, open, remove } from "../testing/documents.ts";
import { tooSoon } from "../testing/paces.ts";
import { SPACING, startWorld, type ServiceName, type World, type WorldRequest } from "../testing/world.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const QUESTION = "zelpamab in vornitis";

let folder: string;
let home: string;
let world: World;
let retriever: Retriever;

beforeEach(async () => {
  folder = makeFolder();
  home = mkdtempSync(join(tmpdir(), "faults-"));
  world = await startWorld();
  for (const [name, value] of Object.entries(world.env)) vi.stubEnv(name, value);
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  vi.stubEnv("MEDRESEARCHER_OFFLINE", "");
  vi.stubEnv("NCBI_API_KEY", "KEY");
  retriever = new Retriever(open(folder), { embedder: null });
});
afterEach(async () => {
  await retriever.close();
  await world.close();
  vi.unstubAllEnvs();
  remove(folder);
  rmSync(home, { recursive: true });
});

const ask = (signal = new AbortController().signal) => retriever.search(QUESTION, { limit: 30 }, { signal });
const outcomes = (result: Awaited<ReturnType<typeof ask>>) =>
  Object.fromEntries(result.outcomes.map(({ source, outcome }) => [source, outcome]));

/** Until every source has answered: what a deadline cut off on a busy machine is there when it is asked for again. */
async function askUntilFound(): ReturnType<typeof ask> {
  const result = await ask();
  return result.outcomes.every(({ outcome }) => outcome === "found") ? result : askUntilFound();
}

test("all well: every source has something, and records of one thing are one document", async () => {
  const result = await askUntilFound();
  const ids = result.documents.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["TEST:guideline", "PMID:990000002", "NCT:NCT99000001", "RXCUI:901"]));
  // PubMed's abstract, Europe PMC's record and the full text of PMC.
  expect(ids).toContain("PMC:PMC9900001");
  expect(ids).not.toContain("PMID:990000001");
  // The label as DailyMed and openFDA have it.
  expect(ids.filter((id) => id.startsWith("SPL:"))).toHaveLength(1);
  const second = ({ documents }: typeof result) => documents.find(({ id }) => id === "PMID:990000002");
  await expect.poll(async () => second(await ask())?.authority?.parts["impact"], { timeout: 60_000 }).toBe(0.6);
});

/** What each service does instead of answering. */
const FAULTS: Partial<Record<ServiceName, (response: ServerResponse) => void>> = {
  PUBMED: () => undefined,
  EUROPEPMC: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><p>Busy</p>"),
  OPENFDA: (response) => response.end('{"meta": {"results": {"total": 1}}, "results": [{"set_id": "1'),
  DAILYMED: (response) => response.end("<document><setId root="),
  CLINICALTRIALS: (response) => response.writeHead(500).end("oops"),
  RXNAV: (response) => response.destroy(),
};

test("silence, web pages, torn answers, errors and broken connections are no empty answers, and cost no more than the deadline", async () => {
  world.disturb = ({ service }, response) => {
    FAULTS[service]?.(response);
    return service in FAULTS;
  };
  // The index is made before: it has all the time it needs.
  await retriever.search(QUESTION, { sources: ["local"] }, { signal: new AbortController().signal });
  const started = performance.now();
  const result = await ask();
  // The deadline is 4 s; without it the silent one would be waited for as long as any request, 30 s.
  expect(performance.now() - started).toBeLessThan(20_000);
  const { local, ...live } = outcomes(result);
  expect(local).toBe("found");
  expect(live).toEqual(Object.fromEntries(Object.keys(live).map((source) => [source, "unavailable"])));
  const reasons = result.outcomes.filter(({ source }) => source !== "local").map(({ message }) => message);
  expect(reasons).not.toContain(undefined);
});

test("a storm of 429, with Retry-After and without, breaks no limit, and nothing is lost", async () => {
  const calm = await askUntilFound();
  await retriever.close();
  rmSync(home, { recursive: true });
  retriever = new Retriever(open(folder), { embedder: null });
  world.log.length = 0;
  const refused = new Set<string>();
  world.disturb = ({ service, path, parameters }: WorldRequest, response) => {
    const request = `${service} ${path} ${parameters.toString()}`;
    if (refused.has(request)) return false;
    refused.add(request);
    const tellsWhen = ["EUROPEPMC", "ICITE", "RXNAV"].includes(service);
    response.writeHead(429, tellsWhen ? { "retry-after": "1" } : {}).end("slow down");
    return true;
  };
  const result = await askUntilFound();
  expect(result.documents.map(({ id }) => id).toSorted()).toEqual(calm.documents.map(({ id }) => id).toSorted());
  expect(refused.size).toBeGreaterThan(10);
  const logs = Map.groupBy(world.log, ({ service }) => service);
  for (const [service, log] of logs) {
    const times = log.map(({ at }) => at);
    expect(tooSoon(times, SPACING[service]!), service).toEqual([]);
  }
});

test("a caller who leaves waits for nobody, and no request goes on", async () => {
  const given: boolean[] = [];
  world.disturb = (_, response) => response.once("close", () => given.push(response.writableEnded)) !== undefined;
  const caller = new AbortController();
  await retriever.search(QUESTION, { sources: ["local"] }, { signal: caller.signal });
  const asked = ask(caller.signal);
  await expect.poll(() => world.log.length).toBeGreaterThan(4);
  caller.abort(new Error("enough"));
  // Else there would be an answer, of what was not in time.
  await expect(asked).rejects.toThrow("enough");
  // Every connection is closed from our side, and none is opened anew. What had just left may still arrive.
  await expect.poll(() => world.log.length - given.length).toBe(0);
  expect(given).not.toContain(true);
  const asking = world.log.length;
  // Longer than the pace of any of them.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(world.log).toHaveLength(asking);
});

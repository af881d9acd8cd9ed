/** How often each service is asked, as its own log has it. */
import { expect, it } from "vitest";
import { NONE } from "../testing/fda-records.ts";
import { liveService, questionOf } from "../testing/live-service.ts";
import { page } from "../testing/trial-records.ts";
import { clinicaltrials } from "./clinicaltrials.ts";
import { CLINICALTRIALS } from "./clinicaltrials/ask.ts";
import { openfda } from "./openfda.ts";
import { OPENFDA } from "./openfda/ask.ts";

const ZELPA = { Zelpa: { name: "zelpamab", category: "Drug" } };

/** Between arrivals, in milliseconds. */
const gaps = (asked: readonly { at: number }[]) => asked.slice(1).map(({ at }, i) => at - asked[i]!.at);

it("openFDA: 240 requests a minute, though it answers 429 to each at first; nothing is lost", async () => {
  const fda = await liveService(OPENFDA, { atItsPace: true });
  fda.answer = ({ raw }, n) =>
    fda.asked.slice(0, n - 1).some((before) => before.raw === raw) ? NONE : { status: 429, body: "" };
  const answer = await openfda.search(questionOf("Zelpa", ZELPA), fda.call(15_000));
  expect(answer).toMatchObject({ documents: [], count: 0 });
  expect(answer).not.toHaveProperty("degraded");
  expect(Math.min(...gaps(fda.asked))).toBeGreaterThan(200);
  const minutes = (fda.asked.at(-1)!.at - fda.asked[0]!.at) / 60_000;
  expect((fda.asked.length - 1) / minutes).toBeLessThanOrEqual(240);
  await fda.close();
});

it("ClinicalTrials.gov: one request a second", async () => {
  const registry = await liveService(CLINICALTRIALS, { atItsPace: true });
  registry.answer = () => ({ body: page([], { total: 0 }) });
  await clinicaltrials.search(questionOf("Zelpa", ZELPA), registry.call());
  expect(registry.asked.length).toBeGreaterThan(1);
  expect(Math.min(...gaps(registry.asked))).toBeGreaterThan(900);
  await registry.close();
});

/** How often each service is asked, as its own log has it. */
import { expect, it } from "vitest";
import { NONE } from "../testing/fda-records.ts";
import { liveService, questionOf } from "../testing/live-service.ts";
import { tooSoon } from "../testing/paces.ts";
import { page } from "../testing/trial-records.ts";
import { clinicaltrials } from "./clinicaltrials.ts";
import { CLINICALTRIALS } from "./clinicaltrials/ask.ts";
import { openfda } from "./openfda.ts";
import { OPENFDA } from "./openfda/ask.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const ZELPA = { Zelpa: { name: "zelpamab", category: "Drug" } };

const times = (asked: readonly { at: number }[]) => asked.map(({ at }) => at);

it("openFDA: 240 requests a minute, though it answers 429 to each at first; nothing is lost", async () => {
  const fda = await liveService(OPENFDA, { atItsPace: true });
  fda.answer = ({ raw }, n) =>
    fda.asked.slice(0, n - 1).some((before) => before.raw === raw) ? NONE : { status: 429, body: "" };
  const answer = await openfda.search(questionOf("Zelpa", ZELPA), fda.call(15_000));
  expect(answer).toMatchObject({ documents: [], count: 0 });
  expect(answer).not.toHaveProperty("degraded");
  expect(fda.asked.length).toBeGreaterThan(5);
  expect(tooSoon(times(fda.asked), 60_000 / 240)).toEqual([]);
  await fda.close();
});

it("ClinicalTrials.gov: one request a second", async () => {
  const registry = await liveService(CLINICALTRIALS, { atItsPace: true });
  registry.answer = () => ({ body: page([], { total: 0 }) });
  await clinicaltrials.search(questionOf("Zelpa", ZELPA), registry.call());
  expect(registry.asked.length).toBeGreaterThan(1);
  expect(tooSoon(times(registry.asked), 1000)).toEqual([]);
  await registry.close();
});

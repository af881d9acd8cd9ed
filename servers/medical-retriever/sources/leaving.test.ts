/** A caller may leave at any moment: before the first answer, between two, after a failure. Nothing goes on without it. */
import { expect, it } from "vitest";
import { label, results } from "../testing/fda-records.ts";
import { liveService, questionOf, type Asked, type Reply } from "../testing/live-service.ts";
import { rxnormAnswer } from "../testing/rxnav-records.ts";
import { listing, row, spl } from "../testing/spl-records.ts";
import { page, study } from "../testing/trial-records.ts";
import { clinicaltrials } from "./clinicaltrials.ts";
import { CLINICALTRIALS } from "./clinicaltrials/ask.ts";
import { dailymed } from "./dailymed.ts";
import { DAILYMED } from "./dailymed/listing.ts";
import { openfda } from "./openfda.ts";
import { OPENFDA } from "./openfda/ask.ts";
import { rxnav } from "./rxnav.ts";
import { RXNAV } from "./rxnav/api.ts";
import type { Service } from "./json-answers.ts";
import type { LiveSource } from "./source.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const trials = page([study({ nct: "NCT09000001", title: "Zelpamab" })], { next: "T2" });
const labels = listing([row("00000001-a", "ZELPAMAB GEL [A]"), row("00000002-a", "ZELPAMAB PEN [A]")]);

const SOURCES: [LiveSource, Service, (asked: Asked) => Reply][] = [
  [openfda, OPENFDA, () => ({ body: results([label({ setid: "aaaa-1" })]) })],
  [dailymed, DAILYMED, ({ path }) => ({ body: path.endsWith(".xml") ? spl("00000001-a", "Text.") : labels })],
  [clinicaltrials, CLINICALTRIALS, () => ({ body: trials })],
  [rxnav, RXNAV, rxnormAnswer],
];

it.each(SOURCES)("$name", async (source, service, answer) => {
  for (const after of [0, 30, 70, 120]) {
    const server = await liveService(service);
    server.answer = (asked) => ({ ...answer(asked), after: 50 });
    const leaving = new AbortController();
    const question = questionOf("zelpamab", { zelpamab: { category: "Drug" } });
    const asked = source.search(question, server.call(undefined, leaving.signal));
    setTimeout(() => leaving.abort(new Error("enough")), after);
    const end = await asked.then(
      () => "answered",
      (error: unknown) => (error as Error).message,
    );
    expect(after === 0 ? ["enough"] : ["enough", "answered"]).toContain(end);
    const before = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.asked.length - before).toBeLessThanOrEqual(1);
    await server.close();
  }
});

import { describe, expect, test } from "vitest";
import { ToolError } from "../../kit/index.ts";
import { httpClient } from "../../kit/http/index.ts";
import { after, paper, stubSource } from "../testing/stub-source.ts";
import type { LiveSource, SourceAnswer, SourceQuestion } from "../sources/source.ts";
import { fanOut, searching } from "./fan-out.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const http = httpClient({ cacheFile: false });
const QUESTION: SourceQuestion = { query: "vornitis", entities: () => [], rarity: () => 0, limit: 20 };
const ask = (sources: LiveSource[], { deadlineMs = 400, signal = new AbortController().signal } = {}) =>
  fanOut(sources, searching(QUESTION), { http, signal, deadlineMs });

const away = new ToolError({ reason: "unavailable", message: "no answer", recovery: "later", retryable: true });
const quick = stubSource("pubmed", () => ({ documents: [paper("PMID:1", "Vornitis")], count: 7 }));

describe("many sources", () => {
  test("each says how it went: found, empty, degraded, unavailable, inapplicable", async () => {
    const reports = await ask([
      quick,
      stubSource("europepmc", () => ({})),
      stubSource("pmc", () => ({ documents: [paper("PMC:PMC1", "Vornitis")], degraded: "one of two was cut off" })),
      stubSource("openfda", () => Promise.reject(away)),
      stubSource("dailymed", () => {
        throw new TypeError("a fault of ours");
      }),
      stubSource("rxnav", () => ({ documents: [] }), { inapplicable: () => "no drug is named" }),
    ]);
    expect(reports.map(({ source, outcome, message }) => [source, outcome, message])).toEqual([
      ["pubmed", "found", undefined],
      ["europepmc", "empty", undefined],
      ["pmc", "degraded", "one of two was cut off"],
      ["openfda", "unavailable", "no answer"],
      ["dailymed", "unavailable", "a fault of ours"],
      ["rxnav", "inapplicable", "no drug is named"],
    ]);
    expect(reports[0]).toMatchObject({ count: 7, documents: [{ id: "PMID:1" }] });
  });

  test("are asked at the same time", async () => {
    const names = ["pubmed", "europepmc", "pmc", "openfda", "dailymed"] as const;
    const all = Promise.withResolvers<Partial<SourceAnswer>>();
    let asked = 0;
    // None answers before all are asked.
    const sources = names.map((name) =>
      stubSource(name, () => {
        if (++asked === names.length) all.resolve({});
        return all.promise;
      }),
    );
    const reports = await ask(sources, { deadlineMs: 5000 });
    expect(reports.map(({ outcome }) => outcome)).toEqual(names.map(() => "empty"));
  });

  test("one that is not in time is unavailable, and the others are not lost", async () => {
    const deaf = stubSource("europepmc", () => new Promise(() => {}));
    const reports = await ask([quick, deaf]);
    expect(reports).toMatchObject([
      { outcome: "found" },
      { outcome: "unavailable", message: "did not answer within 0.4 s" },
    ]);
  });

  test("know the deadline a little early, so that one with a part of its answer can hand it over", async () => {
    const partly = stubSource("openfda", async (_, call) => {
      await after(call.deadlineMs, call, undefined);
      return { documents: [paper("SPL:1", "Zelpamab")], degraded: "enforcement did not answer" };
    });
    expect(await ask([partly])).toMatchObject([{ outcome: "degraded", documents: [{ id: "SPL:1" }] }]);
  });

  test("are all left at once when the caller leaves", async () => {
    const left: string[] = [];
    const caller = new AbortController();
    const slow = stubSource("pubmed", (_, call) => {
      call.signal.addEventListener("abort", () => left.push("pubmed"));
      setTimeout(() => caller.abort(new Error("enough")), 50);
      return after(60_000, call, {});
    });
    // Else there would be an answer, of what was not in time.
    await expect(ask([slow], { deadlineMs: 60_000, signal: caller.signal })).rejects.toThrow("enough");
    expect(left).toEqual(["pubmed"]);
  });

  test("are reported as they answer, not in the order in which they were asked", async () => {
    const said: string[] = [];
    const slow = stubSource("europepmc", (_, call) => after(100, call, {}));
    const signal = new AbortController().signal;
    const progress = (done: number, total?: number, message = "") => said.push(`${done}/${total} ${message}`);
    await fanOut([slow, quick], searching(QUESTION), { http, signal, progress });
    expect(said[0]).toMatch(/^1\/2 pubmed gave 1 record, \d+ ms$/);
    expect(said[1]).toMatch(/^2\/2 europepmc was empty, \d+ ms$/);
  });
});

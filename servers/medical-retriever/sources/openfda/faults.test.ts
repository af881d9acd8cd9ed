/** openFDA on bad days: what fails is named, what is spent is told, and a failure is never an empty answer. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Document } from "../../../../schemas/index.ts";
import { byDataset, label, results, type Replies } from "../../testing/fda-records.ts";
import { liveService, questionOf, type LiveService, type Reply } from "../../testing/live-service.ts";
import { openfda } from "../openfda.ts";
import { OPENFDA } from "./ask.ts";
import { countRequest, DAILY, refuseSpent } from "./budget.ts";
import { useSteadyClock } from "../../../kit/testing/steady-clock.ts";

useSteadyClock();

let fda: LiveService;
beforeEach(async () => {
  fda = await liveService(OPENFDA);
});
afterEach(() => fda.close());

const ZELPA = { Zelpa: { name: "zelpamab", category: "Drug", synonyms: ["ZP-1"] } };
const ask = (query: string, more = {}) => openfda.search(questionOf(query, ZELPA, more), fda.call());
const ids = (documents: readonly Document[]) => documents.map(({ id }) => id);
const answers = (replies: Replies) => (fda.answer = byDataset(replies));

const broken: Record<string, Reply> = {
  "a web page": { body: "<!DOCTYPE html><html>maintenance</html>" },
  "an answer that was cut off": { body: '{"meta":{},"results":[{"set_id":"a' },
  "an answer of another shape": { body: { message: "hello" } },
  "a passing error": {
    status: 500,
    body: { error: { code: "SERVER_ERROR", message: "Check your request and try again" } },
  },
};
it("what fails in one dataset leaves the others, and is named", async () => {
  const [page, torn, other, passing] = Object.values(broken);
  answers({
    label: () => ({ body: results([label({ setid: "aaaa-1" })]) }),
    enforcement: () => page!,
    shortages: () => torn!,
    event: () => other!,
    drugsfda: () => passing!,
  });
  const answer = await openfda.search(questionOf("Zelpa", ZELPA), fda.call());
  expect(ids(answer.documents)).toEqual(["SPL:aaaa-1"]);
  for (const name of ["enforcement", "shortages", "event", "drugsfda"])
    expect(answer.degraded).toContain(`${name} failed: `);
});

it("where everything fails there is an error, no empty list", async () => {
  fda.answer = () => broken["a web page"]!;
  const failing = openfda.search(questionOf("dose of Zelpa", ZELPA), fda.call());
  await expect(failing).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  expect(fda.asked.length).toBeGreaterThan(1);
});

it("no matches in any dataset is an empty answer", async () => {
  answers({});
  expect(await ask("dose of Zelpa")).toMatchObject({ documents: [], count: 0 });
});

it.each(["parse_exception", "token_mgr_error", "illegal_argument_exception", "query_shard_exception"])(
  "%s is an error of the query, and is not asked again",
  async (code) => {
    const error = {
      code: "SERVER_ERROR",
      message: "Check your request and try again",
      details: `[${code}] somewhere`,
    };
    fda.answer = () => ({ status: 500, body: { error } });
    await expect(ask("dose of Zelpa")).rejects.toMatchObject({ reason: "invalid_arguments", retryable: false });
    expect(fda.asked).toHaveLength(1);
  },
);

it("labels that are too long together are asked for again, fewer of them", async () => {
  const long = { description: "x".repeat(3_000_000) };
  answers({
    label: ({ parameters }) => {
      const records = Array.from({ length: 8 }, (_, i) =>
        label({ setid: `aaaa-${i}`, application: `NDA00000${i}` }, long),
      );
      return { body: results(records.slice(0, Number(parameters["limit"]))) };
    },
  });
  expect((await ask("dose of Zelpa")).documents).toHaveLength(2);
});

it("an older copy is better than none, and is marked", async () => {
  answers({ label: () => ({ body: results([label({ setid: "aaaa-1" })]) }) });
  await ask("dose of Zelpa");
  fda.age(2);
  fda.answer = () => broken["a web page"]!;
  const answer = await openfda.search(questionOf("dose of Zelpa", ZELPA), fda.call());
  expect(answer.degraded).toContain("older copies");
  expect(answer.documents).toMatchObject([{ id: "SPL:aaaa-1", stale: true }]);
});

it("nothing to count is a field that does not exist, no empty answer", async () => {
  fda.answer = () => ({ status: 404, body: { error: { code: "NOT_FOUND", message: "Nothing to count" } } });
  await expect(ask("dose of Zelpa")).rejects.toMatchObject({ reason: "invalid_arguments" });
});

it("the key is sent, and stands in no error", async () => {
  vi.stubEnv("OPENFDA_API_KEY", "SECRET-KEY-1");
  fda.answer = () => ({
    status: 403,
    body: { error: { code: "API_KEY_INVALID", message: "An invalid api_key (SECRET-KEY-1) was supplied." } },
  });
  const error = await ask("dose of Zelpa").catch((thrown: unknown) => thrown);
  expect(fda.asked[0]!.parameters["api_key"]).toBe("SECRET-KEY-1");
  expect(error).toMatchObject({ reason: "refused" });
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("SECRET");
});

it("counts the requests of a day together and says when they are spent; a key allows more; the next day is new", () => {
  const [day, next] = [new Date("2026-03-01T12:00:00Z"), new Date("2026-03-02T00:00:01Z")];
  for (let i = 0; i < DAILY.withoutKey - 1; i++) countRequest(day);
  refuseSpent(day);
  countRequest(day);
  expect(() => refuseSpent(day)).toThrow("the 1000 requests to openFDA of this day are spent");
  refuseSpent(next);
  vi.stubEnv("OPENFDA_API_KEY", "KEY");
  refuseSpent(day);
});

it("leaves at once when the caller does", async () => {
  fda.answer = () => ({ body: results([]), after: 60_000 });
  const leaving = new AbortController();
  const asked = openfda.search(questionOf("Zelpa", ZELPA), fda.call(undefined, leaving.signal));
  setTimeout(() => leaving.abort(new Error("enough")), 50);
  const started = performance.now();
  await expect(asked).rejects.toThrow("enough");
  expect(performance.now() - started).toBeLessThan(10_000);
});

it("survives any records: fields missing, empty, of other types", async () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.jsonValue(), fc.constant("Zelpa"));
  const fields = "set_id generic_name product_description recall_number report_date update_date openfda term count";
  const record = fc.dictionary(fc.constantFrom(...fields.split(" "), "application_number", "products"), value);
  const wild = fc.sample(fc.oneof(record, fc.jsonValue()), 400);
  fda.answer = () => ({ body: { results: wild } });
  const answer = await ask("Zelpa");
  expect(answer.documents.map((document) => Document.safeParse(document).error)).toEqual(
    answer.documents.map(() => undefined),
  );
});

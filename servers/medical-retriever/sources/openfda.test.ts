import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Document, documentText } from "../../../schemas/index.ts";
import { counts, label, NO_MATCHES, recall, results, shortage } from "../testing/fda-records.ts";
import { liveService, questionOf, type Asked, type LiveService, type Reply } from "../testing/live-service.ts";
import { openfda } from "./openfda.ts";
import { OPENFDA } from "./openfda/ask.ts";
import { countRequest, DAILY, refuseSpent } from "./openfda/budget.ts";
import { spellings } from "./openfda/product-codes.ts";
import { phrase } from "./openfda/lucene.ts";

let fda: LiveService;
beforeEach(async () => {
  fda = await liveService(OPENFDA);
});
afterEach(() => fda.close());

const ZELPA = { Zelpa: { name: "zelpamab", category: "Drug", synonyms: ["ZP-1"] } };
const ask = (query: string, more = {}) => openfda.search(questionOf(query, ZELPA, more), fda.call());
const ids = (documents: readonly Document[]) => documents.map(({ id }) => id);
const none: Reply = { status: 404, body: NO_MATCHES };

/** Answers by dataset; what is not listed has no matches. */
function answers(replies: Record<string, (asked: Asked) => Reply>) {
  fda.answer = (asked) => replies[asked.path.slice("/drug/".length, -".json".length)]?.(asked) ?? none;
}

describe("what is asked", () => {
  it("a drug alone asks all datasets; every name is a quoted phrase and no blank becomes a plus", async () => {
    answers({});
    await ask("Zelpa");
    expect(fda.asked.map(({ path }) => path).toSorted()).toEqual(
      ["/drugsfda", "/enforcement", "/event", "/event", "/label", "/label", "/shortages"].map(
        (name) => `/drug${name}.json`,
      ),
    );
    const search = fda.asked.find(({ path }) => path === "/drug/label.json")!.parameters["search"]!;
    expect(search).toContain('openfda.generic_name:"zelpamab"');
    expect(search).toContain('openfda.brand_name:"zelpa"');
    expect(fda.asked.map(({ raw }) => raw).join()).not.toMatch(/\+|%2B/i);
  });

  it("a question on a section asks for labels that have it, in today's layout or an older one, and for nothing else", async () => {
    answers({ label: () => ({ body: results([label({ setid: "aaaa-1" }, { precautions: "Pregnancy: avoid." })]) }) });
    const { documents } = await ask("What does the Zelpa label say about pregnancy?");
    expect(fda.asked).toHaveLength(1);
    expect(fda.asked[0]!.parameters["search"]).toMatch(/_exists_:pregnancy OR .*_exists_:precautions/);
    expect(documents[0]!.sections).toEqual([{ label: "Precautions", text: "Pregnancy: avoid." }]);
  });

  it("where no label has the section, labels of the drug are given all the same", async () => {
    answers({
      label: ({ parameters }) =>
        parameters["search"]!.includes("_exists_") ? none : { body: results([label({ setid: "aaaa-1" })]) },
    });
    expect(ids((await ask("overdose of Zelpa")).documents)).toEqual(["SPL:aaaa-1"]);
  });

  it("a label without the harmonised block is found by its contents", async () => {
    const bare = {
      ...label({ setid: "bbbb-2" }),
      openfda: undefined,
      spl_product_data_elements: ["Zelpa zelpamab water"],
    };
    answers({
      label: ({ parameters }) =>
        parameters["search"]!.includes("spl_product_data_elements") ? { body: results([bare]) } : none,
    });
    expect(ids((await ask("dosage of Zelpa")).documents)).toEqual(["SPL:bbbb-2"]);
  });

  it("dates are ranges of whole days", async () => {
    answers({});
    await ask("recall of Zelpa", { from: "2023", to: "2024-02" });
    const asked = fda.asked.find(({ path }) => path === "/drug/enforcement.json")!.parameters;
    expect(asked["search"]).toContain("report_date:[20230101 TO 20240229]");
    expect(asked["sort"]).toBe("report_date:desc");
  });

  it("a question that names no drug is not for openFDA, except where it seeks drugs for a disease", async () => {
    const gene = questionOf("Which gene is mutated in vornitis?", { vornitis: { category: "Disease" } });
    const drugs = questionOf("Which drugs are approved for vornitis?", { vornitis: { category: "Disease" } });
    expect(openfda.inapplicable!(gene)).toContain("names no drug");
    expect(openfda.inapplicable!(drugs)).toBeUndefined();
    answers({ label: () => ({ body: results([label({ setid: "aaaa-1" })]) }) });
    expect(ids((await openfda.search(drugs, fda.call())).documents)).toEqual(["SPL:aaaa-1"]);
    expect(fda.asked[0]!.parameters["search"]).toContain('indications_and_usage:"vornitis"');
  });

  it("a class of drugs is asked for by the classes of labels", async () => {
    answers({ label: () => ({ body: results([label({ setid: "aaaa-1" })]) }) });
    const question = questionOf("quellase inhibitors in pregnancy", {
      "quellase inhibitors": { category: "DrugClass" },
    });
    expect(ids((await openfda.search(question, fda.call())).documents)).toEqual(["SPL:aaaa-1"]);
    expect(fda.asked[0]!.parameters["search"]).toContain('openfda.pharm_class_epc:"quellase inhibitor"');
  });

  it("a word that nobody knows may be a drug, and is asked for", () => {
    expect(openfda.inapplicable!(questionOf("Is quellamab safe?"))).toBeUndefined();
  });

  it("such a word must be a whole name: part of a brand is another thing", async () => {
    const found = [
      label({ setid: "aaaa-1", brand: "Quella Time Cold", generic: "ZINC" }),
      label({ setid: "bbbb-2", brand: "Q", generic: "QUELLA HYDROCHLORIDE" }),
    ];
    answers({ label: () => ({ body: results(found) }) });
    const { documents } = await openfda.search(questionOf("What is quella?"), fda.call());
    expect(ids(documents)).toEqual(["SPL:bbbb-2"]);
    expect(fda.asked.map(({ path }) => path)).toEqual(["/drug/label.json"]);
  });

  it("nothing in a name is an operator", () => {
    expect(phrase(String.raw`a" OR b\c`)).toBe(String.raw`"a\" OR b\\c"`);
    fc.assert(
      fc.property(fc.string(), (name) => {
        const inside = phrase(name).slice(1, -1);
        expect(inside.replaceAll(/\\./gs, "")).not.toMatch(/["\\]/);
      }),
    );
  });
});

describe("what is given", () => {
  it("of copies of a label one, the original first, and how many were left out", async () => {
    const generic = { brand: "Zelpamab", generic: "ZELPAMAB" };
    const found = [
      label({ setid: "copy-1", ...generic, application: "ANDA200001", maker: "Repack A", day: "20260101" }),
      label({ setid: "copy-2", ...generic, application: "ANDA200002", maker: "Repack B", day: "20240101" }),
      label({ setid: "orig-1", day: "20230101" }),
      label({ setid: "orig-2", day: "20250101", maker: "Repack C" }),
      label({ setid: "other", brand: "Zelpamine", generic: "ZELPAMINE" }),
    ];
    answers({ label: () => ({ body: results(found, 40) }) });
    const { documents, notes } = await ask("dose of Zelpa");
    expect(ids(documents)).toEqual(["SPL:orig-2", "SPL:copy-1"]);
    expect(notes).toEqual(["openFDA has 38 more labels of zelpamab, most with the same text"]);
    expect(documents[0]).toMatchObject({
      identifiers: { setid: "orig-2", rxcui: "9900001", ndc: "99999-101" },
      related: { application: ["NDA:BLA761234"], substance: ["UNII:FICTION001"] },
    });
    expect(documents[0]!.fetchedAt).toMatch(/^\d{4}-/);
  });

  it("adverse events are counts with their caveat, never single reports", async () => {
    answers({
      event: ({ parameters }) => ({
        body:
          parameters["count"] === "serious"
            ? counts({ "1": 30, "2": 12 })
            : counts({ NAUSEA: 20, "DRUG INEFFECTIVE": 7 }),
      }),
    });
    const { documents, notes } = await ask("side effects of Zelpa");
    expect(Document.parse(documents[0])).toMatchObject({ id: "FAERS:zelpamab", published: "2026-07-01" });
    const text = documentText(documents[0]!);
    expect(text).toContain("42 reports name zelpamab; 30 of them are classed as serious");
    expect(text).toContain("nausea: 20\ndrug ineffective: 7");
    expect(text).toContain("no proof that a drug caused");
    expect(notes.join()).toContain("prove no cause");
  });

  it("recalls with class and reason; a recall of another drug that openFDA found by its words is left out", async () => {
    answers({
      enforcement: () => ({
        body: results([
          recall("D-0101-2024", "Zelpa 5 mg tablets, 30 count"),
          recall("D-0102-2024", "Zelpamine cream"),
        ]),
      }),
    });
    const { documents } = await ask("Was Zelpa recalled?");
    expect(ids(documents)).toEqual(["RECALL:D-0101-2024"]);
    expect(documents[0]).toMatchObject({ published: "2024-01-31", publicationTypes: ["Drug Recall"] });
    expect(documentText(documents[0]!)).toContain("Class: Class II (temporary or medically reversible");
  });

  it("shortages as one document with every presentation", async () => {
    answers({
      shortages: () => ({
        body: results([shortage("Zelpa 5 mg/mL vial", "Current"), shortage("Zelpa pen", "Resolved")]),
      }),
    });
    const [document] = (await ask("Is there a shortage of Zelpa?")).documents;
    expect(document).toMatchObject({ id: "SHORTAGE:zelpamab-injection", published: "2026-07-01" });
    expect(documentText(document!)).toContain("Current: 1 of 2 presentations");
    expect(documentText(document!)).toContain(
      "Zelpa pen (Fiction Inc.). Resolved, Limited. reason: Demand increase for the drug. first posted 2024-03-05",
    );
  });
});

describe("what goes wrong", () => {
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
    const answer = await openfda.search(questionOf("Zelpa", ZELPA), fda.call(3000));
    expect(ids(answer.documents)).toEqual(["SPL:aaaa-1"]);
    for (const name of ["enforcement", "shortages", "event", "drugsfda"])
      expect(answer.degraded).toContain(`${name} failed: `);
  });

  it("where everything fails there is an error, no empty list", async () => {
    fda.answer = () => broken["a web page"]!;
    const failing = openfda.search(questionOf("dose of Zelpa", ZELPA), fda.call(1500));
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

  it("an older copy is better than none, and is marked", async () => {
    answers({ label: () => ({ body: results([label({ setid: "aaaa-1" })]) }) });
    await ask("dose of Zelpa");
    fda.age(2);
    fda.answer = () => broken["a web page"]!;
    const answer = await openfda.search(questionOf("dose of Zelpa", ZELPA), fda.call(2000));
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
    fda.answer = () => ({ body: results([]), after: 5000 });
    const leaving = new AbortController();
    const asked = openfda.search(questionOf("Zelpa", ZELPA), fda.call(8000, leaving.signal));
    setTimeout(() => leaving.abort(new Error("enough")), 50);
    const started = performance.now();
    await expect(asked).rejects.toThrow("enough");
    expect(performance.now() - started).toBeLessThan(1000);
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
});

describe("by id", () => {
  it("labels, applications, recalls, counts and shortages; undefined where there is none", async () => {
    answers({
      label: () => ({ body: results([label({ setid: "aaaa-1" })]) }),
      enforcement: () => ({ body: results([recall("D-0101-2024", "Zelpa")]) }),
      shortages: () => ({ body: results([shortage("Zelpa pen", "Current")]) }),
    });
    for (const id of ["SPL:aaaa-1", "RECALL:D-0101-2024", "SHORTAGE:zelpamab-injection"]) {
      expect((await openfda.fetch!(id, fda.call()))?.id).toBe(id);
    }
    expect(await openfda.fetch!("SPL:bbbb-2", fda.call())).toBeUndefined();
    expect(await openfda.fetch!("NDA:NDA000001", fda.call())).toBeUndefined();
  });

  it("a product code leads to its label", async () => {
    answers({
      ndc: () => ({ body: results([{ product_ndc: "99999-101", openfda: { spl_set_id: ["aaaa-1"] } }]) }),
      label: () => ({ body: results([label({ setid: "aaaa-1" })]) }),
    });
    expect((await openfda.fetch!("NDC:99999-101", fda.call()))?.id).toBe("SPL:aaaa-1");
    expect(spellings("09999010101")).toEqual(["9999-0101-01", "09999-101-01", "09999-0101-1", "09999-0101-01"]);
  });
});

const REAL = "../shared/data/fda";
const recorded = (name: string) => ({ body: readFileSync(`${REAL}/${name}`, "utf8") });
describe.skipIf(!existsSync(REAL))("recorded answers", () => {
  it("a label, an application and a single report, which is not read as evidence", async () => {
    answers({
      label: () => recorded("openfda-label-ambien.json"),
      drugsfda: () => recorded("drugsfda_imatinib.json"),
    });
    const ambien = { Ambien: { name: "zolpidem", category: "Drug" } };
    const label = await openfda.search(questionOf("dose of Ambien", ambien), fda.call());
    expect(label.documents[0]).toMatchObject({ publicationTypes: ["Drug Label"] });
    expect(label.documents[0]!.title).toMatch(/ambien \(zolpidem tartrate\)/i);
    const imatinib = { imatinib: { category: "Drug" } };
    const approved = await openfda.search(questionOf("When was imatinib approved?", imatinib), fda.call());
    expect(approved.documents.find(({ id }) => id === "NDA:NDA021588")).toMatchObject({ published: "2003-04-18" });
  });

  it("no matches is empty, an error is an error, and a result with nothing in it gives no document", async () => {
    fda.answer = () => ({ status: 404, ...recorded("openfda-404.json") });
    expect((await ask("dose of Zelpa")).documents).toEqual([]);
    fda.answer = () => ({ status: 500, ...recorded("openfda-500.json") });
    const failing = openfda.search(questionOf("overdose of Zelpa", ZELPA), fda.call(1500));
    await expect(failing).rejects.toMatchObject({ reason: "unavailable" });
    fda.answer = () => recorded("openfda-missingopenfda.json");
    expect((await ask("storage of Zelpa")).documents).toEqual([]);
  });
});

/** openFDA: what is asked of it, and what is made of its records. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Document, documentText } from "../../../schemas/index.ts";
import { byDataset, counts, label, NONE, recall, results, shortage, type Replies } from "../testing/fda-records.ts";
import { liveService, questionOf, type LiveService } from "../testing/live-service.ts";
import { openfda } from "./openfda.ts";
import { OPENFDA } from "./openfda/ask.ts";
import { spellings } from "./openfda/product-codes.ts";
import { phrase } from "./openfda/lucene.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

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
        parameters["search"]!.includes("_exists_") ? NONE : { body: results([label({ setid: "aaaa-1" })]) },
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
        parameters["search"]!.includes("spl_product_data_elements") ? { body: results([bare]) } : NONE,
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
      label({ setid: "cccc-3", brand: "S", generic: "SODIUM CHLORIDE" }),
    ];
    answers({ label: () => ({ body: results(found) }) });
    const { documents } = await openfda.search(questionOf("What is quella?"), fda.call());
    expect(ids(documents)).toEqual(["SPL:bbbb-2"]);
    expect(fda.asked.map(({ path }) => path)).toEqual(["/drug/label.json"]);
  });

  it("only records of the kinds that are wanted are asked for", async () => {
    answers({});
    await ask("Zelpa", { kinds: ["regulator_notice"] });
    expect(fda.asked.map(({ path }) => path).toSorted()).toEqual(["/drug/enforcement.json", "/drug/shortages.json"]);
    expect(openfda.inapplicable!(questionOf("Zelpa", ZELPA, { kinds: ["guideline"] }))).toBe("it has no guideline");
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
    expect(notes).toEqual(["of 40 labels of zelpamab 5 were read and 2 kept, one of each product"]);
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
  it("labels, an application, and a single report, which is not read as evidence", async () => {
    answers({
      event: () => recorded("faers_event.json"),
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
    const keytruda = { Keytruda: { name: "pembrolizumab", category: "Drug" } };
    const reports = await openfda.search(questionOf("side effects of Keytruda", keytruda), fda.call());
    expect(reports).toMatchObject({ documents: [] });
    expect(reports).not.toHaveProperty("degraded");
  });

  it("a label without the harmonised block, by what it lists", async () => {
    answers({ label: () => recorded("openfda-label-aspirin.json") });
    const aspirin = { aspirin: { category: "Drug" } };
    const { documents } = await openfda.search(questionOf("dose of aspirin", aspirin), fda.call());
    expect(ids(documents)).toEqual(["SPL:0025eb89-590c-4451-8a06-b129686cf75a"]);
  });

  it("no matches is empty, an error is an error, and a result with nothing in it gives no document", async () => {
    fda.answer = () => ({ status: 404, ...recorded("openfda-404.json") });
    expect((await ask("dose of Zelpa")).documents).toEqual([]);
    fda.answer = () => ({ status: 500, ...recorded("openfda-500.json") });
    const failing = openfda.search(questionOf("overdose of Zelpa", ZELPA), fda.call());
    await expect(failing).rejects.toMatchObject({ reason: "unavailable" });
    fda.answer = () => recorded("openfda-missingopenfda.json");
    expect((await ask("storage of Zelpa")).documents).toEqual([]);
  });
});

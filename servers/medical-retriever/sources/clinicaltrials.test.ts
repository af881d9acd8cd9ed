import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Document, documentText } from "../../../schemas/index.ts";
import { liveService, questionOf, type LiveService } from "../testing/live-service.ts";
import { page, study } from "../testing/trial-records.ts";
import { clinicaltrials } from "./clinicaltrials.ts";
import { CLINICALTRIALS } from "./clinicaltrials/ask.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let registry: LiveService;
beforeEach(async () => {
  registry = await liveService(CLINICALTRIALS);
});
afterEach(() => registry.close());

const NAMED = {
  vornitis: { category: "Disease", synonyms: ["Vorn disease"] },
  Zelpa: { name: "zelpamab", category: "Drug" },
};
const ask = (query: string, entities = {}, more = {}) =>
  clinicaltrials.search(questionOf(query, entities, more), registry.call());
const ids = (documents: readonly { id: string }[]) => documents.map(({ id }) => id);

const ABOUT = [
  study({ nct: "NCT09000001", title: "Zelpamab in Vorn disease", conditions: ["Vorn Disease"] }),
  study({ nct: "NCT09000002", title: "A study of ointments", conditions: ["Dermatitis"], interventions: ["Zinc"] }),
  study({ nct: "NCT09000003", title: "Study 3", conditions: ["Vornitis"], interventions: ["Zelpa"] }),
];

describe("what is asked", () => {
  it("conditions and drugs in their own fields, as phrases with their synonyms; no more of a record than is needed", async () => {
    registry.answer = () => ({ body: page(ABOUT.slice(0, 1), { total: 1 }) });
    await ask("Does Zelpa help in vornitis?", NAMED);
    expect(registry.asked).toHaveLength(1);
    const { parameters, path } = registry.asked[0]!;
    expect(path).toBe("/studies");
    expect(parameters).toMatchObject({
      "query.cond": '("vornitis" OR "Vorn disease")',
      "query.intr": '("zelpamab" OR "Zelpa")',
      countTotal: "true",
    });
    expect(parameters["fields"]!.split("|")).toEqual(expect.arrayContaining(["ConditionsModule", "ReferencesModule"]));
    expect(parameters["fields"]).not.toMatch(/Locations|OutcomeMeasures|AdverseEvents/);
  });

  it("phase and dates by areas, recruitment by status: there is no filter for phases", async () => {
    registry.answer = () => ({ body: page(ABOUT.slice(0, 1), { total: 1 }) });
    await ask("recruiting phase 3 trials in vornitis", NAMED, { from: "2020", to: "2024-02" });
    const { parameters } = registry.asked[0]!;
    expect(parameters).not.toHaveProperty("filter.phase");
    expect(parameters["filter.advanced"]).toBe(
      "AREA[Phase]PHASE3 AND AREA[LastUpdatePostDate]RANGE[2020-01-01,2024-02-29]",
    );
    expect(parameters["filter.overallStatus"]).toContain("RECRUITING");
  });

  it("trials with results alone, where those are wanted", async () => {
    registry.answer = () => ({ body: page(ABOUT.slice(0, 1), { total: 1 }) });
    await ask("vornitis", NAMED, { kinds: ["clinical_trial", "guideline"] });
    expect(registry.asked[0]!.parameters["aggFilters"]).toBe("results:with");
    expect(clinicaltrials.inapplicable!(questionOf("vornitis", NAMED, { kinds: ["guideline"] }))).toContain(
      "no guideline",
    );
  });

  it("words that nobody knows are asked for as they are; a question of plain words is none for the registry", async () => {
    registry.answer = () => ({
      body: page([study({ nct: "NCT09000009", title: "Quellosis in adults" })], { total: 1 }),
    });
    expect(ids((await ask("What helps against quellosis?")).documents)).toEqual(["NCT:NCT09000009"]);
    expect(registry.asked[0]!.parameters["query.term"]).toBe('"quellosis"');
    expect(clinicaltrials.inapplicable!(questionOf("What is known about this?"))).toContain("names nothing");
  });

  it("where the narrow question finds nothing, a wider one is asked", async () => {
    registry.answer = ({ parameters }) => ({
      body: parameters["query.term"] ? page(ABOUT.slice(2), { total: 1 }) : page([], { total: 0 }),
    });
    const { documents, notes } = await ask("Zelpa in vornitis", NAMED);
    expect(ids(documents)).toEqual(["NCT:NCT09000003"]);
    expect(notes).toEqual(["no trial was found for all that was asked; these are about a part of it"]);
  });
});

describe("what is given", () => {
  it("trials that name the condition or the drug, or a synonym; others are left out, and counted", async () => {
    registry.answer = () => ({ body: page(ABOUT, { total: 3 }) });
    const { documents, count, notes } = await ask("Zelpa in vornitis", NAMED);
    expect(ids(documents)).toEqual(["NCT:NCT09000001", "NCT:NCT09000003"]);
    expect(count).toBe(3);
    expect(notes).toEqual([
      "1 of 3 trials that ClinicalTrials.gov found name none of what was asked for, and were left out",
    ]);
    expect(documentText(documents[0]!)).toContain("Enrolment: not known");
  });

  it("the words of a name in any order and spelling count where things are named; whom a trial excludes does not", async () => {
    const tumour = { "tumour of the spleen": { category: "Disease" } };
    const eligibilityModule = { eligibilityCriteria: "Exclusion: tumour of the spleen" };
    registry.answer = () => ({
      body: page([
        study({ nct: "NCT09000004", title: "Study 4", conditions: ["Spleen, Tumors Of The"] }),
        study({ nct: "NCT09000005", title: "Study 5", conditions: ["Eczema"], more: { eligibilityModule } }),
      ]),
    });
    expect(ids((await ask("tumour of the spleen", tumour)).documents)).toEqual(["NCT:NCT09000004"]);
  });

  it("the next page makes up for what was left out; the total is that of the first", async () => {
    registry.answer = ({ parameters }) =>
      parameters["pageToken"] === "T2"
        ? { body: page(ABOUT.slice(2)) }
        : { body: page(ABOUT.slice(0, 2), { total: 41, next: "T2" }) };
    const { documents, count } = await ask("Zelpa in vornitis", NAMED);
    expect(ids(documents)).toEqual(["NCT:NCT09000001", "NCT:NCT09000003"]);
    expect(count).toBe(41);
  });

  it("what names all that was asked for comes before what names some of it", async () => {
    const some = study({ nct: "NCT09000006", title: "Vornitis", conditions: ["Vornitis"] });
    registry.answer = () => ({ body: page([some, ABOUT[2]], { total: 2 }) });
    const { documents } = await ask("Zelpa in vornitis", NAMED);
    expect(ids(documents)).toEqual(["NCT:NCT09000003", "NCT:NCT09000006"]);
  });

  it("numbers that a trial had before lead to it", async () => {
    const trial = study({ nct: "NCT09000001", title: "Vornitis" });
    Object.assign(trial.protocolSection.identificationModule, { nctIdAliases: ["NCT08000001", "none"] });
    registry.answer = () => ({ body: page([trial]) });
    const [document] = (await ask("vornitis", NAMED)).documents;
    expect(document!.identifiers).toEqual({ nct: "NCT09000001, NCT08000001" });
  });

  it("publications of a trial by their PMIDs", async () => {
    const references = [
      { pmid: "90000001", type: "RESULT", citation: "Doe J. Zelpamab. 2024." },
      { pmid: "90000002", type: "BACKGROUND", citation: "Roe J. Vornitis." },
      { pmid: "90000003", type: "DERIVED", citation: "Poe J. More of zelpamab." },
    ];
    const trial = study({ nct: "NCT09000001", title: "Vornitis", more: { referencesModule: { references } } });
    registry.answer = () => ({ body: page([trial], { total: 1 }) });
    const [document] = (await ask("vornitis", NAMED)).documents;
    expect(document!.related).toEqual({
      publication: ["PMID:90000001", "PMID:90000003"],
      background: ["PMID:90000002"],
    });
  });
});

describe("by number", () => {
  it("numbers of a question lead to the trials themselves; a bad one does not lose the others", async () => {
    registry.answer = ({ path, parameters }) => {
      if (parameters["filter.ids"]) return { status: 400, body: "Invalid NCT number" };
      return path.endsWith("NCT09000001") ? { body: ABOUT[0] } : { status: 404, body: "NCT number not found" };
    };
    const { documents, notes } = await ask("Compare NCT09000001 with nct09999999");
    expect(ids(documents)).toEqual(["NCT:NCT09000001"]);
    expect(notes).toEqual(["ClinicalTrials.gov has no trial NCT09999999"]);
  });

  it("a trial by id; undefined where there is none", async () => {
    registry.answer = ({ path }) =>
      path === "/studies/NCT09000001" ? { body: ABOUT[0] } : { status: 404, body: "not found" };
    expect((await clinicaltrials.fetch!("NCT:nct09000001", registry.call()))?.title).toBe("Zelpamab in Vorn disease");
    expect(await clinicaltrials.fetch!("NCT:NCT09000077", registry.call())).toBeUndefined();
    expect(await clinicaltrials.fetch!("NCT:12", registry.call())).toBeUndefined();
  });
});

describe("what goes wrong", () => {
  it.each([
    ["a web page", { body: "<html><body>Access denied</body></html>" }],
    ["an answer that was cut off", { body: JSON.stringify(page(ABOUT)).slice(0, 300) }],
    ["another shape", { body: { message: "ok" } }],
  ])("%s is a failure, no empty answer", async (_, reply) => {
    registry.answer = () => reply;
    const failing = clinicaltrials.search(questionOf("vornitis", NAMED), registry.call());
    await expect(failing).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  });

  it("a query that cannot be read says so and is not asked again", async () => {
    registry.answer = () => ({ status: 400, body: "Invalid parameter" });
    await expect(ask("vornitis", NAMED)).rejects.toMatchObject({ reason: "invalid_arguments" });
    expect(registry.asked).toHaveLength(1);
  });

  it("survives studies of any shape", async () => {
    const field = fc.constantFrom(
      "protocolSection",
      "identificationModule",
      "nctId",
      "conditionsModule",
      "conditions",
      "hasResults",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.constant("NCT09000001"), fc.dictionary(field, tie("tree"))),
    }));
    registry.answer = () => ({ body: { studies: fc.sample(tree, 300), totalCount: "many", nextPageToken: 7 } });
    const { documents } = await ask("quellosis");
    expect(documents.every((document) => Document.safeParse(document).success)).toBe(true);
  });

  it("what the first page gave stands where the next one fails", async () => {
    registry.answer = ({ parameters }) =>
      parameters["pageToken"] ? { body: "<html>" } : { body: page(ABOUT, { total: 9, next: "T2" }) };
    const question = questionOf("Zelpa in vornitis", NAMED);
    const answer = await clinicaltrials.search(question, registry.call());
    expect(answer.documents).toHaveLength(2);
    expect(answer.degraded).toContain("next page is missing");
  });
});

const REAL = "../shared/data/trials";
describe.skipIf(!existsSync(REAL))("recorded answers", () => {
  it("a page of a search: trials on the syndrome, and the one that names only its gene", async () => {
    registry.answer = () => ({ body: readFileSync(`${REAL}/search_phelan.json`, "utf8") });
    const phelan = { "Phelan-McDermid syndrome": { category: "Disease", synonyms: ["22q13 deletion syndrome"] } };
    const { documents, count } = await ask("Trials in Phelan-McDermid syndrome", phelan, { limit: 5 });
    expect(ids(documents)).toContain("NCT:NCT02710084");
    expect(count).toBe(21);
  });

  it("one study", async () => {
    registry.answer = () => ({ body: readFileSync(`${REAL}/NCT02576665.json`, "utf8") });
    const document = await clinicaltrials.fetch!("NCT:NCT02576665", registry.call());
    expect(document).toMatchObject({ id: "NCT:NCT02576665", publisher: "Tocagen Inc." });
  });
});

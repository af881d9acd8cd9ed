/** Studies of ClinicalTrials.gov: what the API encodes is said in words, and what was not reached is not a number. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { KnowledgeRecord, type Document } from "../../../schemas/index.ts";
import { trials } from "./trials.ts";

const REAL = "../shared/data/trials";
const folder = mkdtempSync(join(tmpdir(), "trials-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(path: string) {
  const problems: string[] = [];
  const documents: Document[] = [];
  const context = { problem: ({ reason }: { reason: string }) => problems.push(reason), about: () => {} };
  for await (const records of trials.read(path, context)) {
    for (const record of [records].flat()) {
      const sound = KnowledgeRecord.parse(record);
      if (sound.type === "document") documents.push(sound.document);
    }
  }
  return { documents, problems };
}

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const study = (nct: string, more: object = {}, rest: object = {}) => ({
  protocolSection: { identificationModule: { nctId: nct, briefTitle: `Trial ${nct}` }, ...more },
  ...rest,
});
const section = (document: Document | undefined, label: string) =>
  document?.sections.find((s) => s.label === label)?.text;

describe("a study", () => {
  it("says its design in words, and an unknown enrolment as unknown", async () => {
    const designModule = {
      studyType: "INTERVENTIONAL",
      phases: ["PHASE2", "PHASE3"],
      designInfo: {
        allocation: "RANDOMIZED",
        maskingInfo: { masking: "DOUBLE", whoMasked: ["PARTICIPANT", "INVESTIGATOR"] },
      },
      enrollmentInfo: { count: 99999999, type: "ESTIMATED" },
    };
    const descriptionModule = { briefSummary: "Adults \\>18 years \\[see below\\]" };
    const { documents } = await read(write("design.json", study("NCT00000001", { designModule, descriptionModule })));
    expect(section(documents[0], "Design")).toBe(
      "Study type: interventional\nPhase: phase 2 and phase 3\nAllocation: randomized\nMasking: double (participant, investigator)\nEnrolment: not known",
    );
    expect(section(documents[0], "Summary")).toBe("Adults >18 years [see below]");
  });

  it("leads to its publications, and tells them from what it builds on", async () => {
    const references = [
      { pmid: "11", type: "RESULT", citation: "Doe J. A result." },
      { pmid: "12", type: "BACKGROUND", citation: "Roe J. Before" },
      { pmid: "13", type: "DERIVED", citation: "Poe J. Later." },
    ];
    const { documents } = await read(write("refs.json", study("NCT00000001", { referencesModule: { references } })));
    expect(documents[0]!.related).toEqual({ publication: ["PMID:11", "PMID:13"], background: ["PMID:12"] });
    expect(section(documents[0], "References")).toContain("Doe J. A result. PMID:11. (result)");
  });

  it("with results gives values by group; a median of NA was not reached, another NA is not available", async () => {
    const groups = [
      { id: "OG0", title: "Drug" },
      { id: "OG1", title: "Placebo" },
    ];
    const measure = (paramType: string, values: object[]) => ({
      type: "PRIMARY",
      title: "Survival",
      timeFrame: "2 years",
      paramType,
      dispersionType: "95% Confidence Interval",
      unitOfMeasure: "months",
      groups,
      classes: [{ categories: [{ measurements: values }] }],
      analyses: [
        {
          groupIds: ["OG0", "OG1"],
          paramType: "Hazard Ratio (HR)",
          paramValue: "0.45",
          pValue: "<0.001",
          ciPctValue: "95",
          ciLowerLimit: "0.33",
          ciUpperLimit: "0.63",
        },
      ],
    });
    const median = measure("MEDIAN", [
      { groupId: "OG0", value: "NA", lowerLimit: "15.6", upperLimit: "NA", comment: "Too few events" },
      { groupId: "OG1", value: "4.8", lowerLimit: "4.3", upperLimit: "4.9" },
    ]);
    const adverseEventsModule = {
      eventGroups: [{ id: "EG0", title: "Drug", seriousNumAffected: 3, seriousNumAtRisk: 20 }],
      seriousEvents: [
        { term: "Anaemia", organSystem: "Blood", stats: [{ groupId: "EG0", numAffected: 2, numAtRisk: 20 }] },
      ],
    };
    const resultsSection = {
      outcomeMeasuresModule: { outcomeMeasures: [median, measure("MEAN", [{ groupId: "OG0", value: "NA" }])] },
      adverseEventsModule,
    };
    const { documents } = await read(write("results.json", study("NCT00000001", {}, { resultsSection })));
    const [first, second] = documents[0]!.sections.filter(({ label }) => label === "Result, primary");
    expect(first!.text).toBe(
      [
        "Survival (2 years)",
        "median (95% Confidence Interval), months: Drug not reached (15.6 to not reached) (Too few events); Placebo 4.8 (4.3 to 4.9)",
        "Analysis (Drug against Placebo): Hazard Ratio (HR): 0.45; 95 % confidence interval: 0.33 to 0.63; p: <0.001",
      ].join("\n"),
    );
    expect(second!.text).toContain("Drug not available");
    expect(section(documents[0], "Adverse events")).toBe("Drug: serious 3/20\nserious: Anaemia (Blood): Drug 2/20");
  });
});

describe("files", () => {
  it("may be a study, a page of a search, a list, or a study a line; what is no study is told", async () => {
    for (const [name, content] of Object.entries({
      "page.json": { totalCount: 2, studies: [study("NCT00000001"), study("NCT00000002")], nextPageToken: "x" },
      "list.json": [study("NCT00000001"), study("NCT00000002")],
      "lines.jsonl": [study("NCT00000001"), study("NCT00000002")].map((s) => JSON.stringify(s)).join("\n"),
      "other.json": { studies: [study("NCT00000001"), study("EUCTR-1"), {}, study("NCT00000002")] },
    })) {
      const { documents, problems } = await read(write(name, content));
      expect(documents.map(({ id }) => id)).toEqual(["NCT:NCT00000001", "NCT:NCT00000002"]);
      expect(problems.length).toBe(name === "other.json" ? 2 : 0);
    }
  });

  it.each([
    ["<!doctype html><p>busy", /is no JSON/],
    ["{}", /holds no ClinicalTrials\.gov studies/],
    ['{"studies": []}', /holds no ClinicalTrials\.gov studies/],
    ['{"error": "rate limit"}', /is an error message that was saved in place of data \(rate limit\)/],
    ["", /is empty/],
  ])("%s is refused by name", async (content, reason) => {
    await expect(read(write("bad.json", content))).rejects.toThrow(reason);
  });

  it.skipIf(!existsSync(REAL))("of the real service are read (skipped without ../shared/data)", async () => {
    const { documents, problems } = await read(REAL);
    expect(problems).toEqual([]);
    expect(documents.length).toBe(6);
    const toca = documents.find(({ id }) => id === "NCT:NCT02576665");
    expect(toca).toMatchObject({ publisher: "Tocagen Inc.", identifiers: { nct: "NCT02576665" } });
    expect(section(toca, "Design")).toBe("Study type: interventional\nPhase: phase 1\nEnrolment: 21");
    expect(section(toca, "Status")).toBe("Status: terminated\nStart: 2016-07\nCompletion: 2019-12-20");
    expect(section(toca, "Interventions")).toContain("Toca FC (also Flucytosine; 5-FC; 5-Fluorocytosine)");
    expect(section(toca, "Summary")).toContain("[rHGG]");
  });
});

/** Every file of ../shared/data/{pubmed,fda,trials} as `data import` takes it: which documents it gives, or why none (skipped where they are not there). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KnowledgeRecord, type Document } from "../../../schemas/index.ts";
import { SOURCES } from "./index.ts";

const DATA = "../shared/data";

async function read(kind: string, file: string) {
  const documents: Document[] = [];
  const problems: string[] = [];
  const context = { problem: ({ reason }: { reason: string }) => problems.push(reason), about: () => {} };
  for await (const records of SOURCES.get(kind)!.read(join(DATA, file), context)) {
    for (const record of [records].flat()) {
      const sound = KnowledgeRecord.parse(record);
      if (sound.type === "document") documents.push(sound.document);
    }
  }
  return { documents, problems };
}

/** A phrase of each document, as the source has it, under the heading where a reader looks for it. */
const GIVEN: [kind: string, file: string, id: string, heading: string, phrase: string][] = [
  [
    "pubmed",
    "pubmed/efetch_22663011.xml",
    "PMID:22663011",
    "RESULTS",
    "hazard ratio for death, 0.54; 95% CI, 0.32 to 0.92; P=0.01",
  ],
  [
    "jats",
    "pubmed/pmc3040717.jats.xml",
    "PMC:PMC3040717",
    "Abstract",
    "Forty-two of the variants show little effect on function",
  ],
  [
    "pubtator",
    "pubmed/pubtator_export.json",
    "PMID:22663011",
    "Abstract",
    "95% confidence interval [CI], 0.33 to 0.63; P<0.001",
  ],
  [
    "spl",
    "fda/lipitor.spl.xml",
    "SPL:c6e131fe-e7df-4876-83f7-9156fc4e8228",
    "3 DOSAGE FORMS AND STRENGTHS",
    "containing 10, 20, 40, and 80 mg atorvastatin calcium",
  ],
  [
    "spl",
    "fda/lipitor.spl.xml",
    "SPL:c6e131fe-e7df-4876-83f7-9156fc4e8228",
    "4 CONTRAINDICATIONS",
    "4.2 Hypersensitivity to any component",
  ],
  [
    "spl",
    "fda/cough.spl.xml",
    "SPL:00f66f25-3469-4c16-9baf-fba21e9628bd",
    "Products",
    "DIPHENHYDRAMINE HYDROCHLORIDE 6.25 mg/5 mL",
  ],
  [
    "labels",
    "fda/openfda-label-ambien.json",
    "SPL:02b5e3bb-c976-40a3-9077-64ffe637429f",
    "Dosage forms and strengths",
    "5 mg",
  ],
  [
    "labels",
    "fda/openfda-label-aspirin.json",
    "SPL:0025eb89-590c-4451-8a06-b129686cf75a",
    "Active ingredient",
    "spirin",
  ],
  ["labels", "fda/drugsfda_imatinib.json", "NDA:NDA021588", "Submissions", "ORIG 1: approved 2003-04-18"],
  [
    "trials",
    "trials/NCT02576665.json",
    "NCT:NCT02576665",
    "Status",
    "Status: terminated\nStart: 2016-07\nCompletion: 2019-12-20",
  ],
  ["trials", "trials/search_phelan.json", "NCT:NCT02710084", "Sponsor", "Lead sponsor: "],
];

/** Answers of services that hold no document, and what is said of each. */
const REFUSED: [kind: string, file: string, reason: RegExp][] = [
  [
    "labels",
    "fda/openfda-404.json",
    /is an error message that was saved in place of data \(NOT_FOUND: No matches found!\)/,
  ],
  ["labels", "fda/openfda-500.json", /is an error message that was saved in place of data \(SERVER_ERROR/],
  ["labels", "fda/openfda-missingopenfda.json", /holds no openFDA labels or applications/],
  ["labels", "fda/faers_event.json", /holds no openFDA labels or applications/],
  ["pubmed", "pubmed/esearch.json", /is no PubMed XML \(it begins with/],
  ["pubmed", "pubmed/esummary.json", /is no PubMed XML \(it begins with/],
  ["jats", "pubmed/efetch_22663011.xml", /is no JATS XML/],
  ["trials", "pubmed/europepmc_search.json", /holds no ClinicalTrials\.gov studies/],
];

describe.skipIf(!existsSync(DATA))("real files (skipped without ../shared/data)", () => {
  it.each(GIVEN)("%s %s gives %s, with %s", async (kind, file, id, heading, phrase) => {
    const { documents, problems } = await read(kind, file);
    expect(problems).toEqual([]);
    const texts = documents.find((one) => one.id === id)?.sections.filter((one) => one.label === heading);
    expect(texts?.map((one) => one.text).join("\n")).toContain(phrase);
  });

  it.each(REFUSED)("%s %s is refused", async (kind, file, reason) => {
    await expect(read(kind, file)).rejects.toThrow(reason);
    await expect(read(kind, file)).rejects.toThrow(file);
  });

  it("a folder of good and bad ones gives the good ones, and a reason for each other", async () => {
    const { documents, problems } = await read("labels", "fda");
    expect(documents).toHaveLength(3);
    expect(problems).toHaveLength(4);
  });
});

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/client";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  documentText,
  type AddEvidenceResult,
  type ExplainDiagnosisResult,
  type FindingsResult,
  type RankDiagnosesResult,
  type SuggestFindingsResult,
} from "../../schemas/index.ts";
import type { Knowledge } from "../knowledge/index.ts";
import { defineServer } from "../kit/index.ts";
import { ClinicalEngine } from "./engine.ts";
import { clinicalReasoning } from "./main.ts";
import { loadClinicalModel, compileClinicalModel } from "./model/store.ts";
import { makeKnowledge } from "./testing/knowledge-folder.ts";
import { TOOLS } from "./tools/index.ts";
import { connected } from "../kit/testing/connected.ts";

const folder = mkdtempSync(join(tmpdir(), "reasoning-"));
let knowledge: Knowledge;
let client: Client;

beforeAll(async () => {
  knowledge = makeKnowledge(folder);
  const server = defineServer({
    name: "clinical-reasoning",
    title: "",
    instructions: "",
    tools: TOOLS,
    open: () => new ClinicalEngine(knowledge),
  })();
  client = await connected(server);
});
afterAll(async () => {
  await client.close();
  knowledge.close();
  rmSync(folder, { recursive: true, force: true });
});

async function call<T>(name: string, args: Record<string, unknown>): Promise<T> {
  const result = await client.callTool({ name, arguments: args });
  expect(result.isError, JSON.stringify(result.content)).toBeFalsy();
  return result.structuredContent as T;
}
async function failure(name: string, args: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: args });
  expect(result.isError).toBe(true);
  return (
    JSON.parse((result.content as { text: string }[])[0]!.text) as { error: { reason: string; recovery: string } }
  ).error;
}
const rank = (args: Record<string, unknown>) => call<RankDiagnosesResult>("rank_diagnoses", args);

describe("identify_findings and rank_diagnoses", () => {
  it("go from a description to a differential with citable sources", async () => {
    const { findings, age, sex } = await call<FindingsResult>("identify_findings", {
      text: "A boy of 14 with spider fingers and a lens dislocation. No seizures.",
    });
    expect({ age, sex }).toEqual({ age: "P14Y", sex: "male" });
    const ids = (negated: boolean) => findings.filter((f) => f.negated === negated).map((f) => f.id);
    const result = await rank({ observed: ids(false), excluded: ids(true), age, sex });
    expect(result.diagnoses[0]).toMatchObject({ disease: "OMIM:154700", name: "Marfan syndrome" });
    const [low, high] = result.diagnoses[0]!.interval!;
    const { posterior, contributions } = result.diagnoses[0]!;
    expect(low).toBeLessThanOrEqual(posterior);
    expect(posterior).toBeLessThanOrEqual(high);
    expect(contributions.find((c) => c.finding === "HP:0001083")).toMatchObject({
      kind: "observed",
      via: "Ectopia lentis (HP:0001083)",
      source: "60 of 100 patients (PMID:1)",
    });
    expect(result.candidates).toBe(3);
    expect(result.relations.map((r) => r.subjectName)).toContain("Marfan syndrome");
    for (const passage of result.passages) {
      const text = documentText(knowledge.documents.get(passage.document)!);
      expect(text.slice(passage.start, passage.end)).toBe(passage.text);
    }
    expect(result.passages.length).toBeGreaterThan(1);
  });

  it("is the same twice, to the last digit", async () => {
    const observed = ["HP:0001166", "HP:0001083"];
    expect(await rank({ observed })).toEqual(await rank({ observed: observed.toReversed() }));
  });

  it("maps obsolete identifiers, reads words, and reports what it does not know", async () => {
    const { notes } = await rank({ observed: ["HP:0001275", "spider fingers since birth", "HP:7777777"] });
    expect(notes!.join("\n")).toContain("HP:0001275 is now HP:0001250 (Seizure)");
    expect(notes!.join("\n")).toContain("was read as Arachnodactyly");
    expect(notes!.join("\n")).toContain("not known, left out: HP:7777777");
  });

  it("says when a finding is too little, and when candidates are unknown", async () => {
    const { notes, diagnoses } = await rank({ observed: ["Seizure"], candidates: ["Dravet syndrome", "OMIM:1"] });
    expect(diagnoses.map((d) => d.disease)).toEqual(["OMIM:607208"]);
    expect(notes!.join("\n")).toMatch(/only 1 finding: too little/);
    expect(notes!.join("\n")).toContain("OMIM:1");
  });

  it("fails with what to do next where nothing is known or given", async () => {
    expect(await failure("rank_diagnoses", { observed: ["banana"] })).toMatchObject({ reason: "not_found" });
    expect(await failure("rank_diagnoses", { observed: [] })).toMatchObject({ reason: "invalid_arguments" });
    expect(await failure("rank_diagnoses", { observed: ["Seizure"], evidenceSet: "none" })).toMatchObject({
      reason: "not_found",
    });
    expect(await failure("identify_findings", { text: "  " })).toMatchObject({ reason: "invalid_arguments" });
  });

  it("takes 500 findings, ages in words and contradictions, and says what it made of them", async () => {
    const observed = Array.from({ length: 500 }, (_, i) =>
      i % 2 ? "HP:0001083" : `HP:99${String(i).padStart(5, "0")}`,
    );
    const { diagnoses, notes } = await rank({
      observed,
      excluded: ["HP:0001083"],
      age: "about four",
      prior: "uniform",
    });
    expect(diagnoses[0]!.posterior).toBeGreaterThan(0);
    expect(notes!.length).toBeLessThan(30);
    expect(notes!.join("\n")).toContain("contradiction: Ectopia lentis");
    expect(notes!.join("\n")).toContain('the age "about four" could not be read');
    expect(notes!.join("\n")).toContain("uniform prior");
  });

  it("leaves out what only a retracted document says", async () => {
    const { diagnoses } = await rank({ observed: ["HP:0001166"], limit: 3 });
    const dravet = diagnoses.find((d) => d.disease === "OMIM:607208")!;
    expect(dravet.contributions.find((c) => c.kind === "observed")!.logLikelihoodRatio).toBeLessThan(0);
  });
});

/** What a published LR+ of 100 makes of one finding of Dravet syndrome. */
async function ratioWith(grade: string): Promise<number> {
  const { evidenceSet } = await call<AddEvidenceResult>("add_evidence", {
    disease: "OMIM:607208",
    finding: "HP:0001083",
    lrPositive: 100,
    document: "PMID:20",
    grade,
  });
  const { diagnoses } = await rank({ observed: ["HP:0001083"], evidenceSet });
  return diagnoses.find((d) => d.disease === "OMIM:607208")!.contributions[0]!.logLikelihoodRatio;
}

describe("add_evidence", () => {
  const statement = {
    disease: "Homocystinuria",
    finding: "Arachnodactyly",
    observed: "30 of 50",
    document: "NOTE:series",
    quote: "Of 50 patients with homocystinuria, 30 had arachnodactyly.",
  };
  const observed = ["HP:0001083", "HP:0001166"];
  const scoreOf = async (evidenceSet?: string) => {
    const { diagnoses } = await rank({ observed, ...(evidenceSet ? { evidenceSet } : {}) });
    return diagnoses.map((d) => [d.disease, d.posterior, d.logLikelihoodRatio, d.interval]);
  };

  it("moves the differential, and removing restores it exactly", async () => {
    const before = await scoreOf();
    const { evidenceSet, items } = await call<AddEvidenceResult>("add_evidence", statement);
    expect(items[0]!.statement).toBe("Arachnodactyly in Homocystinuria: 30 of 50 patients");
    const { diagnoses } = await rank({ observed, evidenceSet });
    const changed = diagnoses.find((d) => d.disease === "OMIM:236200")!;
    expect(changed.contributions.find((c) => c.finding === "HP:0001166")!.source).toBe(
      "30 of 50 patients (NOTE:series)",
    );
    expect(await scoreOf(evidenceSet)).not.toEqual(before);
    await call("add_evidence", { evidenceSet, remove: items[0]!.id });
    expect(await scoreOf(evidenceSet)).toEqual(before);
  });

  it("takes a disease that nothing else knows, by its name", async () => {
    const { evidenceSet, items } = await call<AddEvidenceResult>("add_evidence", {
      disease: "OMIM:999999",
      name: "A new disease",
      finding: "HP:0001166",
      observed: "7 of 8",
      document: "PMID:21",
    });
    expect(items[0]!.statement).toBe("Arachnodactyly in A new disease: 7 of 8 patients");
    const { diagnoses } = await rank({ observed: ["HP:0001166"], evidenceSet });
    expect(diagnoses.find((d) => d.disease === "OMIM:999999")).toMatchObject({ name: "A new disease" });
  });

  it("counts the same statement of the same document once", async () => {
    const { evidenceSet } = await call<AddEvidenceResult>("add_evidence", statement);
    const { items } = await call<AddEvidenceResult>("add_evidence", { ...statement, evidenceSet });
    expect(items).toHaveLength(1);
  });

  it("gives bit-identical results in any order", async () => {
    const all = [
      statement,
      { disease: "OMIM:154700", finding: "HP:0001166", observed: "3/7", document: "PMID:11" },
      { disease: "OMIM:154700", finding: "HP:0001083", frequency: "35%", document: "PMID:12" },
      { disease: "OMIM:154700", finding: "HP:0001083", frequency: "HP:0040281", document: "PMID:13" },
      { disease: "OMIM:607208", finding: "HP:0001083", lrPositive: 7, document: "PMID:14", grade: "B" },
      { disease: "OMIM:607208", finding: "HP:0001083", lrPositive: 0.3, document: "PMID:15", grade: "D" },
      { disease: "OMIM:999999", finding: "HP:0001083", observed: "2 of 2", document: "PMID:16" },
    ];
    const results = new Set<string>();
    const orders = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { numRuns: 6, seed: 4 });
    for (const order of orders) {
      let set: string | undefined;
      for (const item of order) {
        set = (await call<AddEvidenceResult>("add_evidence", { ...item, ...(set ? { evidenceSet: set } : {}) }))
          .evidenceSet;
      }
      results.add(JSON.stringify(await scoreOf(set)));
    }
    expect(results.size).toBe(1);
    expect([...results][0]).toContain("OMIM:999999");
  });

  it("moves a likelihood ratio by its grade, never all the way", async () => {
    const [strong, weak] = [await ratioWith("A"), await ratioWith("D")];
    expect(strong).toBeLessThan(Math.log(100));
    expect(weak).toBeLessThan(strong);
  });

  it("refuses retracted documents, wrong quotes and unclear statements", async () => {
    expect(await failure("add_evidence", { ...statement, document: "NOTE:retracted" })).toMatchObject({
      reason: "refused",
    });
    expect(await failure("add_evidence", { ...statement, quote: "All had it." })).toMatchObject({ reason: "refused" });
    expect(await failure("add_evidence", { ...statement, observed: "50 of 30" })).toMatchObject({
      reason: "invalid_arguments",
    });
    expect(await failure("add_evidence", { ...statement, frequency: "45%" })).toMatchObject({
      reason: "invalid_arguments",
    });
    expect(await failure("add_evidence", { ...statement, finding: "banana" })).toMatchObject({ reason: "not_found" });
  });
});

describe("suggest_next_findings and explain_diagnosis", () => {
  it("asks for what tells the leading diagnoses apart", async () => {
    const { suggestions } = await call<SuggestFindingsResult>("suggest_next_findings", { observed: ["HP:0001083"] });
    expect(suggestions[0]!.expectedGain).toBeGreaterThan(0);
    expect(suggestions.map((s) => s.finding)).not.toContain("HP:0001083");
    expect(suggestions[0]!.discriminates.length).toBeGreaterThan(1);
  });

  it("explains with numbers what speaks for and against, and what to look for", async () => {
    const result = await call<ExplainDiagnosisResult>("explain_diagnosis", {
      disease: "marfan syndrome",
      observed: ["HP:0001083", "HP:0001250"],
    });
    expect(result.explanation).toContain("of 3 diseases");
    expect(result.explanation).toMatch(/Speaks for it:\n- Ectopia lentis: odds ×/);
    expect(result.explanation).toMatch(/Speaks against it:\n(?:- .*\n)*- Seizure: odds ÷/);
    expect(result.explanation).toContain("Arachnodactyly: about 90% of patients (PMID:1)");
    expect(result.passages[0]!.text).toContain("Ectopia lentis");
    expect(await failure("explain_diagnosis", { disease: "gout", observed: ["HP:0001083"] })).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("the compiled file", () => {
  it("is made when missing, used when whole, made again when damaged or of another revision", async () => {
    const file = join(folder, "clinical.bin");
    rmSync(file, { force: true });
    expect(loadClinicalModel(knowledge).size).toBe(3);
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, "half a model");
    expect(loadClinicalModel(knowledge).size).toBe(3);
    const other = {
      ...knowledge,
      path: folder,
      manifest: { ...knowledge.manifest, revision: "2" },
      documents: knowledge.documents,
      graph: knowledge.graph,
    };
    const steps: string[] = [];
    await compileClinicalModel(other, { onProgress: (_done, _total, message) => message && steps.push(message) });
    expect(steps.join()).toContain("3 diseases");
    expect(loadClinicalModel(other).size).toBe(3);
  });

  it("belongs to a server that starts without opening it", () => {
    expect(clinicalReasoning({ knowledge: "nowhere" }).name).toBe("clinical-reasoning");
  });
});

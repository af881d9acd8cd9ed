import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentText } from "../../schemas/index.ts";
import { ToolError } from "../kit/index.ts";
import type { Knowledge } from "../knowledge/index.ts";
import { explorerOver, type Explorer } from "./index.ts";
import { openSmallGraph, SMALL } from "./testing/small-graph.ts";

let explorer: Explorer;
let knowledge: Knowledge;
let remove: () => void;
beforeAll(() => {
  ({ knowledge, remove } = openSmallGraph(SMALL));
  ({ explorer } = explorerOver(knowledge));
});
afterAll(() => remove());

async function failureOf(promise: Promise<unknown>): Promise<ToolError> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(ToolError);
  return error as ToolError;
}

describe("find", () => {
  it("reads a name as a name and a sentence as a text with mentions", async () => {
    const name = await explorer.find("Lens dislocation");
    expect(name.entities.map((e) => [e.id, e.match, e.mention])).toEqual([["HP:0001083", "exact", undefined]]);
    const text = await explorer.find("Which drug of Novartis treats heart failure?");
    expect(text.entities.map((e) => [e.id, e.mention?.text])).toEqual([
      ["ORG:novartis", "Novartis"],
      ["DIS:hf", "heart failure"],
    ]);
    expect(text.entities[0]!.degree).toBe(3);
  });

  it("says empty, not found-nothing-wrong, when nothing is named", async () => {
    const { entities, outcomes } = await explorer.find("Who won the cup?");
    expect(entities).toEqual([]);
    expect(outcomes).toMatchObject([{ outcome: "empty" }]);
  });

  it("names the categories when asked for one that does not exist", async () => {
    const failure = await failureOf(explorer.find("Marfan", { category: "Illness" }));
    expect(failure.recovery).toContain("Disease");
    expect((await explorer.find("Marfan", { category: "biolink:disease" })).entities).toHaveLength(2);
  });
});

describe("card", () => {
  it("counts relations per predicate and direction", async () => {
    const card = await explorer.card("OMIM:154700");
    expect(card.degree).toBe(3);
    expect(card.relationCounts).toEqual([
      { predicate: "has_phenotype", direction: "out", count: 2, reads: "shows" },
      { predicate: "causes", direction: "in", count: 1, reads: "is caused by" },
    ]);
  });

  it("takes an unambiguous name and an xref's owner; says which ids a shared name has", async () => {
    expect((await explorer.card("Diovan")).entity.id).toBe("DRUG:valsartan");
    const failure = await failureOf(explorer.card("Marfan syndrome"));
    expect(failure.reason).toBe("ambiguous");
    expect(failure.recovery).toMatch(/OMIM:154700.*ORPHA:558/);
  });

  it("offers the closest names for one it does not know", async () => {
    const failure = await failureOf(explorer.card("Fabri diseas"));
    expect(failure).toMatchObject({ reason: "not_found", retryable: false });
    expect(failure.recovery).toContain("OMIM:301500 (Fabry disease");
  });
});

describe("neighbors", () => {
  it("puts relations with evidence first, then goes by name, and shows negation", async () => {
    const { relations, entities, total } = await explorer.neighbors({ id: "OMIM:154700" });
    expect(total).toBe(3);
    expect(relations!.map((r) => [r.subjectName, r.objectName, r.negated ?? false, r.evidence!.length])).toEqual([
      ["Marfan syndrome", "Ectopia lentis", false, 1],
      ["FBN1", "Marfan syndrome", false, 1],
      ["Marfan syndrome", "Seizure", true, 0],
    ]);
    expect(entities.map((e) => e.id)).toEqual(["HP:0001083", "NCBIGene:2200", "HP:0001250"]);
  });

  it("filters by predicate, category and direction", async () => {
    const names = async (query: object) =>
      (await explorer.neighbors({ id: "Entresto", ...query })).entities.map((e) => e.name);
    expect(await names({ predicates: ["biolink:has active ingredient"] })).toEqual(["sacubitril", "valsartan"]);
    expect(await names({ categories: ["organization", "Disease"] })).toEqual(["heart failure", "Novartis"]);
    expect(await names({ direction: "in" })).toEqual([]);
    const failure = await failureOf(explorer.neighbors({ id: "Entresto", predicates: ["cures"] }));
    expect(failure.recovery).toContain("treats");
  });

  it("says what there is when a filter leaves nothing", async () => {
    const { outcomes } = await explorer.neighbors({ id: "Entresto", direction: "in" });
    expect(outcomes![0]).toMatchObject({
      outcome: "empty",
      message: expect.stringContaining("manufactured_by (out, 1)"),
    });
  });

  it("pages without gap or repetition, and refuses another question's cursor", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await explorer.neighbors({ id: "DRUG:entresto", limit: 3, cursor });
      seen.push(...page.relations!.map((r) => r.id));
      cursor = page.nextCursor;
    } while (cursor);
    const whole = await explorer.neighbors({ id: "DRUG:entresto" });
    expect(seen).toEqual(whole.relations!.map((r) => r.id));
    const { nextCursor } = await explorer.neighbors({ id: "DRUG:entresto", limit: 1 });
    const failure = await failureOf(explorer.neighbors({ id: "OMIM:154700", cursor: nextCursor }));
    expect(failure.recovery).toContain("without cursor");
    await failureOf(explorer.neighbors({ id: "OMIM:154700", cursor: "junk" }));
  });

  it("does not count a retracted document as evidence", async () => {
    const { relations, notes } = await explorer.neighbors({ id: "NCBIGene:2717" });
    expect(relations![0]!.evidence).toEqual([]);
    expect(notes).toEqual(["retracted, so no evidence: NOTE:retracted"]);
  });
});

describe("evidence", () => {
  it("gives verbatim passages of stored documents, with what the documents are", async () => {
    const { passages, documents, outcomes } = await explorer.evidence({ subject: "FBN1", object: "OMIM:154700" });
    const document = knowledge.documents.get("NOTE:2")!;
    expect(passages).toHaveLength(1);
    const { start, end, text, id } = passages![0]!;
    expect(text).toBe("Marfan syndrome is caused by mutations of FBN1. Ectopia lentis is frequent.");
    expect(documentText(document).slice(start, end)).toBe(text);
    expect(id).toBe(`NOTE:2#${start}-${end}`);
    expect(documents).toEqual([{ id: "NOTE:2", title: "Marfan syndrome", published: "2020" }]);
    expect(outcomes).toEqual([{ source: "graph", outcome: "found" }]);
  });

  it("works from a relation id, from either direction, and from one end with a predicate", async () => {
    const { relations } = await explorer.neighbors({ id: "Entresto", predicates: ["manufactured_by"] });
    const byId = await explorer.evidence({ relation: relations![0]!.id });
    expect(byId.passages![0]!.text).toContain("It is marketed by Novartis.");
    expect(await explorer.evidence({ subject: "Novartis", object: "Entresto" })).toEqual(byId);
    expect(await explorer.evidence({ object: "Novartis", predicate: "manufactured_by" })).toEqual(byId);
  });

  it("never invents: a missing document or a quote that is not there is degraded", async () => {
    const missing = await explorer.evidence({ subject: "Entresto", object: "heart failure" });
    expect(missing.passages).toEqual([]);
    expect(missing.outcomes).toMatchObject([
      { outcome: "degraded", message: expect.stringContaining("NOTE:missing is not stored") },
    ]);
    const misquoted = await explorer.evidence({ subject: "valsartan", predicate: "antagonizes" });
    expect(misquoted.passages).toEqual([]);
    expect(misquoted.outcomes![0]!.message).toContain("not verbatim in NOTE:1");
  });

  it("shows a retracted document as retracted, and no evidence", async () => {
    const { documents, outcomes } = await explorer.evidence({ subject: "GLA", object: "Fabry disease" });
    expect(documents![0]).toMatchObject({ id: "NOTE:retracted", integrity: "retracted" });
    expect(outcomes![0]).toMatchObject({ outcome: "degraded", message: expect.stringContaining("no sound evidence") });
  });

  it("tells no relation from a relation without evidence, and asks for what it needs", async () => {
    const none = await explorer.evidence({ subject: "Novartis", object: "Fabry disease" });
    expect(none.outcomes).toMatchObject([{ outcome: "empty", message: "no such relation between these entities" }]);
    const bare = await explorer.evidence({ subject: "Novartis", object: "Sandoz" });
    expect(bare.outcomes).toMatchObject([{ outcome: "empty", message: "the relation is stored without evidence" }]);
    expect((await failureOf(explorer.evidence({ subject: "Novartis" }))).reason).toBe("invalid_arguments");
    expect((await failureOf(explorer.evidence({ relation: "R:0" }))).reason).toBe("not_found");
  });
});

describe("the whole graph", () => {
  it("lists categories and predicates with how they read", async () => {
    const { counts, categories, predicates, name } = await explorer.describe();
    expect(name).toBe("small");
    expect(counts).toEqual({ entities: SMALL.entities.length, relations: SMALL.relations.length, documents: 3 });
    expect(categories).toContainEqual({ category: "Organization", count: 3, example: "Novartis" });
    expect(predicates).toContainEqual({ predicate: "causes", count: 3, reads: "Gene causes Disease" });
  });
});

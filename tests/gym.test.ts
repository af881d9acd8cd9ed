/** The five servers and the planner in a fictional world, which none of them can tell from a real one: right answers, cited word for word. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KIND_NOUNS } from "../host/policies/planner/kind-nouns.ts";
import { RELATION_PHRASES, speaksOfRelation } from "../host/policies/planner/relation-phrases.ts";
import { documentText, PREDICATES, type Entity, type Relation } from "../schemas/index.ts";
import { readGym } from "../servers/knowledge/gym/index.ts";
import { openKnowledge, type Knowledge } from "../servers/knowledge/index.ts";
import { workplace } from "./workplace.ts";
import { openAsking, type Asking } from "./asking.ts";

const WORLD = "gym:rosehip:300";
const place = workplace();
let knowledge: Knowledge;
let asking: Asking;

const entities = new Map<string, Entity>();
const relations: Relation[] = [];
for (const record of readGym({ seed: "rosehip", size: 300 })) {
  if (record.type === "entity") entities.set(record.entity.id, record.entity);
  if (record.type === "relation") relations.push(record.relation);
}

beforeAll(async () => {
  knowledge = openKnowledge(WORLD, place.home);
  asking = await openAsking(place, WORLD);
});

afterAll(async () => {
  await asking.close();
  knowledge.close();
  place.remove();
});

const ask = (question: string) => asking.ask(question);

/** A step of a chain: along a predicate (`treats`), or against it (`-treats`). */
function follow(ids: string[], step: string): string[] {
  const predicate = step.replace("-", "");
  const found = relations
    .filter((r) => r.predicate === predicate && !r.negated)
    .flatMap((r) =>
      step.startsWith("-") ? (ids.includes(r.object) ? [r.subject] : []) : ids.includes(r.subject) ? [r.object] : [],
    );
  return [...new Set(found)];
}

/** Things of a category from which the steps lead to exactly one answer, a few of them. */
function chains(category: string, steps: string[], count: number): { name: string; answer: string }[] {
  const found: { name: string; answer: string }[] = [];
  for (const { id, name, category: own } of entities.values()) {
    if (own !== category || found.length === count) continue;
    const ends = steps.reduce(follow, [id]);
    if (ends.length === 1 && ends[0] !== id) found.push({ name, answer: entities.get(ends[0]!)!.name });
  }
  return found;
}

const CHAINS: [string, string, string[]][] = [
  ["Which gene causes X?", "Disease", ["-causes"]],
  ["Which drug was the comparator in X?", "ClinicalTrial", ["has_comparator"]],
  ["Which protein is encoded by the gene that causes X?", "Disease", ["-causes", "has_gene_product"]],
  ["Which company developed the drug that was tested in X?", "ClinicalTrial", ["studies_intervention", "developed_by"]],
  [
    "Which company developed the drug that inhibits the protein encoded by X?",
    "Gene",
    ["has_gene_product", "-inhibits", "developed_by"],
  ],
  [
    "Which society published the guideline that recommends the drug that was tested in X?",
    "ClinicalTrial",
    ["studies_intervention", "-recommends", "published_by"],
  ],
  [
    "Which protein is encoded by the gene that causes the disease that was studied in X?",
    "ClinicalTrial",
    ["studies_condition", "-causes", "has_gene_product"],
  ],
];

describe("chain questions", () => {
  it.each(CHAINS)("%s", async (template, category, steps) => {
    const cases = chains(category, steps, 2);
    expect(cases.length).toBeGreaterThan(0);
    for (const { name, answer } of cases) {
      const outcome = await ask(template.replace("X", name));
      expect(outcome.termination).toBe("answered");
      expect(outcome.answer.toLowerCase()).toContain(answer.toLowerCase());
      expect(outcome.citations.length).toBeGreaterThanOrEqual(steps.length);
      for (const { n, document, quote } of outcome.citations) {
        expect(outcome.answer).toContain(`[${n}]`);
        const stored = knowledge.documents.get(document)!;
        expect(documentText(stored)).toContain(quote);
        expect(stored.integrity).not.toBe("retracted");
      }
    }
  });

  it("does not take for true what was refuted", async () => {
    const refuted = relations.find((r) => r.negated && r.predicate === "treats")!;
    const [drug, disease] = [refuted.subject, refuted.object].map((id) => entities.get(id)!.name);
    const outcome = await ask(`Which drugs treat ${disease}?`);
    expect(outcome.answer).not.toContain(drug);
  });
});

describe("clinical reasoning", () => {
  it("finds the disease whose findings a patient shows", async () => {
    const shown = Map.groupBy(
      relations.filter((r) => r.predicate === "has_phenotype" && !r.negated),
      (r) => r.subject,
    );
    const [disease, findings] = [...shown].toSorted(([, a], [, b]) => b.length - a.length)[0]!;
    const names = findings.slice(0, 5).map((r) => entities.get(r.object)!.name);
    const outcome = await ask(`A patient has ${names.join(", ")}. What is the most likely diagnosis?`);
    expect(outcome.answer).toContain(entities.get(disease)!.name);
    expect(outcome.citations.length).toBeGreaterThan(0);
  });
});

describe("what a reader of names and sentences needs", () => {
  it("no name holds a word that says a relation or a kind, but for the noun it ends in", () => {
    const patterns = [...RELATION_PHRASES, ...KIND_NOUNS].map(
      ({ pattern }) => new RegExp(`\\b(?:${pattern})(?![\\w-])`, "i"),
    );
    const own = / (?:syndrome|disease|guideline|inheritance|Society)$/;
    for (const { name, synonyms = [] } of entities.values()) {
      for (const each of [name, ...synonyms]) {
        expect(
          patterns.filter((p) => p.test(each.replace(own, ""))),
          each,
        ).toEqual([]);
      }
    }
  });

  it("most evidence says its relation in words that questions use; mere mentions say none", () => {
    const pieces = relations.flatMap((r) =>
      r.negated ? [] : r.evidence.map(({ quote }) => ({ quote, predicate: r.predicate })),
    );
    const plain = pieces.filter(({ quote, predicate }) => speaksOfRelation(quote, predicate));
    expect(plain.length).toBeGreaterThan(0.75 * pieces.length);
    const evidence = new Set(relations.flatMap((r) => r.evidence.map((e) => e.document)));
    const idle = [...knowledge.documents.all()].filter((d) => d.sections.every((s) => s.label === "Notes"));
    expect(idle.length).toBeGreaterThan(100);
    for (const { id, sections } of idle) {
      expect(evidence.has(id)).toBe(false);
      const text = sections.map((s) => s.text).join(" ");
      expect(
        Object.keys(PREDICATES).filter((p) => speaksOfRelation(text, p)),
        text,
      ).toEqual([]);
    }
  });
});

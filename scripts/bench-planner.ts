/**
 * How much of what the knowledge holds does the planner find? Random chains of one to four relations and random
 * intersections, asked in varied English; right = a gold answer stands in the reply, abstained and wrong are counted apart.
 * `npm run bench:planner [-- --knowledge starter --count 100 --seed 1]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inProcess, loadPolicy, openPool, runSession } from "../host/index.ts";
import type { Entity } from "../schemas/index.ts";
import { openServers } from "../servers/commands/registry.ts";
import { openKnowledge, type StoredRelation } from "../servers/knowledge/index.ts";
import { mulberry32 } from "../servers/kit/mulberry.ts";

type Role = "subject" | "object";

/** Noun phrases for what stands on the other side of a known end, by the role that the known end has. */
const WORDING: Record<string, Partial<Record<Role, string[]>>> = {
  causes: {
    object: [
      "the gene that causes {x}",
      "the gene mutated in {x}",
      "the gene responsible for {x}",
      "the gene behind {x}",
    ],
    subject: [
      "the disease caused by {x}",
      "the disorder that results from mutations in {x}",
      "the condition due to {x}",
    ],
  },
  gene_associated_with_condition: {
    object: ["the gene associated with {x}", "the gene mutated in {x}", "the gene linked to {x}"],
    subject: ["a disease associated with {x}", "a condition caused by {x}"],
  },
  has_gene_product: {
    subject: ["the protein encoded by {x}", "the protein that {x} encodes"],
    object: ["the gene that encodes {x}", "the gene coding for {x}"],
  },
  has_phenotype: { object: ["a disease that shows {x}", "a disease with {x}", "a disorder that presents with {x}"] },
  has_mode_of_inheritance: { subject: ["the mode of inheritance of {x}"] },
  treats: {
    object: ["a drug that treats {x}", "a drug used for {x}", "a medicine approved for {x}"],
    subject: ["the disease treated with {x}", "the condition that {x} treats"],
  },
  has_active_ingredient: {
    subject: ["an ingredient of {x}", "a component of {x}"],
    object: ["the product that contains {x}"],
  },
  inhibits: {
    subject: ["the protein that {x} inhibits", "the target inhibited by {x}"],
    object: ["a drug that inhibits {x}", "an inhibitor of {x}"],
  },
  antagonizes: {
    subject: ["the receptor that {x} blocks", "the receptor blocked by {x}"],
    object: ["a drug that blocks {x}", "an antagonist of {x}"],
  },
  replaces: { subject: ["the protein that {x} replaces"], object: ["a drug that replaces {x}"] },
  manufactured_by: {
    subject: ["the company that markets {x}", "the company that makes {x}", "the manufacturer of {x}"],
    object: ["a drug marketed by {x}", "a drug sold by {x}"],
  },
  developed_by: { subject: ["the company that developed {x}"], object: ["a drug developed by {x}"] },
  acquired: {
    subject: ["a company that {x} acquired", "a company bought by {x}"],
    object: ["the company that acquired {x}", "the company that bought {x}"],
  },
  studies_intervention: {
    subject: ["a drug tested in {x}", "the drug that {x} studied"],
    object: ["a trial that tested {x}"],
  },
  studies_condition: { subject: ["the disease studied in {x}"], object: ["a trial in {x}"] },
  sponsored_by: {
    subject: ["the sponsor of {x}", "the company that sponsored {x}"],
    object: ["a trial sponsored by {x}"],
  },
  published_by: { subject: ["the organization that published {x}"], object: ["a guideline published by {x}"] },
};
const CHAIN_QUESTIONS = ["What is the name of the {x}?", "Which is the {x}?", "Name the {x}."];
const MEETING_QUESTIONS = [
  "Which disease shows both {a} and {b}, and is caused by {g}?",
  "What disorder presents with {a} and {b} and is due to mutations in {g}?",
  "Name a disease with {a} and {b} that is associated with {g}.",
  "Which condition caused by {g} features {a} as well as {b}?",
  "In which disease are both {a} and {b} seen, with {g} being the gene responsible?",
];
/** A chain with more ends than this asks nothing in particular. */
const MAX_GOLD = 20;

interface Asked {
  question: string;
  gold: string[];
  kind: string;
}

const { values: options } = parseArgs({
  options: {
    knowledge: { type: "string", default: "starter" },
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
process.env["MEDRESEARCHER_OFFLINE"] = "1";
const knowledge = openKnowledge(options.knowledge);
const entities = new Map([...knowledge.graph.entities()].map(({ entity }) => [entity.id, entity]));
const relations = new Map<string, StoredRelation[]>();
for (const { name } of knowledge.graph.predicates()) {
  for (const relation of knowledge.graph.relations(name)) {
    if (relation.negated || relation.evidence.length === 0) continue;
    for (const end of [relation.subject, relation.object])
      relations.set(end, [...(relations.get(end) ?? []), relation]);
  }
}
const random = mulberry32(Number(options.seed));
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function across(relation: StoredRelation, from: string): { role: Role; to: string } {
  return relation.subject === from
    ? { role: "subject", to: relation.object }
    : { role: "object", to: relation.subject };
}

function chain(length: number, starts: readonly Entity[]): Asked | undefined {
  const start = pick(starts);
  let [at, phrase] = [start.id, start.name];
  const seen = new Set([at]);
  const steps: { predicate: string; role: Role }[] = [];
  for (let i = 0; i < length; i++) {
    const open = (relations.get(at) ?? []).filter((r) => {
      const { role, to } = across(r, at);
      return WORDING[r.predicate]?.[role] && !seen.has(to) && !steps.some((s) => s.predicate === r.predicate);
    });
    if (open.length === 0) return undefined;
    const relation = pick(open);
    const { role, to } = across(relation, at);
    phrase = pick(WORDING[relation.predicate]![role]!).replace("{x}", () => phrase);
    steps.push({ predicate: relation.predicate, role });
    seen.add(to);
    at = to;
  }
  let ends = new Set([start.id]);
  for (const { predicate, role } of steps) {
    const next = [...ends].flatMap((id) =>
      (relations.get(id) ?? []).filter((r) => r.predicate === predicate && r[role] === id).map((r) => across(r, id).to),
    );
    ends = new Set(next);
  }
  if (ends.size > MAX_GOLD) return undefined;
  const question = pick(CHAIN_QUESTIONS).replace("{x}", () => phrase.replace(/^(?:the|an?) /, ""));
  return { question, gold: [...ends].map((id) => entities.get(id)!.name), kind: `chain of ${length}` };
}

function meeting(diseases: readonly Entity[]): Asked | undefined {
  const disease = pick(diseases);
  const own = relations.get(disease.id) ?? [];
  const findings = own
    .filter((r) => r.predicate === "has_phenotype" && r.subject === disease.id)
    .map((r) => entities.get(r.object)!.name);
  const genes = own
    .filter((r) => r.object === disease.id && entities.get(r.subject)!.category === "Gene")
    .map((r) => entities.get(r.subject)!.name);
  const [a, b] = [pick(findings), pick(findings)];
  if (!a || !b || a === b || genes.length === 0) return undefined;
  const g = pick(genes);
  const question = pick(MEETING_QUESTIONS)
    .replace("{a}", () => a)
    .replace("{b}", () => b)
    .replace("{g}", () => g);
  return { question, gold: [disease.name], kind: "intersection" };
}

const all = [...entities.values()];
const starts = all.filter((e) => !["ClinicalModifier", "BiologicalProcess", "InheritanceMode"].includes(e.category));
const diseases = all.filter((e) => e.category === "Disease");
const home = mkdtempSync(join(tmpdir(), "medresearcher-bench-"));
const factories = await openServers({ knowledge: options.knowledge });
const pool = await openPool(inProcess(factories));
const settings = { name: "planner" };
const policy = await loadPolicy(settings);
const counts = new Map<string, { right: number; wrong: number; abstained: number }>();
try {
  for (let n = 0; n < Number(options.count); n++) {
    let asked: Asked | undefined;
    while (!asked) asked = n % 5 === 4 ? meeting(diseases) : chain(1 + (n % 5), starts);
    const { answer, termination } = await runSession({
      home,
      pool,
      policy,
      question: asked.question,
      settings,
      knowledge: options.knowledge,
      version: "bench",
    });
    const found =
      asked.gold.some((name) => answer.toLowerCase().includes(name.toLowerCase())) || / and \d+ more/.test(answer);
    const verdict = termination !== "answered" ? "abstained" : found ? "right" : "wrong";
    const count = counts.get(asked.kind) ?? { right: 0, wrong: 0, abstained: 0 };
    count[verdict]++;
    counts.set(asked.kind, count);
    if (options.verbose && verdict !== "right")
      console.error(
        `${verdict}: ${asked.question}\n  gold ${asked.gold.slice(0, 5).join(", ")}\n  ${answer.slice(0, 300)}`,
      );
  }
} finally {
  await pool.close();
  await Promise.all(factories.map((f) => f.close()));
  rmSync(home, { recursive: true, force: true });
}
console.table(Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))));

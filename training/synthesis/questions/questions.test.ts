import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SPECIALTIES, type QuestionRow } from "../../../schemas/index.ts";
import { openKnowledge, type Knowledge } from "../../../servers/knowledge/index.ts";
import { smallWorld, temporaryFolder, type Triple } from "../testing/small-world.ts";
import { verifyFile } from "../verify/index.ts";
import { makeQuestions, type QuestionsOptions } from "./index.ts";

const home = temporaryFolder();

async function made(name: string, options: Omit<QuestionsOptions, "knowledge">) {
  const knowledge = openKnowledge(name, home);
  try {
    return await makeQuestions({ knowledge, ...options });
  } finally {
    knowledge.close();
  }
}

function rowsOf(file: string): QuestionRow[] {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as QuestionRow);
}

const file = () => join(temporaryFolder(), "questions.jsonl");

/** One company sells the drug for a rare disease, another that for a common one. */
const ENTITIES = {
  "D:1": { name: "rare disease", category: "Disease", attributes: { specialty: "nephrology" } },
  "D:2": { name: "common disease", category: "Disease", attributes: { specialty: "nephrology" } },
  "G:1": { name: "GENA", category: "Gene" },
  "G:2": { name: "GENB", category: "Gene" },
  "P:1": { name: "alphaprotein", category: "Protein", synonyms: ["AP1"] },
  "P:2": { name: "betaprotein", category: "Protein" },
  "M:1": { name: "drugone", category: "Drug" },
  "M:2": { name: "drugtwo", category: "Drug" },
  "O:1": { name: "Company One", category: "Organization", synonyms: ["C1"] },
  "O:2": { name: "Company Two", category: "Organization" },
};
const LEFT: Triple[] = [
  ["G:1", "causes", "D:1"],
  ["G:1", "has_gene_product", "P:1"],
  ["M:1", "inhibits", "P:1"],
  ["M:1", "manufactured_by", "O:1"],
];
const RIGHT: Triple[] = [
  ["G:2", "causes", "D:2"],
  ["G:2", "has_gene_product", "P:2"],
  ["M:2", "inhibits", "P:2"],
  ["M:2", "manufactured_by", "O:2"],
];

async function fromSmall(knowledge: Knowledge, count: number, hops: [number, number] = [3, 8]) {
  const out = file();
  const result = await makeQuestions({ knowledge, count, out, hops });
  return { out, result, rows: rowsOf(out), verified: verifyFile(out, { open: () => knowledge }) };
}

describe("synth questions", () => {
  it("asks for the far end of a chain from a rare disease, in English", async () => {
    const { rows, verified } = await fromSmall(smallWorld(ENTITIES, [...LEFT, ...RIGHT]), 1, [4, 4]);
    const [row] = rows;
    expect(row!.hops).toBe(4);
    expect(row!.specialty).toBe("nephrology");
    expect(row!.proof.chain.map((hop) => hop.predicate).toSorted()).toEqual([
      "causes",
      "has_gene_product",
      "inhibits",
      "manufactured_by",
    ]);
    expect(row!.question).toMatch(/^(?:Which|Identify the|What is the) \w+ .*(?:disease|Company (?:One|Two))[?.]$/);
    expect(row!.proof.withoutClue.every((n) => n > 1)).toBe(true);
    expect(verified).toMatchObject({ checked: 1, passed: 1 });
  });

  it.each<[what: string, relations: Triple[], reason: string]>([
    ["negated", [...LEFT.slice(0, 2), ["M:1", "inhibits", "P:1", "negated"], LEFT[3]!], "no_chain"],
    [
      "only said by what was retracted",
      [...LEFT.slice(0, 2), ["M:1", "inhibits", "P:1", "retracted"], LEFT[3]!],
      "no_chain",
    ],
    ["said by nobody", [...LEFT.slice(0, 2), ["M:1", "inhibits", "P:1", "uncited"], LEFT[3]!], "no_chain"],
    ["short-cut by a direct relation", [...LEFT, ["M:1", "treats", "D:1"]], "no_chain"],
    ["the only one of its kind, so that its end is known at once", LEFT, "not_minimal"],
  ])("makes nothing of a chain with a step that is %s", async (_, relations, reason) => {
    const { rows, result } = await fromSmall(smallWorld(ENTITIES, relations), 1, [4, 4]);
    expect(rows).toEqual([]);
    expect(result.finished).toBe(false);
    expect(result.rejections).toHaveProperty(reason);
  });

  it("makes nothing where a document names both ends", async () => {
    const shortcuts = ["D:1 O:1", "D:2 O:2"].map((pair, i) => {
      const [a, b] = pair.split(" ") as [keyof typeof ENTITIES, keyof typeof ENTITIES];
      const text = `On ${ENTITIES[a].name}, by ${ENTITIES[b].name.toUpperCase()}.`;
      return { id: `NEWS:${i}`, title: "News", sections: [{ label: "", text }] };
    });
    const { rows, result } = await fromSmall(smallWorld(ENTITIES, [...LEFT, ...RIGHT], shortcuts), 1, [4, 4]);
    expect(rows).toEqual([]);
    expect(result.rejections).toHaveProperty("shortcut");
  });

  it("covers every specialty of a gym, without duplicates, each proof checked", async () => {
    const out = file();
    const result = await made("gym:5:600", { count: 240, out });
    const rows = rowsOf(out);
    expect(Object.keys(result.specialties).toSorted()).toEqual([...SPECIALTIES].toSorted());
    expect(new Set(rows.map((r) => r.question)).size).toBe(240);
    expect(result.hops.min).toBeGreaterThanOrEqual(3);
    expect(result.hops.max).toBeLessThanOrEqual(8);
    expect(result.hops.mean).toBeGreaterThanOrEqual(4.2);
    expect(verifyFile(out, { open: (name) => openKnowledge(name, home) }).failures).toEqual([]);
  });

  it("plain: the chain alone, from one named thing, and its proofs hold too", async () => {
    const out = file();
    await made("gym:5:600", { count: 24, out, hops: [3, 4], plain: true });
    for (const { hops, proof } of rowsOf(out)) {
      expect(proof.clues.map(({ kind }) => kind)).toEqual(Array.from({ length: hops }, () => "relation"));
      expect(proof.clues.filter(({ blur }) => blur === "none")).toHaveLength(1);
      expect(proof.anchors).toHaveLength(1);
    }
    expect(verifyFile(out, { open: (name) => openKnowledge(name, home) })).toMatchObject({ checked: 24, passed: 24 });
    await expect(made("gym:5:600", { count: 30, out, hops: [3, 4] })).rejects.toThrow(/begun with plain/);
  });

  it("comes to the same bytes however often it was cut off", async () => {
    const [whole, parts] = [file(), file()];
    await made("gym:5:600", { count: 60, out: whole, rejections: `${whole}.rejected` });
    for (const count of [7, 8, 31]) {
      await made("gym:5:600", { count, out: parts, rejections: `${parts}.rejected` });
      // What a kill leaves behind: rows that nothing vouches for, the last one torn.
      appendFileSync(parts, `${readFileSync(whole, "utf8").split("\n")[count]}\n{"id":"to`);
    }
    const { resumedAt } = await made("gym:5:600", { count: 60, out: parts, rejections: `${parts}.rejected` });
    expect(resumedAt).toBe(31);
    expect(readFileSync(parts, "utf8")).toBe(readFileSync(whole, "utf8"));
    expect(readFileSync(`${parts}.rejected`, "utf8")).toBe(readFileSync(`${whole}.rejected`, "utf8"));
  });

  it("leaves a file alone that belongs to something else, and says what to do", async () => {
    const out = file();
    writeFileSync(out, "mine\n");
    await expect(made("gym:5:600", { count: 3, out })).rejects.toThrow(
      /not written by this command: give another --out/,
    );
    expect(readFileSync(out, "utf8")).toBe("mine\n");

    const begun = file();
    await made("gym:5:600", { count: 5, out: begun });
    const before = readFileSync(begun, "utf8");
    await expect(made("gym:5:600", { count: 9, out: begun, seed: 2 })).rejects.toThrow(/begun with seed 1 \(now 2\)/);
    await expect(made("gym:6:600", { count: 9, out: begun })).rejects.toThrow(/knowledge gym:5:600.*revision/);
    await expect(made("gym:5:600", { count: 2, out: begun })).rejects.toThrow(/holds 5 questions already/);
    expect(readFileSync(begun, "utf8")).toBe(before);
    writeFileSync(begun, before.slice(0, 100));
    await expect(made("gym:5:600", { count: 9, out: begun })).rejects.toThrow(/something else changed it/);
  });

  it.skipIf(!existsSync(process.env["MEDRESEARCHER_TEST_HOME"] ?? ""))("works on an imported ontology", async () => {
    const knowledge = openKnowledge("home", process.env["MEDRESEARCHER_TEST_HOME"]);
    const { verified } = await fromSmall(knowledge, 3);
    expect(verified).toMatchObject({ checked: 3, passed: 3 });
  });
});

/** "Which other diseases share two findings and the gene's pathway with X", asked of a graph that was imported. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importCommand } from "../servers/commands/data-import.ts";
import { SOURCES } from "../servers/knowledge/sources/index.ts";
import { workplace } from "./workplace.ts";
import { openAsking, type Asking } from "./asking.ts";

const DISEASES = ["ashen fever", "brittle wing", "copper gait", "dusk palsy"];
const FINDINGS = ["blue nails", "cold hands", "double voice"];
/** Who shows what: the second disease two of the first one's findings, the third one of them, the last all. */
const SHOWS: [number, number][] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [2, 0],
  [3, 0],
  [3, 1],
  [3, 2],
];
/** Genes 0 to 2 act in the one pathway, gene 3 in the other. */
const PATHWAYS = [0, 0, 0, 1];

const nodes = [
  ...DISEASES.map((name, i) => ({ id: `D:${i}`, name, category: ["biolink:Disease"] })),
  ...FINDINGS.map((name, i) => ({ id: `P:${i}`, name, category: ["biolink:PhenotypicFeature"] })),
  ...DISEASES.map((_, i) => ({ id: `G:${i}`, name: `GEN${i}X`, category: ["biolink:Gene"] })),
  ...["ember signalling", "frost signalling"].map((name, i) => ({ id: `W:${i}`, name, category: ["biolink:Pathway"] })),
];
const edges = [
  ...SHOWS.map(([d, p]) => ({ subject: `D:${d}`, predicate: "biolink:has_phenotype", object: `P:${p}` })),
  ...DISEASES.map((_, i) => ({ subject: `G:${i}`, predicate: "biolink:causes", object: `D:${i}` })),
  ...PATHWAYS.map((w, i) => ({ subject: `G:${i}`, predicate: "biolink:participates_in", object: `W:${w}` })),
].map((edge, i) => ({ id: `e${i}`, ...edge, knowledge_level: "knowledge_assertion", agent_type: "manual_agent" }));

const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const place = workplace();
let asking: Asking;

beforeAll(async () => {
  const folder = join(place.home, "kgx");
  mkdirSync(folder);
  writeFileSync(join(folder, "made_nodes.jsonl"), lines(nodes));
  writeFileSync(join(folder, "made_edges.jsonl"), lines(edges));
  await importCommand(SOURCES.get("kgx")!, folder, true);
  asking = await openAsking(place, "home");
});

afterAll(async () => {
  await asking.close();
  place.remove();
});

const ask = (question: string) => asking.ask(question);

describe("what is shared", () => {
  it("is found with a citation for every step", async () => {
    const { answer, termination, citations } = await ask("Which other diseases share two findings with ashen fever?");
    expect(termination).toBe("answered");
    expect(answer).toMatch(/brittle wing/i);
    expect(answer).toMatch(/dusk palsy/i);
    expect(answer).not.toMatch(/copper gait/i);
    for (const { n } of citations) expect(answer).toContain(`[${n}]`);
  });

  it("is what all that is asked for is true of", async () => {
    const { answer } = await ask("Which other diseases share two findings and the gene's pathway with ashen fever?");
    expect(answer).toMatch(/brittle wing/i);
    expect(answer).toMatch(/ember signalling through GEN0X and GEN1X/);
    expect(answer).not.toMatch(/copper gait|dusk palsy/i);
  });

  it("is abstained from where nothing is, or where the question says more than is understood", async () => {
    const none = await ask("Which diseases share four findings with ashen fever?");
    expect(none).toMatchObject({ termination: "abstained", answer: expect.stringContaining("no other diseases") });
    const more = await ask("Which diseases share two findings with ashen fever and glow at night?");
    expect(more).toMatchObject({ termination: "abstained", answer: expect.stringContaining("glow") });
  });
});

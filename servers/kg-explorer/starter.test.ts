import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKnowledge, type Knowledge } from "../knowledge/index.ts";
import { EmbeddedGraph, Explorer } from "./index.ts";

/** The explorer over the knowledge that the project ships. */
describe("the starter", () => {
  const home = mkdtempSync(join(tmpdir(), "kg-explorer-starter-"));
  let knowledge: Knowledge | undefined;
  let explorer: Explorer;
  beforeAll(() => {
    knowledge = openKnowledge("starter", home);
    explorer = new Explorer("starter", new EmbeddedGraph(knowledge.graph), knowledge.documents);
  });
  afterAll(() => {
    knowledge?.close();
    rmSync(home, { recursive: true });
  });

  it("leads from a company merger to a mechanism with evidence on every step", async () => {
    const { entities } = await explorer.find(
      "A company was formed by the merger of Ciba-Geigy and Sandoz: which drug of it treats heart failure, and how?",
    );
    expect(entities.map((e) => e.name)).toEqual(["Ciba-Geigy", "Sandoz", "heart failure"]);
    const { paths, relations } = await explorer.paths({ from: "Ciba-Geigy", to: "neprilysin" });
    expect(paths[0]!.length).toBe(4);
    for (const relation of relations!) expect(relation.evidence).not.toHaveLength(0);
  });

  it("can show every relation's evidence as a verbatim passage", async () => {
    const { predicates, counts } = await explorer.describe();
    let shown = 0;
    for (const { predicate } of predicates) {
      for (const { id } of knowledge!.graph.relations(predicate)) {
        const { passages, outcomes } = await explorer.evidence({ relation: id });
        expect(outcomes).toEqual([{ source: "graph", outcome: "found" }]);
        expect(passages).not.toHaveLength(0);
        shown++;
      }
    }
    expect(shown).toBe(counts.relations);
  });
});

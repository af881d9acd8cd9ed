/** What a source withdraws goes out of the texts and the graph alike; what it says of a document's standing stays said. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { KnowledgeRecord } from "../../schemas/index.ts";
import { importSource } from "./import.ts";
import { openKnowledge } from "./index.ts";
import type { Source } from "./sources/index.ts";

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "removal-"))));
afterEach(() => rmSync(home, { recursive: true }));

const paper: KnowledgeRecord = {
  type: "document",
  document: {
    id: "T:1",
    title: "A paper",
    sections: [{ label: "", text: "A treats B." }],
    identifiers: { doi: "10.9/1" },
  },
};
const graph: KnowledgeRecord[] = [
  { type: "entity", entity: { id: "T:a", name: "A", category: "Drug" } },
  { type: "entity", entity: { id: "T:b", name: "B", category: "Disease" } },
  {
    type: "relation",
    relation: {
      subject: "T:a",
      predicate: "treats",
      object: "T:b",
      evidence: [
        { document: "T:1", quote: "A treats B.", knowledgeLevel: "knowledge_assertion", agent: "manual_agent" },
      ],
    },
  },
];
const removal: KnowledgeRecord = { type: "removal", document: "T:1" };

async function imported(name: string, ...records: KnowledgeRecord[]) {
  const from = join(home, name);
  writeFileSync(from, "");
  const source: Source = {
    kind: "test",
    describe: "",
    async *read() {
      yield records;
    },
  };
  return importSource({ source, from, home, seed: () => [] });
}

it("a withdrawn document leaves with its identifiers and with the relation that rests on it alone", async () => {
  await imported("a", paper, ...graph);
  const { manifest, changed } = await imported("b", removal);
  expect(manifest!.counts).toEqual({ documents: 0, entities: 2, relations: 0 });
  expect(changed).toBe(1);
  const knowledge = openKnowledge("home", home);
  expect([knowledge.documents.get("T:1"), knowledge.documents.get("DOI:10.9/1")]).toEqual([undefined, undefined]);
  knowledge.close();
  expect(await imported("b", removal)).toMatchObject({ changed: 0 });
});

it("of records about one document in one batch the last counts", async () => {
  expect((await imported("a", removal, paper)).manifest!.counts.documents).toBe(1);
  expect((await imported("b", paper, removal)).manifest!.counts.documents).toBe(0);
});

it("the worst notice stays, whatever comes after it", async () => {
  await imported("a", { type: "notice", document: "T:1", integrity: "retracted" });
  await imported("b", paper, { type: "notice", document: "T:1", integrity: "corrected" });
  const knowledge = openKnowledge("home", home);
  expect(knowledge.documents.get("T:1")?.integrity).toBe("retracted");
  knowledge.close();
});

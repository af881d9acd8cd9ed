import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Document } from "../../schemas/index.ts";
import { DocumentStore } from "./documents.ts";
import { openDatabase } from "./sqlite.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "links-"));
  path = join(folder, "documents.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

function naming(id: string, related?: Record<string, string[]>): Document {
  return { id, title: id, sections: [], ...(related ? { related } : {}) };
}

test("a document is found by what it names, as long as it names it", () => {
  const store = new DocumentStore(path);
  store.put([naming("PMID:1", { trial: ["NCT:NCT1", "NCT:NCT2"] }), naming("PMID:2", { retractionOf: ["PMID:1"] })]);
  store.put([naming("PMID:3", { trial: ["NCT:NCT1"] }), naming("PMID:4")]);
  expect(store.linksTo("NCT:NCT1")).toEqual([
    { id: "PMID:1", kind: "trial" },
    { id: "PMID:3", kind: "trial" },
  ]);
  expect(store.linksTo("PMID:1")).toEqual([{ id: "PMID:2", kind: "retractionOf" }]);
  store.put([naming("PMID:1", { trial: ["NCT:NCT2"] })]);
  store.delete(["PMID:2"]);
  expect(store.linksTo("NCT:NCT1")).toEqual([{ id: "PMID:3", kind: "trial" }]);
  expect(store.linksTo("PMID:1")).toEqual([]);
  store.close();
});

test("a store from before is read through, and keeps its links once it is written to", () => {
  const store = new DocumentStore(path);
  store.put([naming("PMID:1", { cites: ["PMID:9"] }), naming("PMID:2")]);
  store.close();
  const before = openDatabase(path);
  before.exec("DROP TABLE links; DROP TRIGGER document_links_changed");
  before.exec("DROP TRIGGER document_links_deleted");
  before.close();
  const read = new DocumentStore(path, { readOnly: true });
  expect(read.linksTo("PMID:9")).toEqual([{ id: "PMID:1", kind: "cites" }]);
  read.close();
  const written = new DocumentStore(path);
  written.put([naming("PMID:3", { cites: ["PMID:9"] })]);
  expect(written.linksTo("PMID:9").map(({ id }) => id)).toEqual(["PMID:1", "PMID:3"]);
  written.close();
});

test("a store that looked through every new document does so no more once it is written to", () => {
  new DocumentStore(path).close();
  const before = openDatabase(path);
  before.exec("CREATE TRIGGER document_links_added AFTER INSERT ON documents BEGIN SELECT RAISE(ABORT, 'looks'); END");
  before.close();
  const store = new DocumentStore(path);
  store.put([naming("PMID:1", { cites: ["PMID:9"] })]);
  expect(store.linksTo("PMID:9")).toEqual([{ id: "PMID:1", kind: "cites" }]);
  store.close();
});

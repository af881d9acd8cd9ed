/** The texts of record: newer and older states of a document, identifiers that documents share, stores of older versions. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document, KnowledgeRecord } from "../../schemas/index.ts";
import { DocumentStore } from "./documents.ts";
import { importSource } from "./import.ts";

let folder: string;
let store: DocumentStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "documents-"));
  store = new DocumentStore(join(folder, "documents.db"));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const paper = (id: string, more: Partial<Document> = {}): Document => ({ id, title: id, sections: [], ...more });

describe("identifiers", () => {
  it("that many documents share lead to all of them", () => {
    store.put(["SPL:b", "SPL:a", "NDA:NDA1"].map((id) => paper(id, { identifiers: { rxcui: "83367, 617314" } })));
    expect(store.byIdentifier("rxcui", "83367")).toEqual(["SPL:a", "SPL:b", "NDA:NDA1"]);
    expect(store.byIdentifier("RXCUI", "617314")).toHaveLength(3);
    expect(store.byIdentifier("rxcui", "1")).toEqual([]);
    expect(store.get("RXCUI:83367")!.id).toBe("SPL:a");
  });

  it("join the records of one paper; the one that it belongs to comes first", () => {
    const identifiers = { pmid: "1", pmcid: "PMC1", doi: "10.1000/ABC" };
    store.put([paper("PMC:PMC1", { identifiers }), paper("PMID:1", { identifiers })]);
    expect(store.byIdentifier("pmid", "1")).toEqual(["PMID:1", "PMC:PMC1"]);
    expect(store.byIdentifier("pmcid", "PMC1")).toEqual(["PMC:PMC1", "PMID:1"]);
    expect(store.byIdentifier("doi", "10.1000/abc")).toEqual(["PMID:1", "PMC:PMC1"]);
    expect(store.get("PMC:PMC1")!.id).toBe("PMC:PMC1");
    expect(store.get("DOI:10.1000/Abc")!.id).toBe("PMID:1");
  });

  it("lead to the paper's other record where its own is not there", () => {
    store.put([paper("PMID:1", { identifiers: { pmcid: "PMC1" } }), paper("SPL:ab", { identifiers: { setid: "ab" } })]);
    expect(["PMC:PMC1", "PMCID:PMC1", "SETID:ab"].map((id) => store.get(id)?.id)).toEqual([
      "PMID:1",
      "PMID:1",
      "SPL:ab",
    ]);
  });

  it("tell of many documents at once which others carry theirs", () => {
    const identifiers = { pmid: "1", pmcid: "PMC1" };
    store.put([paper("PMC:PMC1", { identifiers }), paper("PMID:1"), paper("PMID:2"), paper("SPL:a", { identifiers })]);
    expect([...store.othersWith(["PMID:1", "PMID:2", "PMC:PMC1", "DOI:10.1/x"])]).toEqual([
      ["PMID:1", ["PMC:PMC1", "SPL:a"]],
      ["PMC:PMC1", ["SPL:a"]],
    ]);
    expect(store.othersWith([]).size).toBe(0);
  });

  it("that a document has no more lead to it no more", () => {
    store.put([paper("PMID:1", { identifiers: { doi: "10.1000/a" } })]);
    store.put([paper("PMID:1", { identifiers: { doi: "10.1000/b" } })]);
    expect(["10.1000/a", "10.1000/b"].map((doi) => store.byIdentifier("doi", doi))).toEqual([[], ["PMID:1"]]);
    store.delete(["PMID:1"]);
    expect(store.byIdentifier("doi", "10.1000/b")).toEqual([]);
  });
});

/** Imports records of one document, each as a source of its own, and gives what is left. */
async function after(...states: KnowledgeRecord[]): Promise<string | undefined> {
  const home = mkdtempSync(join(folder, "home-"));
  let path = "";
  for (const state of states) {
    const source = {
      kind: "test",
      describe: "",
      async *read() {
        yield state;
      },
    };
    ({ path } = await importSource({ source, from: folder, home, seed: () => [] }));
  }
  const kept = new DocumentStore(join(path, "documents.db"), { readOnly: true });
  const found = kept.get("PMID:1");
  kept.close();
  return found && `${found.title}, ${found.integrity ?? "ok"}`;
}

const removal = (revised?: string): KnowledgeRecord => ({
  type: "removal",
  document: "PMID:1",
  ...(revised ? { revised } : {}),
});

describe("states of a document, each imported alone", () => {
  const state = (title: string, revised?: string): KnowledgeRecord => ({
    type: "document",
    document: paper("PMID:1", { title }),
    ...(revised ? { revised } : {}),
  });

  it.each<[string, KnowledgeRecord[], string | undefined]>([
    ["the newer after the older", [state("old", "2019-01-01"), state("new", "2020-01-01")], "new, ok"],
    ["the older after the newer", [state("new", "2020-01-01"), state("old", "2019-01-01")], "new, ok"],
    ["of one day, the later", [state("a", "2020-01-01"), state("b", "2020-01-01")], "b, ok"],
    ["without dates, the later", [state("a"), state("b")], "b, ok"],
    [
      "a state without a date, from a source that knows less of the paper",
      [
        {
          type: "document",
          document: paper("PMID:1", { title: "dated", integrity: "retracted" }),
          revised: "2019-01-01",
        },
        state("undated"),
      ],
      "undated, retracted",
    ],
    [
      "an older state after one without a date that came after a newer",
      [state("new", "2020-01-01"), state("undated"), state("old", "2019-01-01")],
      "undated, ok",
    ],
    ["withdrawn", [state("old", "2019-01-01"), removal("2020-01-01")], undefined],
    [
      "withdrawn, then the older again",
      [state("a", "2019-01-01"), removal("2020-01-01"), state("a", "2019-01-01")],
      undefined,
    ],
    [
      "withdrawn, then given again",
      [state("a", "2019-01-01"), removal("2020-01-01"), state("c", "2021-01-01")],
      "c, ok",
    ],
    ["an old withdrawal after a newer state", [state("new", "2021-01-01"), removal("2020-01-01")], "new, ok"],
    [
      "a notice by another identifier",
      [
        { type: "notice", document: "DOI:10.1000/A", integrity: "retracted" },
        { type: "document", document: paper("PMID:1", { identifiers: { doi: "10.1000/a" } }) },
      ],
      "PMID:1, retracted",
    ],
  ])("%s", async (_, states, left) => {
    expect(await after(...states)).toBe(left);
  });
});

const olderPath = () => join(folder, "older.db");

describe("a store of an older version", () => {
  beforeEach(() => {
    const db = new DatabaseSync(olderPath());
    db.exec(`CREATE TABLE documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
      CREATE TABLE aliases (alias TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE notices (id TEXT PRIMARY KEY, integrity TEXT NOT NULL) WITHOUT ROWID;
      INSERT INTO aliases VALUES ('RXCUI:5', 'SPL:b')`);
    const insert = db.prepare("INSERT INTO documents (id, body) VALUES (?, ?)");
    for (const id of ["SPL:a", "SPL:b"]) insert.run(id, JSON.stringify(paper(id, { identifiers: { rxcui: "5" } })));
    db.close();
  });

  it("is read as it is, and brought up to date by the first write", () => {
    const reader = new DocumentStore(olderPath(), { readOnly: true });
    expect([reader.get("RXCUI:5")!.id, reader.byIdentifier("rxcui", "5")]).toEqual(["SPL:b", ["SPL:b"]]);
    reader.close();
    const writer = new DocumentStore(olderPath());
    expect(writer.byIdentifier("rxcui", "5")).toEqual(["SPL:a", "SPL:b"]);
    expect(writer.put([paper("SPL:a", { title: "new", identifiers: { rxcui: "6" } })])).toBe(1);
    expect(writer.byIdentifier("rxcui", "5")).toEqual(["SPL:b"]);
    writer.close();
  });
});

it("documents are read together by their ids; those that are not there are left out", () => {
  store.put([
    paper("PMID:1"),
    paper("PMID:2", { journal: "J" }),
    paper("PMID:3", { identifiers: { doi: "10.1000/a" } }),
  ]);
  const found = store.getAll(["PMID:2", "PMID:9", "DOI:10.1000/a", "PMID:1", "PMID:2"]);
  expect([...found.keys()].toSorted()).toEqual(["PMID:1", "PMID:2"]);
  expect(found.get("PMID:2")).toEqual(store.get("PMID:2"));
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Document } from "../../schemas/index.ts";
import { DocumentStore } from "./documents.ts";

const fiction = (id: string, text: string): Document => ({ id, title: id, sections: [{ label: "", text }] });

test("a store tells which rows changed or went since a moment, also where the last row was taken by another document", () => {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const store = new DocumentStore(join(folder, "documents.db"));
  store.put(["a", "b", "c", "d"].map((id) => fiction(id, "first")));
  const before = store.state();
  expect(before).toEqual({ row: 4, seq: 0 });
  expect(store.changedSince(before)).toEqual([]);

  store.put([fiction("a", "first"), fiction("b", "second")]);
  store.delete(["d"]);
  store.put([fiction("e", "takes the row of d"), fiction("f", "new")]);
  expect(store.changedSince(before)).toEqual([2, 4]);
  expect([...store.rows(store.changedSince(before))].map(({ id }) => id)).toEqual(["b", "e"]);
  expect([...store.rows({ after: before.row, until: store.state().row })].map(({ id }) => id)).toEqual(["f"]);
  expect(store.changedSince(store.state())).toEqual([]);
  store.close();
  rmSync(folder, { recursive: true });
});

test("a store of an older version is read as one that never changed", () => {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const path = join(folder, "documents.db");
  new DocumentStore(path).close();
  const raw = new DatabaseSync(path);
  raw.exec("DROP TRIGGER document_changed; DROP TRIGGER document_deleted; DROP TABLE changes");
  raw.close();
  const store = new DocumentStore(path, { readOnly: true });
  expect(store.changedSince(store.state())).toEqual([]);
  store.close();
  rmSync(folder, { recursive: true });
});

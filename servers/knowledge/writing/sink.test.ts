/** What an import writes documents to: here or in a thread, and from the one to the other, nothing is lost and nothing waits. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DocumentStore } from "../documents.ts";
import { packDocuments } from "../packed-documents.ts";
import { DocumentSink } from "./sink.ts";

let folder: string;
let path: string;
let sink: DocumentSink;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sink-"));
  path = join(folder, "documents.db");
  sink = new DocumentSink(path);
});
afterEach(async () => {
  await sink.close();
  rmSync(folder, { recursive: true });
});

const documents = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `PMID:${from + i}`, title: `Title ${from + i}`, sections: [] }));

async function write(from: number, count: number): Promise<number> {
  await sink.begin(packDocuments(documents(from, count)));
  return sink.commit();
}

describe("documents", () => {
  it("few are written here, many in a thread, and all are there in their order", async () => {
    expect(await write(1, 10)).toBe(10);
    expect(await write(11, 3000)).toBe(3000);
    expect(await write(3011, 5)).toBe(5);
    expect(await sink.count()).toBe(3015);
    const store = new DocumentStore(path, { readOnly: true });
    expect([...store.rows({ after: 0, until: 4000 })].map(({ id }) => id)).toEqual(
      documents(1, 3015).map(({ id }) => id),
    );
    store.close();
  });

  it("of a batch that is under way when the thread starts are written where it began", async () => {
    await sink.begin(packDocuments(documents(1, 10)));
    sink.expectMany();
    expect(await sink.commit()).toBe(10);
    expect(await write(11, 10)).toBe(10);
    expect(await sink.count()).toBe(20);
  });

  it("that do not come after all leave nothing behind", async () => {
    await write(1, 10);
    sink.expectMany();
    expect(await sink.count()).toBe(10);
  });

  it("of a batch that is given up are not there, and the thread goes on", async () => {
    sink.expectMany();
    await sink.begin(packDocuments(documents(1, 3000)));
    await sink.abort();
    expect(await write(1, 2)).toBe(2);
    expect(await sink.count()).toBe(2);
  });
});

/** Live sources and the stored documents as one list; the sources are made up, everything else is real. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LiveDocuments } from "../knowledge/live-documents.ts";
import { Retriever, type SearchOptions } from "./index.ts";
import { makeFolder, open, remove, store } from "./testing/documents.ts";
import { paper, stubSource } from "./testing/stub-source.ts";
import type { LiveSource } from "./sources/source.ts";
import { useSteadyClock } from "../kit/testing/steady-clock.ts";

useSteadyClock();

let folder: string;
let home: string;
const opened: Retriever[] = [];

beforeEach(() => {
  folder = makeFolder();
  home = mkdtempSync(join(tmpdir(), "retriever-home-"));
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  vi.stubEnv("MEDRESEARCHER_OFFLINE", "");
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((retriever) => retriever.close()));
  vi.unstubAllEnvs();
  remove(folder);
  rmSync(home, { recursive: true });
});

function asking(...sources: LiveSource[]): Retriever {
  const retriever = new Retriever(open(folder), { sources });
  opened.push(retriever);
  return retriever;
}

const context = { signal: new AbortController().signal };
const search = (retriever: Retriever, query: string, options: SearchOptions = {}) =>
  retriever.search(query, options, context);
const ids = ({ documents }: { documents: readonly { id: string }[] }) => documents.map(({ id }) => id);

const review = paper("PMID:1", "Zelpamab for vornitis: a review of trials", {
  publicationTypes: ["Systematic Review"],
  published: "2022",
  identifiers: { pmid: "1", pmcid: "PMC9" },
});

describe("one list", () => {
  test("holds what is stored and what is live, each thing once, and says who had it", async () => {
    const fullText = paper("PMC:PMC9", review.title, {
      sections: [{ label: "Results", text: "Zelpamab lowered flares of vornitis. ".repeat(20) }],
      identifiers: { pmcid: "PMC9" },
    });
    const retriever = asking(
      stubSource("pubmed", () => ({ documents: [review], count: 31 })),
      stubSource("pmc", () => ({ documents: [fullText] })),
      stubSource("rxnav", () => ({}), { inapplicable: () => "no drug is named" }),
    );
    const result = await search(retriever, "zelpamab for vornitis");
    expect(ids(result)).toContain("TEST:guideline");
    expect(result.documents.find(({ id }) => id === "PMC:PMC9")).toMatchObject({
      identifiers: { pmid: "1", pmcid: "PMC9" },
      authority: { parts: { systematic_review: 0.95 } },
    });
    expect(ids(result)).not.toContain("PMID:1");
    expect(result.outcomes).toEqual([
      { source: "local", outcome: "found" },
      { source: "pubmed", outcome: "found", message: "gave 1 of 31 records, 1 in the list" },
      { source: "pmc", outcome: "found", message: "gave 1 record, 1 in the list" },
      { source: "rxnav", outcome: "inapplicable", message: "no drug is named" },
    ]);
  });

  test("shows how much a paper is cited, and that a live source knows worse of a stored one", async () => {
    const notice = paper("TEST:trial", "Zelpamab in vornitis", { integrity: "concern", impact: { percentile: 90 } });
    const result = await search(asking(stubSource("pubmed", () => ({ documents: [notice] }))), "zelpamab in vornitis");
    expect(result.documents.find(({ id }) => id === "TEST:trial")).toMatchObject({
      integrity: "concern",
      authority: { parts: { randomized_trial: 0.85, impact: 0.9, integrity: 0.4 } },
    });
    expect(result.notes).toContain("TEST:trial carries an expression of concern");
  });

  test("shows a paper that is stored as abstract and as full text once, and as badly as either knows it", async () => {
    const abstract = paper("PMID:8", "Mollusc fever", {
      identifiers: { pmid: "8", pmcid: "PMC8" },
      integrity: "retracted",
    });
    const text = "Mollusc fever was seen in two divers. ".repeat(30);
    const fullText = paper("PMC:PMC8", "Mollusc fever", { sections: [{ label: "Case", text }] });
    const other = paper("PMID:9", "Fever without molluscs", { identifiers: { pmid: "9" } });
    store(folder, [abstract, fullText, other], "second");
    const result = await search(asking(), "mollusc fever");
    expect(ids(result)).toHaveLength(2);
    expect(result.documents.at(-1)).toMatchObject({
      integrity: "retracted",
      identifiers: { pmid: "8", pmcid: "PMC8" },
    });
  });

  test("is limited to dates and kinds, whatever the sources send", async () => {
    const old = paper("PMID:2", "Vornitis treated with zelpamab", { published: "1999", publicationTypes: ["Review"] });
    const retriever = asking(stubSource("pubmed", () => ({ documents: [review, old] })));
    expect(ids(await search(retriever, "zelpamab vornitis", { from: "2021" }))).toEqual(
      expect.arrayContaining(["PMID:1", "TEST:guideline"]),
    );
    expect(ids(await search(retriever, "zelpamab vornitis", { from: "2021" }))).not.toContain("PMID:2");
    expect(ids(await search(retriever, "zelpamab vornitis", { kinds: ["RCT"] }))).toEqual([
      "TEST:trial",
      "TEST:retracted",
    ]);
    expect(ids(await search(retriever, "zelpamab vornitis", { kinds: ["systematic reviews", "guideline"] }))).toEqual(
      expect.arrayContaining(["PMID:1", "TEST:guideline"]),
    );
    const trial = paper("NCT:NCT00000001", "Zelpamab for vornitis", {
      publicationTypes: ["Clinical Trial Registration"],
    });
    const registry = asking(stubSource("clinicaltrials", () => ({ documents: [trial] })));
    expect(ids(await search(registry, "zelpamab vornitis", { kinds: ["trial"] }))).toEqual(
      expect.arrayContaining(["NCT:NCT00000001", "TEST:trial"]),
    );
    const none = await search(asking(), "zelpamab vornitis", { kinds: ["preprint"] });
    expect(none.outcomes[0]).toEqual({
      source: "local",
      outcome: "empty",
      message: "no stored document of these dates and kinds is about this",
    });
  });

  test("finds what is misspelt by its name, and says so", async () => {
    const right = await search(asking(), "zelpamab in vornitis");
    const misspelt = await search(asking(), "zelpamap in vornitis");
    expect(ids(misspelt)).toEqual(ids(right));
    expect(misspelt.passages).toEqual(right.passages);
    expect(misspelt.notes).toContain("no stored document mentions zelpamap: taken as a misspelling of zelpamab");
  });

  test("begins with what the question names by number, stored or live, whatever its words", async () => {
    store(folder, [paper("PMID:71", "On something else", { published: "1990" })], "second");
    const fetched = stubSource("clinicaltrials", () => ({ documents: [] }), {
      prefixes: ["NCT"],
      fetch: (id) => Promise.resolve(id === "NCT:NCT00000009" ? paper(id, "A trial of tea") : undefined),
    });
    const result = await search(asking(fetched), "Do PMID 71 and nct00000009 agree on vornitis? And NCT00000008?");
    expect(ids(result).slice(0, 2).toSorted()).toEqual(["NCT:NCT00000009", "PMID:71"]);
    expect(ids(result)).toContain("TEST:trial");
    expect(result.notes.join()).toContain("NCT:NCT00000008");
    expect(ids(await search(asking(fetched), "nct00000009 vornitis", { sources: ["local"] }))).not.toContain(
      "NCT:NCT00000008",
    );
  });

  test("tells how far it is, and the number only rises", async () => {
    const said: [number, string][] = [];
    const retriever = asking(
      stubSource("pubmed", () => ({ documents: [review] })),
      stubSource("pmc", () => ({})),
    );
    const progress = (done: number, _?: number, message = "") => said.push([done, message]);
    await retriever.search("vornitis", {}, { ...context, progress });
    expect(said.map(([done]) => done)).toEqual(said.map((_, i) => i + 1));
    const messages = said.map(([, message]) => message).join("\n");
    expect(messages).toMatch(/pubmed gave 1 record, \d+ ms \(\d of 2\)/);
    expect(messages).toMatch(/building the search index \(\d+ of \d+\)/);
  });

  test.each([
    [{ lambda: 1.5 }, "lambda is 1.5"],
    [{ lambda: Number.NaN }, "lambda is NaN"],
    [{ kinds: ["miracle"] }, "miracle is no kind of evidence"],
    [{ from: "2020", to: "2019-05" }, "from (2020) is after to (2019-05)"],
    [{ from: "2019-13" }, "2019-13 is no date"],
    [{ cursor: "bm90aGluZw" }, "the cursor belongs to another question"],
  ])("refuses %j, and says what to send", async (options, message) => {
    await expect(search(asking(), "vornitis", options)).rejects.toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringContaining(message) as string,
      recovery: expect.stringMatching(/\w/) as string,
    });
  });

  test("offline it is of what is stored, and says so", async () => {
    vi.stubEnv("MEDRESEARCHER_OFFLINE", "1");
    const result = await search(asking(stubSource("pubmed", () => ({ documents: [review] }))), "vornitis");
    expect(result.outcomes).toEqual([{ source: "local", outcome: "found" }]);
    expect(result.notes.join()).toContain("live sources are switched off");
  });
});

test("stored texts that cannot be read are no empty answer, and cost nothing that is live", async () => {
  const source = stubSource("pubmed", () => ({ documents: [review] }), { prefixes: ["PMID"] });
  await search(asking(source), "zelpamab for vornitis");
  await Promise.all(opened.splice(0).map((retriever) => retriever.close()));
  const file = join(folder, "documents.db");
  writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 100), Buffer.alloc(statSync(file).size - 100, 7)]));
  const damaged = asking(source);
  const result = await search(damaged, "zelpamab for vornitis");
  expect(ids(result)).toEqual(["PMID:1"]);
  expect(result.outcomes).toMatchObject([
    { source: "local", outcome: "unavailable", message: expect.stringContaining("malformed") as string },
    { source: "pubmed", outcome: "found" },
  ]);
  await expect(damaged.document("TEST:trial", context)).rejects.toMatchObject({ reason: "unavailable" });
});

describe("pages", () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    paper(`PMID:${i + 1}`, `Vornitis, report ${i + 1}`, { published: String(2000 + i) }),
  );

  test("are of one list: live sources are asked once, and nothing changes between pages", async () => {
    let asked = 0;
    const source = stubSource("pubmed", () => {
      asked += 1;
      return { documents: many.slice(0, 13 - asked) };
    });
    const retriever = asking(source);
    const options = { limit: 5, sources: ["pubmed" as const] };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(retriever, "vornitis report", { ...options, ...(cursor ? { cursor } : {}) });
      expect(page.total).toBe(12);
      seen.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(12);
    expect(asked).toBe(1);
  });

  test("go on in another process where the sources say the same, and are refused where they do not", async () => {
    const options = { limit: 5, sources: ["pubmed" as const] };
    const first = await search(asking(stubSource("pubmed", () => ({ documents: many }))), "vornitis report", options);
    const cursor = first.nextCursor!;
    const same = asking(stubSource("pubmed", () => ({ documents: many })));
    const second = await search(same, "vornitis report", { ...options, cursor });
    expect(ids(second)).toHaveLength(5);
    expect(ids(first)).not.toEqual(expect.arrayContaining([ids(second)[0]]));
    const changed = asking(stubSource("pubmed", () => ({ documents: many.slice(3) })));
    await expect(search(changed, "vornitis report", { ...options, cursor })).rejects.toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringContaining("has changed") as string,
    });
    await expect(search(same, "another question", { ...options, cursor })).rejects.toMatchObject({
      message: expect.stringContaining("another question") as string,
    });
  });
});

describe("what is kept of live records", () => {
  test("can be read at once, by this process and by others", async () => {
    const retriever = asking(stubSource("pubmed", () => ({ documents: [review] }), { prefixes: ["PMID"] }));
    await search(retriever, "zelpamab for vornitis");
    expect(new LiveDocuments().get("PMID:1")?.title).toBe(review.title);
    vi.stubEnv("MEDRESEARCHER_OFFLINE", "1");
    expect((await retriever.document("PMC9", context)).document.id).toBe("PMID:1");
  });

  test("of a part that a search gave, the whole is fetched; a whole is not replaced by a part", async () => {
    const part = paper("NCT:NCT00000001", "Zelpamab in vornitis", { fetchedAt: new Date().toISOString() });
    const whole = { ...part, sections: [{ label: "Results", text: "Zelpamab halved the flares of vornitis." }] };
    const trials = stubSource("clinicaltrials", () => ({ documents: [part] }), {
      prefixes: ["NCT"],
      extracts: true,
      fetch: () => Promise.resolve(whole),
    });
    const retriever = asking(trials);
    await search(retriever, "zelpamab in vornitis");
    expect(new LiveDocuments().get(part.id)?.incomplete).toMatch(/parts of the record/);
    expect((await retriever.document("nct00000001", context)).document.sections).toEqual(whole.sections);
    const again = await search(retriever, "zelpamab in vornitis");
    expect(again.passages.find(({ document }) => document === part.id)?.text).toContain("halved");
    expect(new LiveDocuments().get(part.id)?.incomplete).toBeUndefined();
  });
});

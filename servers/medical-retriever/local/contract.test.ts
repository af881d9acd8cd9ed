/** What every index does, whichever engine keeps it. */
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import type { Document } from "../../../schemas/index.ts";
import { erase, fiction, makeFolder, open, remove, store, DOCUMENTS } from "../testing/documents.ts";
import { ENGINES } from "../testing/index-engines.ts";
import { buildIndex } from "./build.ts";
import type { VectorSource } from "./building/fill.ts";
import { plainTerms, type IndexFilter, type IndexQuestion } from "./document-index.ts";
import type { EngineProvider } from "./engines.ts";
import { indexFolder } from "./folder.ts";
import { SearchIndex } from "./search-index.ts";

/** Vectors of three numbers by what a text speaks of; none for what is not about plants or vornitis. */
const SUBJECTS: VectorSource = {
  identity: "subjects",
  dimension: async () => 3,
  vectorsOf: async (documents) => documents.map(({ title }) => vectorOf(title)),
};

function vectorOf(text: string): Float32Array | undefined {
  if (/guideline/i.test(text)) return Float32Array.of(0.6, 0.8, 0);
  if (/vornitis/i.test(text)) return Float32Array.of(1, 0, 0);
  return /plants/i.test(text) ? Float32Array.of(0, 0, 1) : undefined;
}

/** What is found, without the prefix that all ids here have. */
async function ask(index: SearchIndex, query: string, filter: IndexFilter = {}, more: Partial<IndexQuestion> = {}) {
  const found = await index.candidates({ terms: plainTerms(tokenize(query)), filter, limit: 50, ...more });
  return found.map(({ id }) => id.replace("TEST:", "")).toSorted();
}

describe.each(ENGINES)("the index with $name", ({ start, missing }) => {
  describe.skipIf(missing)("can be asked", () => {
    let engines: Awaited<ReturnType<typeof start>>;
    let folder: string;
    let knowledge: Knowledge;
    let engine: EngineProvider;
    const opened: SearchIndex[] = [];
    const folders: string[] = [];

    beforeAll(async () => {
      engines = await start();
    });
    beforeEach(() => {
      folder = makeFolder();
      folders.push(folder);
      knowledge = open(folder);
      engine = engines.of(folder);
    });
    afterEach(async () => {
      for (const index of opened.splice(0)) index.close();
      knowledge.close();
    });
    afterAll(async () => {
      await engines.stop(folders);
      folders.forEach(remove);
    });

    const indexed = async (revision = "first", vectors?: VectorSource) => {
      const built = await buildIndex(knowledge, revision, { engine, vectors });
      const index = await SearchIndex.open(indexFolder(folder, revision, engine.name), engine);
      opened.push(index);
      return { index, built };
    };
    test("finds documents by their words, and says what ranking needs of each", async () => {
      const { index } = await indexed();
      expect(await ask(index, "vornitis")).toEqual(["case", "guideline", "retracted", "trial"]);
      expect(await ask(index, "tumor hemorrhage")).toEqual(["case"]);
      expect(await ask(index, "unheard")).toEqual([]);
      // A word that no document has hides none that has the others.
      expect(await ask(index, "unheard quellosis")).toEqual(["cytokine"]);
      expect(await ask(index, "quellosis vornitis")).toEqual(["case", "cytokine", "guideline", "retracted", "trial"]);
      const [guideline] = await index.candidates({ terms: plainTerms(["guidelin"]), limit: 5 });
      expect(guideline).toMatchObject({ id: "TEST:guideline", kind: "guideline", published: "2021", integrity: "ok" });
      expect(guideline!.terms.title).toEqual(
        ["guidelin", "vorniti"].map((_, i) => tokenize("Guideline on vornitis")[i]),
      );
      expect(guideline!.terms.body).toEqual(tokenize(DOCUMENTS[0]!.sections[0]!.text));
    });

    test("knows in how many documents each word is, and how long they are", async () => {
      const { index } = await indexed();
      const [vornitis] = tokenize("vornitis");
      expect(index.documents).toBe(DOCUMENTS.length);
      expect(index.frequency(vornitis!)).toBe(4);
      expect(index.frequency("unheard")).toBe(0);
      expect(index.newest).toBe("2022-03");
      const lengths = DOCUMENTS.map(({ title }) => tokenize(title).length);
      expect(index.meanTitleLength).toBeCloseTo(lengths.reduce((a, b) => a + b) / lengths.length, 9);
    });

    test("filters by date, known to the year, the month or the day, by kind, and by both", async () => {
      const { index } = await indexed();
      expect(await ask(index, "vornitis", { from: "2019-05-02", to: "2020" })).toEqual(["retracted", "trial"]);
      expect(await ask(index, "vornitis", { from: "2019-05-03", to: "2020" })).toEqual(["retracted"]);
      expect(await ask(index, "vornitis", { from: "2021-06" })).toEqual(["guideline"]);
      expect(await ask(index, "vornitis", { to: "2005-12-31" })).toEqual(["case"]);
      expect(await ask(index, "vornitis", { to: "2019-05-01" })).toEqual(["case"]);
      // What has no date lies in no range.
      expect(await ask(index, "quellosis", { to: "2030" })).toEqual([]);
      expect(await ask(index, "vornitis", { kinds: ["randomized_trial", "guideline"] })).toEqual([
        "guideline",
        "retracted",
        "trial",
      ]);
      expect(await ask(index, "vornitis", { kinds: ["randomized_trial"], from: "2020" })).toEqual(["retracted"]);
      expect(await ask(index, "vornitis", { kinds: ["guideline"], from: "2021-03-15", to: "2021-03-20" })).toEqual([
        "guideline",
      ]);
      expect(await ask(index, "vornitis", { kinds: ["cohort"] })).toEqual([]);
      await expect(ask(index, "vornitis", { from: "spring" })).rejects.toThrow("spring is no date");
    });

    test("a date that is far off, or none, hides nothing else", async () => {
      const odd = ["9999", "0001-02-03", "soon", "2021-13-45"].map((published, i) =>
        fiction(`odd-${i}`, "Oddities of zwirbel", "An odd date.", {
          published,
          publicationTypes: ["Practice Guideline"],
        }),
      );
      store(folder, odd, "odd");
      const { index } = await indexed("odd");
      expect(await ask(index, "zwirbel vornitis", { from: "1500", kinds: ["guideline"] })).toEqual([
        "guideline",
        "odd-0",
        "odd-3",
      ]);
      expect(await ask(index, "zwirbel", { to: "1500" })).toEqual(["odd-1"]);
      expect(await ask(index, "zwirbel")).toEqual(["odd-0", "odd-1", "odd-2", "odd-3"]);
    });

    test("finds by vector as well, and says how close each candidate is that has one", async () => {
      const { index, built } = await indexed("first", SUBJECTS);
      expect(built).toEqual({ made: "all", documents: DOCUMENTS.length });
      expect(index.embedder).toBe("subjects");
      const near = { vector: Float32Array.of(1, 0, 0) };
      const found = await index.candidates({ terms: plainTerms(tokenize("quellosis plants")), ...near, limit: 4 });
      const similarities = new Map(found.map(({ id, similarity }) => [id, similarity]));
      expect(similarities.get("TEST:trial")).toBeCloseTo(1, 2);
      expect(similarities.get("TEST:guideline")).toBeCloseTo(0.6, 2);
      expect(similarities.has("TEST:cytokine")).toBe(true);
      expect(similarities.get("TEST:cytokine")).toBeUndefined();
      expect(
        found.filter(({ id, similarity }) => id.startsWith("TEST:other") && similarity !== undefined).length,
      ).toBeGreaterThan(0);
      expect(await ask(index, "", { kinds: ["guideline"] }, near)).toEqual(["guideline"]);
      // Without a vector in the question, words alone.
      expect(await ask(index, "quellosis")).toEqual(["cytokine"]);
    });

    test("follows an import: what changed, what went, what came, and nothing else is written", async () => {
      await indexed("first", SUBJECTS);
      store(
        folder,
        [fiction("case", "A case of zwirbel", "Not what it seemed."), fiction("new", "Zwirbel syndrome", "New.")],
        "second",
      );
      erase(folder, ["TEST:trial"], "second");
      const { index, built } = await indexed("second", SUBJECTS);
      expect(built).toEqual({ made: "changes", documents: 3 });
      expect(await ask(index, "vornitis")).toEqual(["guideline", "retracted"]);
      expect(await ask(index, "zwirbel")).toEqual(["case", "new"]);
      expect(index.documents).toBe(DOCUMENTS.length);
      expect(index.frequency(tokenize("vornitis")[0]!)).toBe(2);
      expect(index.frequency(tokenize("zwirbel")[0]!)).toBe(2);
      expect(index.frequency(tokenize("haemorrhage")[0]!)).toBe(0);
      const found = await index.candidates({ terms: [], vector: Float32Array.of(1, 0, 0), limit: 3 });
      expect(found.map(({ id }) => id)).not.toContain("TEST:trial");
      expect(found.map(({ id }) => id)).not.toContain("TEST:case");
    });

    test("an empty collection is searched like any other", async () => {
      store(folder, [], "empty");
      erase(
        folder,
        DOCUMENTS.map(({ id }) => id),
        "empty",
      );
      const { index } = await indexed("empty");
      expect(index.documents).toBe(0);
      expect(await ask(index, "vornitis")).toEqual([]);
    });

    test("any document is found by any of its words, within any filter that it fits, and never without", async () => {
      const words = ["alpha", "il-2", "1.5", "5,000", "β-blocker", "naïve", "心筋", "x", "straße", "brca1/2"];
      const dates = ["", "2001", "2001-03", "2001-03-09", "2002-12-31"];
      const documents: Document[] = Array.from({ length: 60 }, (_, i) => {
        const text = `${words[i % 10]} ${words[(i * 7 + 3) % 10]} word${i}`;
        return fiction(`w-${i}`, `Title ${i}`, text, dates[i % 5] ? { published: dates[i % 5]! } : {});
      });
      store(folder, documents, "words");
      const { index } = await indexed("words");
      const range = fc.record({
        from: fc.constantFrom(undefined, "2001", "2001-03-10"),
        to: fc.constantFrom(undefined, "2001-03", "2002"),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 59 }),
          fc.integer({ min: 0, max: 2 }),
          range,
          async (number, at, filter) => {
            const { id, sections, published = "" } = documents[number]!;
            const term = tokenize(sections[0]!.text.split(" ")[at]!)[0]!;
            const found = await index.candidates({ terms: plainTerms([term]), filter, limit: 60 });
            const fits = (date: string) =>
              (!filter.from || date.slice(0, filter.from.length) >= filter.from.slice(0, date.length)) &&
              (!filter.to || date.slice(0, filter.to.length) <= filter.to);
            const isWanted = filter.from || filter.to ? published !== "" && fits(published) : true;
            expect(found.some((one) => one.id === id)).toBe(isWanted);
            expect(found.every((one) => [...one.terms.title, ...one.terms.body].includes(term))).toBe(true);
          },
        ),
        { numRuns: 40 },
      );
    });
  });
});

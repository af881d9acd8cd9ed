import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Document, Entity } from "../../../schemas/index.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest } from "../../knowledge/index.ts";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import { EndpointEmbedder } from "../embedding/endpoint.ts";
import { Retriever } from "../index.ts";
import type { LiveSource } from "../sources/source.ts";
import { embeddingServer, type EmbeddingServer } from "../testing/embedding-server.ts";
import { abbreviationsIn } from "./abbreviations.ts";
import { candidateTerms, conceptsOf, withAlternatives } from "./concepts.ts";
import { fuse } from "./fusion.ts";

describe("concepts", () => {
  test("are the words of a question, each once, with other ways to write them", () => {
    expect(conceptsOf("Does IL-2 alter TNF-α, IL2 and BRCA1/2?")).toEqual([
      {
        own: ["il2"],
        others: [
          { terms: ["il", "2"], weight: 1 },
          { terms: ["il"], weight: 0.4 },
        ],
      },
      { own: ["alter"], others: [] },
      { own: ["tnf", "alpha"], others: [{ terms: ["tnfalpha"], weight: 1 }] },
      { own: ["brca1"], others: [] },
      { own: ["brca2"], others: [] },
    ]);
  });

  test("words that say one thing become one concept; the longest saying wins, and what says nothing new is left out", () => {
    const concepts = withAlternatives(conceptsOf("heart attack risk"), [
      { own: ["heart", "attack"], others: [{ terms: ["myocardi", "infarct"], weight: 0.7 }] },
      { own: ["heart"], others: [{ terms: ["cardiac"], weight: 0.7 }] },
      { own: ["risk"], others: [{ terms: ["risk", "factor"], weight: 0.7 }] },
    ]);
    expect(concepts).toEqual([
      { own: ["heart", "attack"], others: [{ terms: ["myocardi", "infarct"], weight: 0.7 }] },
      { own: ["risk"], others: [] },
    ]);
    expect(candidateTerms(concepts)).toContainEqual({ term: "myocardi", weight: 0.35 });
  });
});

describe("abbreviations", () => {
  test.each([
    ["a double balloon enteroscopy (DBE) was done", "DBE", "double balloon enteroscopy"],
    ["patients with non-small cell lung cancer (NSCLC)", "NSCLC", "non-small cell lung cancer"],
    ["polycystic ovary syndrome (PCOS; common)", "PCOS", "polycystic ovary syndrome"],
    ["heat shock protein 90 (HSP90)", "HSP90", "heat shock protein 90"],
  ])("%s", (text, short, long) => {
    expect(abbreviationsIn(text)).toEqual([{ short, long }]);
  });

  test.each(["in 20 patients (USA)", "aspirin (ASA)", "seen twice (see below)", "(DBE)", "one (n = 20)"])(
    "nothing is explained in: %s",
    (text) => expect(abbreviationsIn(text)).toEqual([]),
  );

  test("what is explained stands in the text, whatever the text", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("aB c(DE)- 1.αé")), maxLength: 60 });
    fc.assert(
      fc.property(text, (any) => {
        for (const { short, long } of abbreviationsIn(any)) expect(any).toMatch(`${long} (${short}`);
      }),
      { numRuns: 500 },
    );
  });
});

describe("words and meaning", () => {
  test("count about half each; without meaning, words alone", () => {
    expect(fuse([{ relevance: 0.4 }, { relevance: 0.2 }])).toEqual([0.4, 0.2]);
    const [near, far] = fuse([
      { relevance: 0.4, similarity: 0.9 },
      { relevance: 0.4, similarity: 0.1 },
    ]);
    expect(near! - far!).toBeCloseTo(0.36);
  });

  test("a document without a vector competes as those with such words do", () => {
    const known = Array.from({ length: 20 }, (_, i) => ({ relevance: i / 20, similarity: i / 40 }));
    const fused = fuse([...known, { relevance: 0.5 }]);
    expect(fused.at(-1)).toBeCloseTo(fused[10]!);
  });

  test("stay in [0,1] and grow with both", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const judged = fc.record({ relevance: share, similarity: fc.option(share, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 30 }), (documents) => {
        expect(fuse(documents).every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
    );
  });
});

const text = (id: string, title: string, body: string): Document => {
  return { id: `T:${id}`, title, sections: [{ label: "", text: body }] };
};
const DOCUMENTS = [
  text("imatinib", "Imatinib in leukaemia", "Imatinib gave lasting remission of chronic myeloid leukaemia."),
  text("infarction", "Myocardial infarction", "After myocardial infarction, early treatment saves lives."),
  text("blocker", "β-blockers", "Beta-blockers lower mortality. Metoprolol succinate was given."),
  text("cytokine", "TNF-α and interleukin-2", "TNFα rises with interleukin-2 in tumours; IL-2 was measured."),
  text("six", "IL-6", "IL-6 rises with IL-6, says IL-6."),
  text("dbe", "Balloons", "We studied double balloon enteroscopy (DBE) in adults."),
  text("dbe2", "Bleeding", "DBE found the source of bleeding in most patients."),
  text("anaemia", "Anaemia", "Anaemia and haemorrhage were seen in BRCA1/2 carriers."),
  ...Array.from({ length: 30 }, (_, i) =>
    text(`plant-${i}`, `Plants ${i}`, `Leaves of kind ${i} are green in spring.`),
  ),
];
const ENTITIES: Entity[] = [
  { id: "T:D1", name: "imatinib", category: "Drug", synonyms: ["Gleevec", "Glivec"] },
  { id: "T:D2", name: "myocardial infarction", category: "Disease", synonyms: ["heart attack", "MI"] },
  { id: "T:G1", name: "interleukin 2", category: "Gene", synonyms: ["IL2", "IL-2"] },
];

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "relevance-"));
  const store = new DocumentStore(join(folder, "documents.db"));
  store.put(DOCUMENTS);
  store.close();
  const graph = new GraphStore(join(folder, "graph.db"));
  graph.putEntities(ENTITIES);
  graph.close();
  const counts = { documents: DOCUMENTS.length, entities: ENTITIES.length, relations: 0 };
  writeManifest(folder, { version: 1, name: "test", revision: "1", sources: [], counts });
  return folder;
}

async function find(retriever: Retriever, query: string) {
  const { signal } = new AbortController();
  return retriever.search(query, { sources: ["local"], limit: 5 }, { signal });
}

async function ids(retriever: Retriever, query: string): Promise<string[]> {
  const { documents } = await find(retriever, query);
  return documents.map(({ id }) => id.slice(2));
}

describe("a search by words", () => {
  let folder: string;
  let retriever: Retriever;

  beforeAll(() => {
    folder = makeFolder();
    retriever = new Retriever(openFolder("test", folder), { embedder: null, sources: [] });
  });
  afterAll(async () => {
    await retriever.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["a brand finds the drug", "Gleevec", "imatinib"],
    ["what people call it finds what doctors call it", "heart attack", "infarction"],
    ["symbols with and without hyphen", "IL2", "cytokine"],
    ["not another number of the same symbol", "IL-2", "cytokine"],
    ["Greek letters by name", "TNF-alpha", "cytokine"],
    ["compounds apart", "beta blocker", "blocker"],
    ["and joined with the letter", "β-blocker", "blocker"],
    ["a salt is found by its drug", "metoprolol", "blocker"],
    ["and a drug by its salt", "metoprolol tartrate", "blocker"],
    ["American spelling", "anemia and hemorrhage", "anaemia"],
    ["one of two genes", "BRCA2", "anaemia"],
    ["plurals", "tumor", "cytokine"],
  ])("%s: %s", async (_, query, id) => {
    expect((await ids(retriever, query))[0]).toBe(id);
  });

  test("what is named is found among common words, and its absence makes the rest less relevant", async () => {
    expect((await ids(retriever, "does imatinib improve green leaves early in spring"))[0]).toBe("imatinib");
    const known = await find(retriever, "does treatment save lives early");
    const unknown = await find(retriever, "does zorbacaftor treatment save lives early");
    expect(unknown.documents[0]!.id).toBe("T:infarction");
    expect(unknown.documents[0]!.relevance!).toBeLessThan(0.7 * known.documents[0]!.relevance!);
    expect(unknown.notes.join()).toContain("no stored document mentions: zorbacaftor");
  });

  test("abbreviations are learnt from the texts, both ways", async () => {
    expect(await ids(retriever, "double balloon enteroscopy")).toEqual(["dbe", "dbe2"]);
    expect((await ids(retriever, "DBE")).toSorted()).toEqual(["dbe", "dbe2"]);
  });

  test("a synonym counts less than the user's own word", async () => {
    const { documents } = await find(retriever, "imatinib");
    const other = await find(retriever, "Glivec");
    expect(other.documents[0]!.relevance!).toBeLessThan(documents[0]!.relevance!);
  });
});

describe("a search by meaning", () => {
  let folder: string;
  let retriever: Retriever;
  let service: EmbeddingServer;
  let http: HttpClient;

  const openWith = (embedder: EndpointEmbedder) => {
    retriever = new Retriever(openFolder("test", folder), { embedder, sources: [] });
  };

  beforeEach(async () => {
    folder = makeFolder();
    service = await embeddingServer();
    http = httpClient({ cacheFile: false });
  });
  afterEach(async () => {
    await retriever.close();
    http.close();
    await service.close();
    rmSync(folder, { recursive: true });
  });

  test("with an embedder, what means the same is found, and the measure says so", async () => {
    openWith(new EndpointEmbedder({ url: service.url, model: "words", client: http }));
    const found = await find(retriever, "remedy");
    expect(found.relevanceMethod).toBe("bm25+embedding:words");
    expect(found.documents[0]?.id).toBe("T:infarction");
    expect((await find(retriever, "quark flavours")).documents).toEqual([]);
  });

  test("live documents are compared in meaning as well, and compete in one ranking", async () => {
    const live = text("live", "Remedies", "A remedy in the first hours.");
    const source: LiveSource = {
      name: "europepmc",
      prefixes: [],
      search: async () => ({ documents: [live], notes: [] }),
    };
    const embedder = new EndpointEmbedder({ url: service.url, model: "words", client: http });
    retriever = new Retriever(openFolder("test", folder), { embedder, sources: [source] });
    const { signal } = new AbortController();
    const found = await retriever.search(
      "early treatment saves lives",
      { sources: ["local", "europepmc"] },
      { signal },
    );
    expect(found.documents.map(({ id }) => id).slice(0, 2)).toEqual(["T:infarction", "T:live"]);
    const near = await retriever.search("treatment hours", { sources: ["local", "europepmc"] }, { signal });
    expect(near.documents[0]?.id).toBe("T:live");
    expect(near.relevanceMethod).toBe("bm25+embedding:words");
  });

  test("an embedder that goes away is said; words go on", async () => {
    openWith(new EndpointEmbedder({ url: service.url, model: "words", client: http }));
    expect((await find(retriever, "imatinib")).relevanceMethod).toBe("bm25+embedding:words");
    service.instead = (_, response) => Boolean(response.writeHead(401).end("no"));
    const found = await find(retriever, "imatinib");
    expect(found).toMatchObject({ relevanceMethod: "bm25", documents: [{ id: "T:imatinib" }] });
    expect(found.notes.join()).toContain("ranked by words alone");
  });

  test("an index is made without vectors where the embedder is away from the beginning", async () => {
    service.instead = (_, response) => Boolean(response.writeHead(401).end("no"));
    openWith(new EndpointEmbedder({ url: service.url, model: "words", client: http }));
    expect(await ids(retriever, "imatinib")).toEqual(["imatinib"]);
  });
});

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Document, documentText } from "../../../schemas/index.ts";
import { liveService, questionOf, type LiveService } from "../testing/live-service.ts";
import { rxnormAnswer } from "../testing/rxnav-records.ts";
import { rxnav } from "./rxnav.ts";
import { RXNAV } from "./rxnav/api.ts";
import { resolveDrug } from "./rxnav/resolve.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let rxnorm: LiveService;
beforeEach(async () => {
  rxnorm = await liveService(RXNAV);
  rxnorm.answer = rxnormAnswer;
});
afterEach(() => rxnorm.close());

const NAMES =
  "conceptGroup conceptProperties rxcui name tty rxclassDrugInfo rxclassMinConceptItem className rela".split(" ");

const drug = (text: string) => ({ [text]: { category: "Drug" } });
const resolve = (name: string) => resolveDrug(name, () => rxnorm.call());

describe("resolveDrug", () => {
  it("an ingredient with its brands, forms, products and classes", async () => {
    expect(await resolve("Zelpamab")).toMatchObject({
      rxcui: "901",
      name: "zelpamab",
      tty: "IN",
      match: "exact",
      ambiguous: false,
      brands: [{ rxcui: "902", name: "Zelpa" }],
      doseForms: [{ name: "Oral Tablet" }],
      products: [{ rxcui: "903" }],
      suggestions: [{ rxcui: "904", name: "zelpamide", score: 9.1 }],
      missing: [],
    });
  });

  it("a brand belongs to the classes of what it contains", async () => {
    const brand = await resolve("Zelpa");
    expect(brand).toMatchObject({ rxcui: "902", tty: "BN", ingredients: [{ rxcui: "901", name: "zelpamab" }] });
    expect(brand!.classes.map(({ name }) => name)).toContain("Fictional Kinase Inhibitors");
  });

  it("a typing error is told, and what else the name may mean", async () => {
    expect(await resolve("zelpamib")).toMatchObject({ name: "zelpamab", match: "typo", ambiguous: false });
    expect(await resolve("zelp")).toMatchObject({
      match: "nearest",
      ambiguous: true,
      suggestions: [{ name: "zelpamab" }],
    });
    expect(await resolve("nothing like it")).toBeUndefined();
  });

  it("a number that was retired gives way to the next one, and is no exact match", async () => {
    expect(await resolve("quellomab")).toMatchObject({ rxcui: "904", match: "nearest" });
  });
});

describe("search", () => {
  it("a document for each named drug", async () => {
    const { documents, notes } = await rxnav.search(questionOf("What is Zelpa?", drug("Zelpa")), rxnorm.call());
    const [document] = documents;
    expect(Document.parse(document)).toMatchObject({
      id: "RXCUI:902",
      publicationTypes: ["Curated Database"],
      identifiers: { rxcui: "902" },
      related: { ingredient: ["RXCUI:901"], product: ["RXCUI:903"] },
    });
    expect(documentText(document!)).toContain("Mechanism of action: Fictional Kinase Inhibitors (MEDRT N0009)");
    expect(documentText(document!)).toContain("May treat: Vornitis (MEDRT D0009)");
    expect(documentText(document!)).toContain("Contraindicated with: Quellosis");
    expect(documentText(document!)).toContain("ATC class: Other immunosuppressants (ATC L04XX)");
    expect(notes).toEqual([]);
  });

  it("a question of interactions is told that nothing is known of them here, which is not that there are none", async () => {
    const { notes } = await rxnav.search(
      questionOf("Does zelpamab interact with aspirin?", drug("zelpamab")),
      rxnorm.call(),
    );
    expect(notes[0]).toMatch(/holds no interactions.*does not mean that there is none/);
  });

  it("a number of RxNorm in the vocabulary needs no search for the name", async () => {
    const numbered = { Zelpa: { id: "RXCUI:901", category: "Drug" } };
    const { documents } = await rxnav.search(questionOf("dose of Zelpa", numbered), rxnorm.call());
    expect(documents.map(({ id }) => id)).toEqual(["RXCUI:901"]);
    expect(rxnorm.asked.map(({ path }) => path)).not.toContain("/approximateTerm.json");
  });

  it("a word that nobody knows counts only where RxNorm has that very name, give or take a letter", async () => {
    expect((await rxnav.search(questionOf("Is zelpamib safe?"), rxnorm.call())).documents).toHaveLength(1);
    expect((await rxnav.search(questionOf("Is zelp safe?"), rxnorm.call())).documents).toEqual([]);
  });

  it("the nearest name is another drug: it is suggested, and not given", async () => {
    const answer = await rxnav.search(questionOf("dose of quellomab", drug("quellomab")), rxnorm.call());
    expect(answer).toMatchObject({ documents: [], notes: ["RxNorm has no drug called quellomab; near are zelpamide"] });
  });

  it("no drug is inapplicable, an unknown one empty", async () => {
    expect(
      rxnav.inapplicable!(questionOf("What causes vornitis?", { vornitis: { category: "Disease" } })),
    ).toBeDefined();
    expect(await rxnav.search(questionOf("dose of foo", drug("foobarine")), rxnorm.call())).toMatchObject({
      documents: [],
    });
  });
});

describe("what goes wrong", () => {
  it("survives answers of any shape", async () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.constant("901"),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...NAMES), tie("tree")),
      ),
    }));
    for (const wild of fc.sample(tree, 10)) {
      rxnorm.answer = (asked) =>
        asked.path === "/approximateTerm.json" || asked.path.endsWith("/properties.json")
          ? rxnormAnswer(asked)
          : { body: { drugGroup: wild, allRelatedGroup: wild, rxclassDrugInfoList: wild } };
      if (rxnorm.asked.length > 0) rxnorm.age(30);
      const { documents } = await rxnav.search(questionOf("What is zelpamab?", drug("zelpamab")), rxnorm.call());
      expect(Document.parse(documents[0]).id).toBe("RXCUI:901");
    }
  });

  it("classes that cannot be asked leave the rest, and are named", async () => {
    rxnorm.answer = (asked) =>
      asked.path.startsWith("/rxclass") ? { body: "<html>down</html>" } : rxnormAnswer(asked);
    const answer = await rxnav.search(questionOf("What is zelpamab?", drug("zelpamab")), rxnorm.call());
    expect(answer.documents).toHaveLength(1);
    expect(answer.degraded).toContain("of zelpamab are missing classes");
  });

  it.each([
    ["a web page", { body: "<!doctype html><html></html>" }],
    ["an answer that was cut off", { body: '{"approximateGroup":{"cand' }],
    ["another shape", { body: { version: 1 } }],
    ["an error", { status: 500, body: "" }],
  ])("%s is a failure, no empty answer", async (_, reply) => {
    rxnorm.answer = () => reply;
    const failing = rxnav.search(questionOf("What is zelpamab?", drug("zelpamab")), rxnorm.call());
    await expect(failing).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  });
});

describe("by id", () => {
  it("a concept, with product codes where it is a product; undefined for a number that is none", async () => {
    const product = await rxnav.fetch!("RXCUI:903", rxnorm.call());
    expect(product).toMatchObject({ id: "RXCUI:903", identifiers: { rxcui: "903", ndc: "99999010101" } });
    expect(await rxnav.fetch!("RXCUI:999", rxnorm.call())).toBeUndefined();
    expect(await rxnav.fetch!("RXCUI:1/../2", rxnorm.call())).toBeUndefined();
  });
});

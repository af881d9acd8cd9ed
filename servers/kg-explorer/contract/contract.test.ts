/** What every store of the explorer must do, tried on each that is at hand. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entity, Relation } from "../../../schemas/index.ts";
import { HUB_DEGREE } from "../paths.ts";
import { SMALL, type SmallGraph } from "../testing/small-graph.ts";
import { STORES, type OpenStore } from "../testing/stores.ts";

const entity = (id: string, category: string, name: string, more: Partial<Entity> = {}): Entity => ({
  id,
  category,
  name,
  ...more,
});
const relation = (subject: string, predicate: string, object: string, more: Partial<Relation> = {}): Relation => ({
  subject,
  predicate,
  object,
  evidence: [],
  ...more,
});
const quoted = (document: string, quote: string) => [
  { document, quote, knowledgeLevel: "knowledge_assertion" as const, agent: "manual_agent" },
];

const INJECTION = `x'}) DETACH DELETE n // "; DROP TABLE entities; --`;
const UNICODE = "Sjögren–Larsson syndrome 𝔸 µ";

/** Awkward things beside a hub. */
const AWKWARD: SmallGraph = {
  entities: [
    ...SMALL.entities,
    entity("X:injection", "Disease", INJECTION, { synonyms: [`\`]-() RETURN 1 //`, "a\nb\tc"] }),
    entity("X:quoted", 'Weird `category` "x"', `"It's" a \\ 'name'`),
    entity("X:unicode", "Disease", UNICODE, { xrefs: [`UMLS:"C\\1" OR *:*`, "UMLS:C7"] }),
    entity("X:twin", "Disease", "twin", { xrefs: ["UMLS:C7"] }),
    entity("X:slash", "Disease", "HIV/AIDS", { synonyms: ["../x"], attributes: { phase: 3, open: true } }),
    entity("HUB:1", "InheritanceMode", "hub of all"),
    ...Array.from({ length: HUB_DEGREE + 20 }, (_, i) => entity(`D:${i}`, "Disease", `disease ${i}`)),
  ],
  relations: [
    ...SMALL.relations,
    relation("X:injection", "has`x`](y)", "X:unicode", { evidence: quoted("NOTE:1", INJECTION) }),
    relation("UMLS:C7", "subclass_of", "X:quoted"),
    relation("X:slash", "related_to", "X:slash"),
    relation("X:slash", "has_phenotype", "HP:0001250", { qualifiers: { clinical: { frequency: "1/2" } } }),
    relation("X:slash", "has_phenotype", "HP:0001250", { qualifiers: { clinical: { frequency: "2/3" } } }),
    relation("X:slash", "has_phenotype", "HP:0001250", {
      qualifiers: { temporal: { onset: "HP:0003577" }, spatial: { geography: "Île-de-France" } },
      evidence: quoted("NOTE:2", "Ectopia lentis is frequent."),
    }),
    relation("X:slash", "has_phenotype", "HP:0001250", { negated: true }),
    relation("HP:0001250", "has_phenotype", "X:slash"),
    ...Array.from({ length: HUB_DEGREE + 20 }, (_, i) => relation(`D:${i}`, "has_mode_of_inheritance", "HUB:1")),
    relation("NCBIGene:8085", "causes", "D:1"),
    relation("NCBIGene:5978", "causes", "D:2"),
  ],
  documents: SMALL.documents,
};

for (const store of STORES) {
  if (store.missing) console.warn(`\n${store.name}: ${store.missing}\n`);
  describe.skipIf(store.missing)(
    `the explorer's contract on ${store.name}${store.missing ? ` (${store.missing})` : ""}`,
    () => {
      let open: OpenStore;
      beforeAll(async () => {
        open = await store.open(AWKWARD);
      });
      afterAll(() => open?.close());

      const ids = async (query: string) => (await open.explorer.find(query)).entities.map((e) => e.id);
      const why = async (query: Parameters<OpenStore["explorer"]["paths"]>[0]) =>
        (await open.explorer.paths(query)).reason;
      const count = async (query: object) => (await open.explorer.neighbors({ id: "X:slash", ...query })).total;
      const names = async (query: Parameters<OpenStore["explorer"]["neighbors"]>[0]) =>
        (await open.explorer.neighbors(query)).entities.map((e) => e.name);

      describe("resolve", () => {
        it("finds by name, synonym, typo, identifier and xref, in any case", async () => {
          expect(await ids("lens DISLOCATION")).toEqual(["HP:0001083"]);
          expect((await ids("Fabry disese"))[0]).toBe("OMIM:301500");
          expect(await ids("omim:301500")).toEqual(["OMIM:301500"]);
          expect(await ids("UMLS:C0024796")).toEqual(["OMIM:154700", "ORPHA:558"]);
          expect(await ids("Marfan syndrome")).toEqual(["OMIM:154700", "ORPHA:558"]);
          expect((await ids("diabetes mellitus")).toSorted()).toEqual(["OMIM:125853", "OMIM:222100"]);
        });

        it("finds what a sentence mentions, with the spans", async () => {
          const { entities } = await open.explorer.find("Does Entresto of Novartis treat heart failure?");
          expect(entities.map((e) => [e.id, e.mention?.text])).toEqual([
            ["DRUG:entresto", "Entresto"],
            ["ORG:novartis", "Novartis"],
            ["DIS:hf", "heart failure"],
          ]);
        });

        it("takes names with quotes, slashes, other scripts, Cypher and SQL for names", async () => {
          for (const id of ["X:injection", "X:quoted", "X:unicode", "X:slash"]) {
            const { entity: found } = await open.explorer.card(id);
            expect((await open.explorer.card(found.name)).entity).toEqual(found);
          }
          expect((await open.explorer.card("../x")).entity.id).toBe("X:slash");
          expect((await open.explorer.card(`UMLS:"C\\1" OR *:*`)).entity.id).toBe("X:unicode");
          expect((await open.explorer.card("UMLS:C7")).entity.id).toBe("X:unicode");
          for (const wild of [INJECTION, "*", "(", '"', "\\", "a:b", "NOTE:1) OR (x"]) await open.explorer.find(wild);
          expect((await open.explorer.describe()).counts.entities).toBe(AWKWARD.entities.length);
        });

        it("keeps to a category", async () => {
          const { entities } = await open.explorer.find("heart", { category: "AnatomicalEntity" });
          expect(entities.map((e) => e.id)).toEqual(["UBERON:heart"]);
        });
      });

      describe("a card", () => {
        it("holds the whole entity and counts per predicate and direction", async () => {
          const { entity: found, relationCounts, degree } = await open.explorer.card("X:slash");
          expect(found).toEqual(AWKWARD.entities.find((e) => e.id === "X:slash"));
          expect(relationCounts.map((c) => [c.predicate, c.direction, c.count])).toEqual([
            ["has_phenotype", "out", 4],
            ["has_phenotype", "in", 1],
            ["related_to", "in", 1],
            ["related_to", "out", 1],
          ]);
          expect(degree).toBe(7);
        });
      });

      describe("neighbours", () => {
        it("keep parallel relations of other qualifiers, negation and direction apart", async () => {
          const { relations, total } = await open.explorer.neighbors({
            id: "X:slash",
            categories: ["PhenotypicFeature"],
          });
          expect(total).toBe(5);
          expect(relations!.map((r) => [r.subject, r.negated ?? false, r.qualifiers ?? {}])).toEqual([
            ["X:slash", false, { temporal: { onset: "HP:0003577" }, spatial: { geography: "Île-de-France" } }],
            ["X:slash", false, { clinical: { frequency: "1/2" } }],
            ["X:slash", false, { clinical: { frequency: "2/3" } }],
            ["HP:0001250", false, {}],
            ["X:slash", true, {}],
          ]);
          expect(new Set(relations!.map((r) => r.id)).size).toBe(5);
        });

        it("are filtered by predicate, category and direction", async () => {
          expect(await names({ id: "X:slash", direction: "in", predicates: ["has_phenotype"] })).toEqual(["Seizure"]);
          expect(await names({ id: "Entresto", categories: ["Drug"] })).toEqual(["sacubitril", "valsartan"]);
          expect(await names({ id: "X:injection", predicates: ["has`x`](y)"] })).toEqual([UNICODE]);
          expect(await names({ id: "X:quoted" })).toEqual([UNICODE]);
        });

        it("are filtered by evidence and by what stands in the qualifiers", async () => {
          expect(await count({ evidence: true })).toBe(1);
          expect(await count({ evidence: true, qualifier: "île" })).toBe(1);
          expect(await count({ qualifier: "frequency=1/2" })).toBe(1);
          expect(await count({ qualifier: "frequency" })).toBe(2);
          expect(await count({ qualifier: `" OR 1=1` })).toBe(0);
          expect(await count({ evidence: false, qualifier: "geography" })).toBe(0);
        });

        it("are filtered by evidence and by what the context says", async () => {
          const seizure = { id: "X:slash", predicates: ["has_phenotype"] };
          expect((await open.explorer.neighbors({ ...seizure, evidence: true })).total).toBe(1);
          expect((await open.explorer.neighbors({ ...seizure, evidence: false })).total).toBe(4);
          const { relations } = await open.explorer.neighbors({ ...seizure, qualifier: "frequency=2/3" });
          expect(relations!.map((r) => r.qualifiers)).toEqual([{ clinical: { frequency: "2/3" } }]);
          expect((await open.explorer.neighbors({ ...seizure, qualifier: "île-de" })).total).toBe(1);
          expect((await open.explorer.neighbors({ ...seizure, qualifier: `'") RETURN 1` })).total).toBe(0);
        });

        it("of a hub come in pages without gap or repetition, in one order", async () => {
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await open.explorer.neighbors({ id: "HUB:1", limit: 90, cursor });
            expect(page.total).toBe(HUB_DEGREE + 20);
            seen.push(...page.entities.map((e) => e.name));
            cursor = page.nextCursor;
          } while (cursor);
          expect(seen).toHaveLength(HUB_DEGREE + 20);
          expect(seen).toEqual(seen.toSorted());
          expect(new Set(seen).size).toBe(seen.length);
        });

        it("refuse a cursor from another question", async () => {
          const { nextCursor } = await open.explorer.neighbors({ id: "HUB:1", limit: 5 });
          await expect(open.explorer.neighbors({ id: "X:slash", cursor: nextCursor })).rejects.toMatchObject({
            reason: "invalid_arguments",
          });
        });
      });

      describe("evidence", () => {
        it("is found by the relation's id and by its ends, verbatim", async () => {
          const { relations } = await open.explorer.neighbors({ id: "Entresto", predicates: ["manufactured_by"] });
          const byId = await open.explorer.evidence({ relation: relations![0]!.id });
          expect(byId.passages![0]!.text).toContain("It is marketed by Novartis.");
          expect(await open.explorer.evidence({ subject: "Novartis", object: "Entresto" })).toEqual(byId);
          expect((await open.explorer.evidence({ subject: "X:slash", object: "X:slash" })).relations).toHaveLength(1);
        });

        it("of no relation is not found", async () => {
          for (const id of ["R:0000000000000000", "R:' OR 1=1", "*"]) {
            await expect(open.explorer.evidence({ relation: id })).rejects.toMatchObject({ reason: "not_found" });
          }
        });
      });

      describe("paths", () => {
        it("go with and against the direction of relations, the shortest first", async () => {
          const { paths } = await open.explorer.paths({ from: "Sandoz", to: "neprilysin" });
          expect(paths.map((p) => p.nodes)).toEqual([
            ["ORG:sandoz", "ORG:novartis", "DRUG:entresto", "DRUG:sacubitril", "PR:neprilysin"],
          ]);
          const parallel = await open.explorer.paths({ from: "X:slash", to: "HP:0001250", k: 5, maxLength: 3 });
          expect(parallel.paths.map((p) => p.length)).toEqual([1]);
          // Of parallel relations the one with evidence.
          expect(parallel.relations![0]!.evidence).toHaveLength(1);
        });

        it("never lead over what is negated", async () => {
          const { paths, reason } = await open.explorer.paths({ from: "OMIM:154700", to: "HP:0001250" });
          expect(paths).toEqual([]);
          expect(reason).toBe("not connected");
        });

        it("along a metapath take each predicate in turn, hubs or not", async () => {
          const { paths } = await open.explorer.paths({
            from: "NCBIGene:8085",
            to: "NCBIGene:5978",
            mode: "metapath",
            predicates: ["causes", "has_mode_of_inheritance", "has_mode_of_inheritance", "causes"],
          });
          expect(paths.map((p) => p.nodes)).toEqual([["NCBIGene:8085", "D:1", "HUB:1", "D:2", "NCBIGene:5978"]]);
          const none = await open.explorer.paths({
            from: "GLA",
            to: "FBN1",
            mode: "metapath",
            predicates: ["causes", "treats"],
          });
          expect(none.reason).toContain("causes → treats");
        });

        it("lead from one end to whoever is reached, those reached in most ways first", async () => {
          const shared = await open.explorer.paths({
            from: "OMIM:154700",
            mode: "metapath",
            predicates: ["has_phenotype", "has_phenotype"],
          });
          expect(shared.ends).toEqual([
            { id: "OMIM:129600", name: "Ectopia lentis, isolated", category: "Disease", ways: 1 },
          ]);
          expect(shared.total).toBe(1);
          expect(shared.paths.map((p) => p.nodes)).toEqual([["OMIM:154700", "HP:0001083", "OMIM:129600"]]);
          const over = (ways: number) =>
            open.explorer.paths({
              from: "D:1",
              mode: "metapath",
              predicates: ["has_mode_of_inheritance", "has_mode_of_inheritance"],
              ways,
              k: 3,
            });
          expect(await over(1)).toMatchObject({ total: HUB_DEGREE + 19 });
          expect((await over(1)).ends!.map((e) => e.id)).toEqual(["D:0", "D:2", "D:3"]);
          expect(await over(2)).toMatchObject({ total: 0, reason: expect.stringContaining("in 2 ways") });
        });

        it("grow to a longest chain of relations with evidence, without a shortcut", async () => {
          const chain = await open.explorer.paths({ from: "Novartis", mode: "longest" });
          expect(chain.paths.map((p) => p.nodes)).toEqual([
            ["ORG:novartis", "DRUG:entresto", "DRUG:sacubitril", "PR:neprilysin"],
          ]);
          expect(chain).toMatchObject({ bound: 3, optimal: true });
          const short = await open.explorer.paths({ from: "Novartis", mode: "longest", maxLength: 2 });
          expect(short).toMatchObject({ bound: 2, optimal: true, paths: [{ length: 2 }] });
          expect(await why({ from: "LONELY1", mode: "longest" })).toContain("no relation of LONELY1");
        });

        it("from one end alone tell who is reached, in how many ways", async () => {
          const { ends, total } = await open.explorer.paths({
            from: "HP:0001083",
            mode: "metapath",
            predicates: ["has_phenotype", "causes"],
          });
          expect(total).toBe(1);
          expect(ends!.map((end) => [end.id, end.ways])).toEqual([["NCBIGene:2200", 2]]);
        });

        it("that are longest have evidence at every step, and a proven bound", async () => {
          const { paths, bound, optimal, relations } = await open.explorer.paths({ from: "Novartis", mode: "longest" });
          expect(optimal).toBe(true);
          expect(paths[0]!.length).toBe(bound);
          for (const step of relations!) expect(step.evidence!.length).toBeGreaterThan(0);
          expect(paths[0]!.nodes.slice(0, 2)).toEqual(["ORG:novartis", "DRUG:entresto"]);
        });

        it("hold hubs back and say so", async () => {
          const capped = await open.explorer.paths({ from: "NCBIGene:8085", to: "NCBIGene:5978" });
          expect(capped.paths).toEqual([]);
          expect(capped.reason).toContain(
            `capped: connected in 4 steps only over hubs (hub of all (${HUB_DEGREE + 20}))`,
          );
        });

        it("say why there is none: too far, filtered, not connected, the same", async () => {
          expect(await why({ from: "Sandoz", to: "neprilysin", maxLength: 2 })).toContain(
            "too far: the shortest connection has 4 steps",
          );
          expect(await why({ from: "Sandoz", to: "Entresto", predicates: ["treats"] })).toContain(
            "filtered: they are connected within",
          );
          expect(await why({ from: "Sandoz", to: "LONELY1" })).toBe("not connected");
          expect(await why({ from: "Sandoz", to: "Sandoz" })).toBe("both ends are the same entity");
        });
      });

      it("gives the piece of the graph around several entities", async () => {
        const { entities, relations } = await open.explorer.subgraph(["OMIM:154700", "OMIM:129600"], 1, 4);
        expect(entities.slice(2).map((e) => e.name)).toEqual(["FBN1", "Ectopia lentis"]);
        expect(relations).toHaveLength(4);
        expect((await open.explorer.subgraph(["HUB:1"], 2, 30)).relations).toHaveLength(30);
      });

      it("describes the graph with counts and examples", async () => {
        const { counts, categories, predicates } = await open.explorer.describe();
        expect(counts).toMatchObject({ entities: AWKWARD.entities.length, relations: AWKWARD.relations.length });
        expect(categories).toContainEqual({
          category: 'Weird `category` "x"',
          count: 1,
          example: `"It's" a \\ 'name'`,
        });
        expect(predicates).toContainEqual(expect.objectContaining({ predicate: "has`x`](y)", count: 1 }));
      });

      it("takes texts of a megabyte for what they are, and lives", async () => {
        const long = "x".repeat(1_000_000);
        const entities = [
          entity("L:1", "Disease", "long names", {
            synonyms: [`${long} y`],
            xrefs: [`X:${long}`, "X:1"],
            description: long,
          }),
          entity("L:2", long, "long category"),
        ];
        const relations = [relation("X:1", long, "L:2", { evidence: quoted(`NOTE:${long}`, long) })];
        // Where there is room for one graph only, it takes the place of the one that the other tests ask.
        await open.close();
        const other = await store.open({ entities, relations, documents: [] });
        expect((await other.backend.entity("X:1"))!.id).toBe("L:1");
        expect((await other.backend.neighbours("L:2", {}, 0, 5)).relations[0]!.evidence[0]!.quote).toBe(long);
        expect((await other.explorer.find("long names")).entities.map((e) => e.id)).toEqual(["L:1"]);
        await other.close();
        open = await store.open(AWKWARD);
      });
    },
  );
}

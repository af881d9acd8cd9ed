/** What holds in every world: same bytes, sound vocabulary, time in order, evidence word for word, names that nothing real has. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  documentText,
  KnowledgeRecord,
  PREDICATES,
  SPECIALTIES,
  type Category,
  type Document,
  type Entity,
  type Predicate,
  type Relation,
} from "../../../schemas/index.ts";
import { openKnowledge } from "../index.ts";
import { normaliseName } from "../names.ts";
import { isPlainWord } from "../plain-words.ts";
import { readStarter } from "../starter/read.ts";
import { grammarOf } from "./grammar.ts";
import { ensureGym, GYM_VERSION, parseGymName, readGym } from "./index.ts";

interface Gym {
  entities: Map<string, Entity>;
  documents: Map<string, Document>;
  relations: Relation[];
}

/** Reads a whole world and checks the order of its records on the way. */
function read(seed: string, size: number): Gym {
  const gym: Gym = { entities: new Map(), documents: new Map(), relations: [] };
  for (const record of readGym({ seed, size })) {
    if (record.type === "entity") gym.entities.set(record.entity.id, record.entity);
    if (record.type === "document") gym.documents.set(record.document.id, record.document);
    if (record.type !== "relation") continue;
    expect(gym.entities.has(record.relation.subject) && gym.entities.has(record.relation.object)).toBe(true);
    expect(record.relation.evidence.every((e) => gym.documents.has(e.document))).toBe(true);
    gym.relations.push(record.relation);
  }
  return gym;
}

function digest(seed: string, size: number): string {
  const hash = createHash("sha256");
  for (const record of readGym({ seed, size })) hash.update(JSON.stringify(record));
  return hash.digest("hex");
}

const seeds = fc.oneof(fc.nat().map(String), fc.stringMatching(/^[a-z]{1,12}$/));
const worlds = fc.record({ seed: seeds, size: fc.integer({ min: 100, max: 400 }) });
const gym = read("7", 1000);
const home = mkdtempSync(join(tmpdir(), "gym-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the stream", () => {
  it("is the same bytes for the same world, and other bytes for another", () => {
    fc.assert(
      fc.property(worlds, ({ seed, size }) => {
        expect(digest(seed, size)).toBe(digest(seed, size));
        expect(digest(`${seed}x`, size)).not.toBe(digest(seed, size));
      }),
      { numRuns: 5 },
    );
  });

  it("is what it was when this version was made: where this fails, raise GYM_VERSION", () => {
    const known: Record<number, string> = { 2: "9ec6e2ffa97b3567" };
    expect(digest("7", 100).slice(0, 16)).toBe(known[GYM_VERSION]);
  });

  it("has as many entities as asked for, each record of the schema, every specialty", () => {
    fc.assert(
      fc.property(worlds, ({ seed, size }) => {
        const { entities } = read(seed, size);
        expect(entities.size).toBe(size);
        const specialties = new Set([...entities.values()].map((e) => e.attributes?.["specialty"]));
        expect(SPECIALTIES.filter((s) => !specialties.has(s))).toEqual([]);
      }),
      { numRuns: 10 },
    );
    for (const record of readGym({ seed: "schema", size: 150 })) KnowledgeRecord.parse(record);
  });
});

describe("facts", () => {
  it("stand between the kinds of thing that the vocabulary admits", () => {
    fc.assert(
      fc.property(worlds, ({ seed, size }) => {
        const { entities, relations } = read(seed, size);
        for (const { subject, predicate, object } of relations) {
          const { subject: domain, object: range }: Predicate = PREDICATES[predicate as keyof typeof PREDICATES];
          const [s, o] = [entities.get(subject)!.category, entities.get(object)!.category] as [Category, Category];
          // "subclass_of" admits anything; here it joins findings, and drugs with their classes.
          const [domains, ranges] =
            predicate === "subclass_of"
              ? [["PhenotypicFeature", "Drug"], s === "Drug" ? ["DrugClass"] : [s]]
              : [domain, range];
          expect(domains).toContain(s);
          expect(ranges).toContain(o);
        }
      }),
      { numRuns: 5 },
    );
  });

  it("are in order of time", () => {
    fc.assert(
      fc.property(worlds, ({ seed, size }) => {
        expect(anachronisms(read(seed, size))).toEqual([]);
      }),
      { numRuns: 10 },
    );
    expect(anachronisms(gym)).toEqual([]);
  });

  it("leave most things rare and make a few hubs", () => {
    const degrees = [...degreesOf(gym).values()].toSorted((a, b) => a - b);
    expect(degrees).toHaveLength(1000);
    expect(degrees[degrees.length >> 1]).toBeLessThanOrEqual(4);
    expect(degrees.at(-1)).toBeGreaterThan(40);
  });

  it("hold chains of eight steps without a shortcut, in the smallest worlds too", () => {
    for (const seed of ["1", "2", "apple", "pear", "99"]) expect(longChain(read(seed, 100), 8)).toHaveLength(9);
  });
});

/** Relations that could not have come about, as sentences. */
function anachronisms({ entities, documents, relations }: Gym): string[] {
  const year = (id: string, attribute: string) => entities.get(id)!.attributes?.[attribute] as number;
  const problems: string[] = [];
  for (const r of relations) {
    const before = (earlier: number, later: number) => {
      if (!(earlier <= later)) problems.push(`${r.subject} ${r.predicate} ${r.object}: ${earlier} after ${later}`);
    };
    if (r.negated) continue;
    const { subject: s, object: o } = r;
    if (r.predicate === "treats") before(year(o, "described"), year(s, "approved"));
    if (r.predicate === "developed_by") before(year(o, "founded"), year(s, "approved"));
    if (r.predicate === "manufactured_by") before(year(o, "founded"), 2025);
    if (r.predicate === "studies_condition") before(year(o, "described"), year(s, "published"));
    if (r.predicate === "studies_intervention") before(year(s, "published"), year(o, "approved"));
    if (r.predicate === "has_comparator") before(year(o, "approved"), year(s, "published"));
    if (r.predicate === "sponsored_by") before(year(o, "founded"), year(s, "published"));
    if (r.predicate === "published_by") before(year(o, "founded"), year(s, "published"));
    if (r.predicate === "recommends" && o.startsWith("GYMDRG")) before(year(o, "approved"), year(s, "published"));
    if (r.predicate === "formed_by_merger_of") before(year(o, "founded") + 1, year(s, "founded"));
    if (r.predicate === "acquired") {
      before(Math.max(year(s, "founded"), year(o, "founded")), Number(r.qualifiers!.temporal!.date));
    }
    for (const { document } of r.evidence)
      before(year(s, "published") || 0, Number(documents.get(document)!.published!.slice(0, 4)));
  }
  return problems;
}

function degreesOf({ relations }: Gym): Map<string, number> {
  const degrees = new Map<string, number>();
  for (const { subject, object } of relations) {
    for (const end of [subject, object]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  return degrees;
}

/** Nodes of an induced path with this many steps, or of the longest that a search of bounded patience finds. */
function longChain({ entities, relations }: Gym, steps: number): string[] {
  const next = new Map([...entities.keys()].map((id) => [id, new Set<string>()]));
  for (const { subject, object, negated } of relations) {
    if (negated) continue;
    next.get(subject)!.add(object);
    next.get(object)!.add(subject);
  }
  let best: string[] = [];
  let patience = 200_000;
  const extend = (path: string[]): boolean => {
    if (path.length > best.length) best = [...path];
    if (best.length > steps || --patience < 0) return true;
    for (const node of next.get(path.at(-1)!)!) {
      if (path.includes(node) || path.slice(0, -1).some((p) => next.get(p)!.has(node))) continue;
      if (extend([...path, node])) return true;
    }
    return false;
  };
  for (const start of next.keys()) if (extend([start])) break;
  return best;
}

describe("evidence", () => {
  it("is word for word in a document that stands, and names both ends", () => {
    for (const world of [gym, read("words", 150)]) {
      for (const relation of world.relations) {
        expect(relation.evidence.length).toBeGreaterThanOrEqual(1);
        expect(relation.evidence.length).toBeLessThanOrEqual(3);
        expect(new Set(relation.evidence.map((e) => e.document)).size).toBe(relation.evidence.length);
        for (const { document, quote } of relation.evidence) {
          const stored = world.documents.get(document)!;
          expect(documentText(stored)).toContain(quote);
          expect(stored.integrity).not.toBe("retracted");
          for (const end of [relation.subject, relation.object]) {
            expect(quote.toLowerCase()).toContain(world.entities.get(end)!.name.toLowerCase());
          }
        }
      }
    }
  });

  it("comes in documents that tell several facts, all of one entity: no document holds a chain of three", () => {
    const told = Map.groupBy(
      gym.relations.flatMap((r) => r.evidence.map((e) => ({ document: e.document, ends: [r.subject, r.object] }))),
      (t) => t.document,
    );
    for (const facts of told.values()) {
      const shared = facts.map((f) => new Set(f.ends)).reduce((a, b) => a.intersection(b));
      expect(shared.size).toBeGreaterThan(0);
    }
    expect([...told.values()].filter((facts) => facts.length > 1).length).toBeGreaterThan(told.size / 3);
  });
});

describe("documents", () => {
  const evidence = new Set(gym.relations.flatMap((r) => r.evidence.map((e) => e.document)));

  it("are of several kinds; a third and more tell nothing; some were retracted", () => {
    const all = [...gym.documents.values()];
    const types = new Set(all.map((d) => d.publicationTypes![0]));
    expect(types.size).toBeGreaterThanOrEqual(8);
    expect(all.filter((d) => !evidence.has(d.id)).length).toBeGreaterThan(0.3 * all.length);
    expect(all.filter((d) => d.integrity === "retracted").length).toBeGreaterThan(5);
  });

  it("that were refuted are older than what refutes them, and the graph holds only the denial", () => {
    const denials = gym.relations.filter((r) => r.negated && r.predicate !== "has_phenotype");
    expect(denials.length).toBeGreaterThan(5);
    for (const { subject, predicate, object, evidence: pieces } of denials) {
      expect(gym.relations.some((r) => !r.negated && r.subject === subject && r.object === object)).toBe(false);
      const names = [subject, object].map((id) => gym.entities.get(id)!.name.toLowerCase());
      const newer = gym.documents.get(pieces[0]!.document)!;
      const older = [...gym.documents.values()].filter(
        (d) =>
          !evidence.has(d.id) &&
          d.published! < newer.published! &&
          names.every((name) => documentText(d).toLowerCase().includes(name)),
      );
      expect(older.length, `${subject} ${predicate} ${object}`).toBeGreaterThan(0);
    }
  });
});

describe("names", () => {
  const categories = [...new Set([...gym.entities.values()].map((e) => e.category as Category))];
  const everyGrammar = categories.map(grammarOf);

  it("are of their grammar and differ in their first word, folded", () => {
    for (const world of [gym, read("names", 400)]) {
      const first = new Set<string>();
      for (const { name, synonyms = [], category } of world.entities.values()) {
        for (const each of [name, ...synonyms]) {
          expect(each).toMatch(grammarOf(category as Category));
          const [word] = normaliseName(each).split(" ");
          expect(first.has(word!), each).toBe(false);
          first.add(word!);
          expect(isPlainWord(word!), each).toBe(false);
        }
      }
    }
  });

  it("give symbols of four characters and more, with a digit", () => {
    const symbols = [...gym.entities.values()].filter((e) => e.category === "Gene").map((e) => e.name);
    expect(symbols.filter((symbol) => !/^[A-Z]{3,}\d$/.test(symbol))).toEqual([]);
  });

  /** Those that some world could use. */
  const possible = (names: Iterable<string>) =>
    [...names].filter((name) => everyGrammar.some((grammar) => grammar.test(name)));

  it("can be no name of the starter in any world", () => {
    const starter = [...readStarter()].flatMap((r) => (r.type === "entity" ? [r.entity] : []));
    expect(starter.length).toBeGreaterThan(500);
    expect(possible(starter.flatMap(({ name, synonyms = [] }) => [name, ...synonyms]))).toEqual([]);
    expect(possible(["Marfan syndrome", gym.entities.get("GYMGEN:1")!.name])).toHaveLength(1);
  });

  const hpo = join(import.meta.dirname, "../../../../shared/data/hpo");
  it.skipIf(!existsSync(hpo))("can be no word or name of HPO, OMIM or the genes (needs ../shared/data/hpo)", () => {
    const anyName = new RegExp(`\\b(?:${everyGrammar.map((g) => g.source.slice(1, -1)).join("|")})\\b`, "i");
    expect(anyName.test(`a word, ${gym.entities.get("GYMDRG:1")!.name}, and more`)).toBe(true);
    for (const file of readdirSync(hpo)) {
      const text = gunzipSync(readFileSync(join(hpo, file))).toString("latin1");
      expect(anyName.exec(text)?.[0], file).toBeUndefined();
    }
  });
});

describe("knowledge names", () => {
  it.each([
    ["gym:7", { seed: "7", size: 1000 }],
    ["gym:007:100", { seed: "7", size: 100 }],
    ["gym:apple:100000", { seed: "apple", size: 100_000 }],
    ["starter", undefined],
    ["gymnast", undefined],
  ])("%s", (name, world) => expect(parseGymName(name)).toEqual(world));

  it.each(["gym", "gym:", "gym:7:99", "gym:7:100001", "gym:a b", "gym:../x", "gym:7:1:2", "gym:7:-5"])(
    "%s is refused with how to write it",
    (name) => expect(() => parseGymName(name)).toThrow(/gym:SEED:SIZE/),
  );

  it("opens a world like any knowledge, built once", () => {
    const knowledge = openKnowledge("gym:7:120", home);
    expect(knowledge.name).toBe("gym:7:120");
    expect(knowledge.manifest.counts.entities).toBe(120);
    expect(knowledge.graph.counts().entities).toBe(120);
    expect([...knowledge.documents.all()]).toHaveLength(knowledge.manifest.counts.documents);
    knowledge.close();
    expect(ensureGym(home, "gym:7:120")).toBe(knowledge.path);
    expect(readdirSync(join(home, "knowledge"))).toHaveLength(1);
  });
});

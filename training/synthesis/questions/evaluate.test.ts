import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clue } from "../../../schemas/index.ts";
import type { Knowledge } from "../../../servers/knowledge/index.ts";
import { smallWorld, type Triple } from "../testing/small-world.ts";
import { Facts } from "../verify/facts.ts";
import { answersOf } from "../verify/solve.ts";
import type { Conjunct, Query } from "./query.ts";
import { World } from "./world.ts";

const NODES = 8;
const PREDICATES = ["causes", "treats", "subclass_of"];

/** A random graph and a random tree of links with names at its leaves. */
const cases = fc.record({
  triples: fc.array(fc.tuple(fc.nat(NODES - 1), fc.nat(2), fc.nat(NODES - 1)), { minLength: 4, maxLength: 22 }),
  links: fc.array(fc.tuple(fc.nat(10), fc.nat(1), fc.boolean()), { maxLength: 3 }),
  names: fc.array(fc.tuple(fc.nat(10), fc.nat(1), fc.boolean(), fc.nat(NODES - 1)), { maxLength: 2 }),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function worldOf({ triples }: Case): Knowledge {
  const entities = Object.fromEntries(
    Array.from({ length: NODES }, (_, i) => [`X:${i}`, { name: `thing ${i}`, category: "Disease" }]),
  );
  const used = triples.map(([s, p, o]): Triple => [`X:${s}`, PREDICATES[p]!, `X:${o}`]);
  return smallWorld(entities, [...used, ...PREDICATES.map((p): Triple => ["X:0", p, "X:1"])]);
}

function queryOf({ links, names }: Case, world: World): Query {
  const step = (predicate: number, forward: boolean) =>
    2 * world.graph.predicates.indexOf(PREDICATES[predicate]!) + (forward ? 0 : 1);
  const conjuncts = links.map(([from, p, forward], i): Conjunct => ({
    kind: "link",
    from: from % (i + 1),
    step: step(p, forward),
    to: i + 1,
  }));
  const named = names.map(([from, p, forward, entity]): Conjunct => ({
    kind: "named",
    from: from % (links.length + 1),
    step: step(p, forward),
    entity,
    witness: entity,
  }));
  return { variables: links.length + 1, conjuncts: [...conjuncts, ...named] };
}

function cluesOf(query: Query, world: World): Clue[] {
  return query.conjuncts.flatMap((c): Clue[] => {
    if (c.kind !== "link" && c.kind !== "named") return [];
    const [own, other] = [`?${c.from}`, c.kind === "link" ? `?${c.to}` : world.graph.ids[c.entity]!];
    const [subject, object] = c.step % 2 === 0 ? [own, other] : [other, own];
    const predicate = world.graph.predicates[c.step >> 1]!;
    return [{ kind: "relation", subject, predicate, object, words: "", blur: "none" }];
  });
}

/** Every assignment of different entities, tried one by one. */
function answersByTrial({ graph }: World, query: Query): number[] {
  const named = new Set(query.conjuncts.flatMap((c) => (c.kind === "named" ? [c.entity] : [])));
  const leads = (from: number, step: number, to: number) => {
    for (let k = graph.first[from]!; k < graph.first[from + 1]!; k++) {
      if (graph.to[k] === to && graph.step[k] === step) return true;
    }
    return false;
  };
  const holds = (values: readonly number[]) =>
    query.conjuncts.every((c) => {
      if (c.kind === "link") return leads(values[c.from]!, c.step, values[c.to]!);
      return c.kind === "named" && graph.kindsOf(c.entity).some((e) => leads(values[c.from]!, c.step, e));
    });
  const fill = (values: readonly number[]): boolean => {
    if (values.length === query.variables) return holds(values);
    for (let e = 0; e < graph.size; e++) if (!named.has(e) && !values.includes(e) && fill([...values, e])) return true;
    return false;
  };
  return Array.from({ length: graph.size }, (_, e) => e).filter((e) => !named.has(e) && fill([e]));
}

describe("answers of a query", () => {
  it("are what trying every assignment finds, for the generator and for the verifier", () => {
    fc.assert(
      fc.property(cases, (made) => {
        using knowledge = disposable(worldOf(made));
        const world = new World(knowledge.value);
        const query = queryOf(made, world);
        const expected = answersByTrial(world, query);
        expect(world.evaluator.answers(query)).toEqual(expected);
        const facts = new Facts(knowledge.value);
        const rows = answersOf(facts, cluesOf(query, world));
        expect([...rows].map((row) => facts.entity(row).id).toSorted()).toEqual(expected.map((e) => `X:${e}`));
      }),
      { numRuns: 60 },
    );
  });
});

function disposable(value: Knowledge) {
  return { value, [Symbol.dispose]: () => value.close() };
}

/** A random source for imports: the same records for the same seed, with everything that makes relations differ. */
import type { Entity, KnowledgeRecord, Relation } from "../../../schemas/index.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import type { Source } from "../../knowledge/sources/index.ts";

const CATEGORIES = ["Disease", "Gene", "PhenotypicFeature"];
const PREDICATES = ["causes", "has_phenotype", "treats"];

const id = (n: number) => `T:${n}`;

function entity(n: number, isAgain: boolean): Entity {
  return {
    id: id(n),
    name: `thing number ${n}`,
    category: CATEGORIES[n % 3]!,
    synonyms: isAgain ? [`alias ${n} b`] : [`alias ${n}`, `shared ${n % 7}`],
    xrefs: [`X:${n}`, `Y:${n % 5}`],
  };
}

/** Entities come twice, the second time with more names; relations repeat with other evidence. */
export function randomRecords(seed: number, entities: number, relations: number): KnowledgeRecord[] {
  const random = mulberry32(seed);
  const below = (n: number) => Math.floor(random() * 2 ** 32) % n;
  const relation = (): Relation => ({
    subject: below(5) === 0 ? `X:${below(entities)}` : id(below(entities)),
    predicate: PREDICATES[below(3)]!,
    object: id(below(entities)),
    ...(below(9) === 0 ? { negated: true } : {}),
    ...(below(4) === 0 ? { qualifiers: { clinical: { frequency: `${below(3)}/3` } } } : {}),
    evidence: Array.from({ length: below(3) }, () => ({
      document: `NOTE:${below(20)}`,
      quote: `quote ${below(9)}`,
      knowledgeLevel: "knowledge_assertion" as const,
      agent: "manual_agent",
    })),
  });
  const order = Array.from({ length: entities }, (_, n) => n);
  return [
    ...order.map((n) => ({ type: "entity" as const, entity: entity(n, false) })),
    ...order.filter((n) => n % 2 === 0).map((n) => ({ type: "entity" as const, entity: entity(n, true) })),
    ...Array.from({ length: relations }, () => ({ type: "relation" as const, relation: relation() })),
  ];
}

export function randomSource(seed: number, entities: number, relations: number): Source {
  return {
    kind: "random",
    describe: "",
    async *read() {
      for (const record of randomRecords(seed, entities, relations)) yield record;
    },
  };
}

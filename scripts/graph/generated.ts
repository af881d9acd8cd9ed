/**
 * A graph of any size for measuring: entities of six categories, relations with one piece of evidence each, a third of
 * them with qualifiers, one in a hundred negated. Ends are drawn so that few entities have very many relations.
 */
import type { Entity, KnowledgeRecord, Qualifiers, Relation } from "../../schemas/index.ts";
import type { Source } from "../../servers/knowledge/sources/index.ts";
import { mulberry32 } from "../../servers/kit/mulberry.ts";

export interface GraphSize {
  entities: number;
  relations: number;
}

const CATEGORIES = ["Disease", "Gene", "Drug", "PhenotypicFeature", "Pathway", "AnatomicalEntity"];
const PREFIXES = ["MONDO", "NCBIGene", "DRUGBANK", "HP", "REACT", "UBERON"];
const PREDICATES = [
  ["treats", "was reported to treat"],
  ["causes", "was reported to cause"],
  ["has_phenotype", "was observed with"],
  ["interacts_with", "interacts with"],
  ["gene_associated_with_condition", "is associated with"],
  ["participates_in", "takes part in"],
  ["expressed_in", "is expressed in"],
  ["contraindicated_in", "must not be used in"],
] as const;
/** The first so many entities take a fortieth of all ends: hubs of some hundred thousand relations at ten million. */
export const HUBS = 20;
/** Relations that one document says. */
const PER_DOCUMENT = 40;
const PIECE = 500;

export function idOf(n: number): string {
  return `${PREFIXES[n % PREFIXES.length]!}:${1_000_000 + n}`;
}

/** Yields the records in pieces, the same for the same size. */
export function generated({ entities, relations }: GraphSize): Source {
  return {
    kind: "generated",
    describe: "",
    async *read() {
      for (const piece of pieces(entities, (n) => ({ type: "entity", entity: entityAt(n) }) as const)) yield piece;
      const random = mulberry32(7);
      const next = (n: number) => ({ type: "relation", relation: relationOf(random, entities, n) }) as const;
      for (const piece of pieces(relations, next)) yield piece;
    },
  };
}

function* pieces(count: number, make: (n: number) => KnowledgeRecord): Generator<KnowledgeRecord[]> {
  for (let at = 0; at < count; at += PIECE) {
    yield Array.from({ length: Math.min(PIECE, count - at) }, (_, i) => make(at + i));
  }
}

function entityAt(n: number): Entity {
  const category = CATEGORIES[n % CATEGORIES.length]!;
  return { id: idOf(n), name: nameOf(n), category, ...(n % 3 === 0 ? { synonyms: [`${category} no. ${n}`] } : {}) };
}

function nameOf(n: number): string {
  return `${CATEGORIES[n % CATEGORIES.length]!.toLowerCase()} ${(n * 2_654_435_761) % 1_000_003} of type ${n % 97}`;
}

function relationOf(random: () => number, entities: number, n: number): Relation {
  const [subject, object] = [endOf(random, entities), endOf(random, entities)];
  const [predicate, words] = PREDICATES[Math.floor(random() * PREDICATES.length)]!;
  const qualifiers = random() < 1 / 3 ? qualifiersOf(random) : undefined;
  return {
    subject: idOf(subject),
    predicate,
    object: idOf(object),
    ...(random() < 0.01 ? { negated: true } : {}),
    ...(qualifiers ? { qualifiers } : {}),
    evidence: [
      {
        document: `PMID:${30_000_000 + Math.floor(n / PER_DOCUMENT)}`,
        quote: `${nameOf(subject)} ${words} ${nameOf(object)}.`,
        knowledgeLevel: "knowledge_assertion",
        agent: "manual_agent",
      },
    ],
  };
}

function qualifiersOf(random: () => number): Qualifiers {
  const of = 2 + Math.floor(random() * 60);
  if (random() < 0.5) return { clinical: { frequency: `${1 + Math.floor(random() * of)}/${of}` } };
  return { temporal: { date: String(1990 + Math.floor(random() * 36)) }, spatial: { geography: "Europe" } };
}

/** A hub in one of forty; else the squared draw prefers lower numbers. */
function endOf(random: () => number, entities: number): number {
  if (random() < 1 / 40) return Math.floor(random() * Math.min(HUBS, entities));
  return Math.floor(random() ** 2 * entities);
}

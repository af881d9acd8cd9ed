/** One node or edge of a KGX file as an entity or a relation, whatever form the file has. */
import { Curie, Entity, KnowledgeLevel, Relation } from "../../../../schemas/index.ts";
import { qualifierColumnsIn, qualifiersFrom } from "./qualifiers.ts";

/** Values by column, lists as lists: a line of TSV is split at its header's multivalued columns, JSON has them already. */
export type Row = Record<string, unknown>;

/** A column that exports add where the others cannot hold the record exactly: the record itself. */
export const EXACT = "_record";

/** Columns of nodes that are no attributes. */
const OWN_COLUMNS = wordSet(`${EXACT} id name category description synonym synonyms xref xrefs equivalent_identifiers
  same_as attributes provided_by iri type`);
/** Categories that say nothing, or belong to the class above the one that is meant. */
const GENERAL = wordSet(`NamedThing Entity ThingWithTaxon BiologicalEntity OntologyClass PhysicalEssence Occurrent
  PhysicalEssenceOrOccurrent ChemicalEntityOrGeneOrGeneProduct ChemicalEntityOrProteinOrPolypeptide
  ChemicalOrDrugOrTreatment GenomicEntity GeneOrGeneProduct DiseaseOrPhenotypicFeature MacromolecularMachineMixin
  SubjectOfInvestigation OrganismalEntity BiologicalProcessOrActivity`);

function wordSet(words: string): Set<string> {
  return new Set(words.split(/\s+/));
}

/** The entity, or why the row is none. */
export function entityFrom(row: Row): Entity | string {
  if (row[EXACT]) return parsed(Entity, row[EXACT]);
  const id = text(row["id"]);
  if (!Curie.safeParse(id).success) return id ? `id ${id.slice(0, 80)} is no CURIE such as OMIM:154700` : "no id";
  const name = text(row["name"]) || id;
  const entity: Entity = { id, name, category: categoryFrom(list(row["category"])) };
  const synonyms = unique([...list(row["synonym"]), ...list(row["synonyms"])]).filter((s) => s !== name);
  const xrefs = unique(
    ["xref", "xrefs", "equivalent_identifiers", "same_as"].flatMap((column) => list(row[column])),
  ).filter((x) => x !== id);
  if (synonyms.length > 0) entity.synonyms = synonyms;
  if (xrefs.length > 0) entity.xrefs = xrefs;
  const description = text(row["description"]);
  if (description) entity.description = description;
  const attributes = attributesFrom(row);
  if (Object.keys(attributes).length > 0) entity.attributes = attributes;
  return entity;
}

/** An edge: its relation, and what the row says of where it comes from. */
export interface EdgeRow {
  relation: Relation;
  knowledgeLevel: Relation["evidence"][number]["knowledgeLevel"];
  agent: string;
  publications: string[];
  sources: string[];
  /** Sentences of publications that say it. */
  sentences: string[];
}

/** The edge, or why the row is none. */
export function edgeFrom(row: Row): EdgeRow | string {
  if (row[EXACT]) {
    const relation = parsed(Relation, row[EXACT]);
    return typeof relation === "string" ? relation : edgeOf(relation, row);
  }
  const subject = text(row["subject"]);
  const object = text(row["object"]);
  const predicate = withoutPrefix(text(row["predicate"]) || text(row["edge_label"]));
  for (const [column, id] of Object.entries({ subject, object })) {
    if (!Curie.safeParse(id).success) return id ? `${column} ${id.slice(0, 80)} is no CURIE` : `no ${column}`;
  }
  if (!predicate) return "no predicate";
  const relation: Relation = { subject, predicate, object, evidence: [] };
  const negated = text(row["negated"]).toLowerCase();
  if (negated === "true" || negated === "1" || negated === "t") relation.negated = true;
  else if (!["", "false", "0", "f"].includes(negated)) return `negated is ${negated.slice(0, 40)}, not true or false`;
  const qualifiers = qualifiersFrom(qualifierColumnsIn(Object.keys(row)), (column) => list(row[column]).join("; "));
  if (qualifiers) relation.qualifiers = qualifiers;
  if (row["evidence"]) {
    const given = parsed(Relation.shape.evidence, row["evidence"]);
    if (typeof given === "string") return given;
    relation.evidence = given;
  }
  return edgeOf(relation, row);
}

function edgeOf(relation: Relation, row: Row): EdgeRow {
  const level = KnowledgeLevel.safeParse(text(row["knowledge_level"]));
  return {
    relation,
    knowledgeLevel: level.success ? level.data : "not_provided",
    agent: text(row["agent_type"]) || "not_provided",
    publications: list(row["publications"]),
    sources: unique(
      ["primary_knowledge_source", "knowledge_source", "aggregator_knowledge_source", "provided_by"].flatMap((c) =>
        list(row[c]),
      ),
    ),
    sentences: [...list(row["supporting_text"]), ...list(row["sentences"])],
  };
}

/** The most specific category, as far as its name tells. */
function categoryFrom(categories: readonly string[]): string {
  const names = categories.map(withoutPrefix);
  return names.find((name) => !GENERAL.has(name)) ?? names[0] ?? "NamedThing";
}

function attributesFrom(row: Row): NonNullable<Entity["attributes"]> {
  const attributes: NonNullable<Entity["attributes"]> = {};
  const own = typeof row["attributes"] === "string" ? parseJson(row["attributes"]) : row["attributes"];
  for (const [key, value] of Object.entries({ ...row, ...(own && typeof own === "object" ? own : {}) })) {
    if (OWN_COLUMNS.has(key) || value === "" || value === null || value === undefined) continue;
    attributes[key] =
      typeof value === "number" || typeof value === "boolean"
        ? value
        : Array.isArray(value)
          ? value.join("; ")
          : text(value);
  }
  return attributes;
}

/** `biolink:Disease` → `Disease` */
function withoutPrefix(term: string): string {
  return term.replace(/^biolink:/, "");
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return JSON.stringify(value);
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value.map(text) : [text(value)]).filter((item) => item !== "");
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

interface Parser<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: { message: string }[] } };
}

function parsed<T>(schema: Parser<T>, value: unknown): T | string {
  const result = schema.safeParse(typeof value === "string" ? parseJson(value) : value);
  return result.success ? result.data : `not a whole record (${result.error.issues[0]?.message ?? "unreadable"})`;
}

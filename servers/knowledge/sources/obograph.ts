/** Any ontology in OBO-graph JSON: terms with their names, and their relations, quoted from the lines of the release. */
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import { z } from "zod";
import type { Entity, KnowledgeRecord } from "../../../schemas/index.ts";
import { acyclic } from "./obo/cycles.ts";
import { categoryOf, curieOf, predicateOf } from "./obo/terms.ts";
import type { Source, SourceContext } from "./source.ts";
import { oneLine, StatementDocuments } from "./statement-documents.ts";
import { readText } from "./text.ts";

export const obograph: Source = {
  kind: "obograph",
  describe: "any ontology as OBO-graph JSON (.json or .json.gz): terms, synonyms, cross-references, relations",
  read: readObograph,
};

const Values = z.array(z.object({ val: z.string(), pred: z.string().optional() }));
const Meta = z.object({
  deprecated: z.boolean().optional(),
  definition: z.object({ val: z.string() }).optional(),
  synonyms: Values.optional(),
  xrefs: Values.optional(),
  basicPropertyValues: Values.optional(),
  version: z.string().optional(),
});
const Node = z.object({ id: z.string(), lbl: z.string().nullish(), type: z.string().optional(), meta: Meta.nullish() });
type Node = z.infer<typeof Node>;
const Edge = z.object({ sub: z.string(), pred: z.string(), obj: z.string() });
const Graph = z.object({
  id: z.string().optional(),
  lbl: z.string().optional(),
  meta: Meta.nullish(),
  nodes: z.array(z.unknown()).default([]),
  edges: z.array(z.unknown()).default([]),
});

/** @throws Error where the file is torn, or is no OBO graph */
async function* readObograph(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  if ((await stat(path)).isDirectory()) throw new Error(`${path}: is a folder; give the file of the ontology`);
  for (const graph of graphsIn(path, await readText(path))) yield* recordsOf(graph, path, context);
}

function graphsIn(path: string, text: string): z.infer<typeof Graph>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON (${(error as Error).message})`, { cause: error });
  }
  const parsed = z.object({ graphs: z.array(Graph).min(1) }).safeParse(value);
  if (!parsed.success) throw new Error(`${path}: not an OBO graph (it needs "graphs" with "nodes" and "edges")`);
  return parsed.data.graphs;
}

function* recordsOf(graph: z.infer<typeof Graph>, file: string, context: SourceContext): Generator<KnowledgeRecord[]> {
  const told = (reason: string) => context.problem({ file, reason });
  const nodes = checked(Node, graph.nodes, "node", told);
  const release = graph.meta?.version?.replace(/^.*\/(?=[^/]*\d)/, "").replace(/\.(owl|json)$/, "");
  const version = /\d{4}-\d{2}-\d{2}/.exec(graph.meta?.version ?? "")?.[0] ?? release;
  context.about({ ...(version ? { version } : {}), ...licenceOf(graph.meta) });

  const labels = new Map(nodes.flatMap(({ id, lbl }) => (lbl ? [[curieOf(id), lbl] as const] : [])));
  const entities = new Map<string, Entity>();
  for (const node of nodes) {
    const entity = entityOf(node);
    if (entity) entities.set(entity.id, entity);
  }
  if (entities.size === 0) throw new Error(`${file}: holds no term with a name`);
  yield [...entities.values()].map((entity): KnowledgeRecord => ({ type: "entity", entity }));

  // Its own name where it has one: what a newer release says then takes the place of the older one's.
  const name = basename(graph.id ?? file).replace(/\.(json|owl|obo)(\.gz)?$/i, "");
  const documents = new StatementDocuments({
    id: `OBO:${name.replace(/\s+/g, "_")}`,
    title: [`${name} ontology`, version && `release ${version}`].filter(Boolean).join(", "),
    publisher: graph.lbl ?? name,
    ...(version && /^\d{4}/.test(version) ? { published: version } : {}),
  });
  const edges = checked(Edge, graph.edges, "edge", told).map(({ sub, pred, obj }) => ({
    subject: curieOf(sub),
    predicate: predicateOf(pred, labels),
    object: curieOf(obj),
  }));
  const dangling = new Set<string>();
  for (const { subject, predicate, object } of acyclic(edges, (cycle) =>
    told(`cycle: ${cycle.join(" → ")}; its last step is left out`),
  )) {
    const [from, to] = [entities.get(subject), entities.get(object)];
    if (!from || !to) {
      dangling.add(from ? object : subject);
      continue;
    }
    const how = predicate === "subclass_of" ? "is a kind of" : predicate.replaceAll("_", " ");
    const line = oneLine(`${from.name} (${subject}) ${how} ${to.name} (${object}).`);
    yield documents.add({ relation: { subject, predicate, object, evidence: [] }, line });
  }
  yield documents.finish();
  for (const id of dangling) told(`${id} is no live term with a name here: relations with it are left out`);
}

/** A CURIE, but none of the relations that ontologies share. */
const TERM = /^(?!(?:RO|BFO):)[A-Za-z][\w.-]*:\S+$/;

/** Undefined for what is obsolete, has no name, or is no term. */
function entityOf({ id: iri, lbl, type, meta }: Node): Entity | undefined {
  const id = curieOf(iri);
  if (!lbl?.trim() || meta?.deprecated || type === "PROPERTY" || !TERM.test(id)) return undefined;
  const names = (scopes: RegExp) =>
    [...new Set((meta?.synonyms ?? []).filter((s) => scopes.test(s.pred ?? "")).map((s) => s.val))].filter(
      (name) => name !== lbl,
    );
  const values = (property: string) =>
    (meta?.basicPropertyValues ?? []).filter((v) => v.pred?.endsWith(property)).map((v) => v.val);
  const entity: Entity = { id, name: lbl, category: categoryOf(id, values("hasOBONamespace")[0]) };
  const synonyms = names(/has(Exact|Related)Synonym$/);
  const xrefs = [
    ...new Set([...(meta?.xrefs ?? []).map((x) => x.val), ...values("hasAlternativeId").map(curieOf)]),
  ].filter((x) => x !== id);
  if (synonyms.length > 0) entity.synonyms = synonyms;
  if (xrefs.length > 0) entity.xrefs = xrefs;
  if (meta?.definition) entity.description = meta.definition.val;
  // Broader and narrower names mean other things: shown, but nothing is found by them.
  const attributes: Record<string, string> = {};
  const [broad, narrow] = [names(/hasBroadSynonym$/), names(/hasNarrowSynonym$/)];
  if (broad.length > 0) attributes["broader names"] = broad.join("; ");
  if (narrow.length > 0) attributes["narrower names"] = narrow.join("; ");
  if (broad.length + narrow.length > 0) entity.attributes = attributes;
  return entity;
}

function checked<T>(
  schema: z.ZodType<T>,
  items: readonly unknown[],
  what: string,
  told: (reason: string) => void,
): T[] {
  return items.flatMap((item, place) => {
    const parsed = schema.safeParse(item);
    if (parsed.success) return [parsed.data];
    told(`${what} ${place + 1}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
    return [];
  });
}

function licenceOf(meta: z.infer<typeof Meta> | null | undefined): { licence?: string } {
  const licence = meta?.basicPropertyValues?.find((v) => /licen[cs]e$/i.test(v.pred ?? ""))?.val;
  return licence ? { licence } : {};
}

/** A subgraph as it is drawn: what a `get_subgraph` result holds, whole or cut short by a byte budget, as nodes and edges. */
import { PREDICATES, type Predicate } from "../../../schemas/vocabulary.ts";
import { clean } from "../../kit/drawing/text.ts";

/** More than this no reader takes in; what is left out is said. */
export const MOST_NODES = 150;

export interface Node {
  id: string;
  name: string;
  category: string;
  /** Asked for by the caller. */
  isSeed: boolean;
}

export interface Edge {
  /** `R:…`, by which its evidence can be asked for. */
  id: string;
  /** Places in `nodes`. */
  from: number;
  to: number;
  predicate: string;
  /** How it reads from subject to object. */
  reads: string;
  negated: boolean;
  /** Frequency, onset …, as the source gives them. */
  qualifiers: string;
  evidence: { document: string; quote: string }[];
}

export interface PictureGraph {
  nodes: Node[];
  edges: Edge[];
  /** Nodes that were left out. */
  omitted: number;
}

/** The parts of a result that are drawn; any of them may be missing or cut. */
export interface SubgraphLike {
  entities?: readonly { id: string; name: string; category: string }[];
  relations?: readonly RelationLike[];
  seeds?: readonly string[];
}
interface RelationLike {
  id: string;
  subject: string;
  predicate: string;
  object: string;
  subjectName?: string;
  objectName?: string;
  subjectCategory?: string | undefined;
  objectCategory?: string | undefined;
  negated?: boolean | undefined;
  qualifiers?: object | undefined;
  evidence?: readonly { document: string; quote: string }[];
}

/** All entities and relations of a result; the app asks for evidence when a reader wants it. */
export function withoutEvidence({ entities = [], relations = [] }: SubgraphLike): Record<string, unknown> {
  return {
    entities: entities.map(({ id, name, category }) => ({ id, name: clean(name), category })),
    relations: relations.map(({ id, subject, predicate, object, negated, qualifiers }) => ({
      id,
      subject,
      predicate,
      object,
      ...(negated ? { negated } : {}),
      ...(qualifiers ? { qualifiers } : {}),
    })),
  };
}

/** The entities asked for come first, then the best connected; ends of relations that the list of entities lacks are added. */
export function pictureGraph({ entities = [], relations = [], seeds = [] }: SubgraphLike): PictureGraph {
  const asked = new Set(seeds);
  const all = new Map<string, Node>();
  const add = (id: string, name: string, category: string) => {
    if (!all.has(id))
      all.set(id, { id, name: clean(name) || id, category: category || "Other", isSeed: asked.has(id) });
  };
  for (const { id, name, category } of entities) add(id, name, category);
  const degree = new Map<string, number>();
  for (const r of relations) {
    add(r.subject, r.subjectName ?? r.subject, r.subjectCategory ?? "");
    add(r.object, r.objectName ?? r.object, r.objectCategory ?? "");
    for (const end of [r.subject, r.object]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  const weight = (node: Node) => (node.isSeed ? 1e6 : 0) + (degree.get(node.id) ?? 0);
  // Where relations were cut off, what hung on them would float about.
  const drawn = [...all.values()].filter((node) => weight(node) > 0 || relations.length === 0);
  const nodes = drawn.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_NODES);
  const places = new Map(nodes.map((node, place) => [node.id, place]));
  const edges = relations.flatMap((r) => {
    const from = places.get(r.subject);
    const to = places.get(r.object);
    return from === undefined || to === undefined ? [] : [edgeOf(r, from, to)];
  });
  return { nodes, edges, omitted: all.size - nodes.length };
}

function edgeOf(relation: RelationLike, from: number, to: number): Edge {
  const { id, predicate, negated = false, qualifiers = {}, evidence = [] } = relation;
  const reads = (PREDICATES as Record<string, Predicate>)[predicate]?.forward ?? clean(predicate).replaceAll("_", " ");
  return {
    id,
    from,
    to,
    predicate,
    reads: negated ? `NOT: ${reads}` : reads,
    negated,
    qualifiers: qualifierWords(qualifiers),
    evidence: [...evidence],
  };
}

/** {clinical: {frequency: "12/30"}, temporal: {onset: "…"}} → "frequency 12/30, onset …" */
function qualifierWords(qualifiers: object): string {
  return Object.values(qualifiers)
    .flatMap((group: object | undefined) => Object.entries(group ?? {}))
    .map(([name, value]) => `${name} ${clean(String(value))}`)
    .join(", ");
}

/** What a graph is made of: counts, how its relations are spread, whether it hangs together, and how much of it is evidenced. */
import { asideOf, type GraphArrays } from "./adjacency.ts";
import type { GraphStore } from "./graph.ts";

export interface GraphStats {
  entities: number;
  relations: number;
  negated: number;
  qualified: number;
  categories: { category: string; count: number }[];
  predicates: { predicate: string; count: number; withEvidence: number; documents: number }[];
  /** By the prefix of the cited documents' ids. */
  sources: { source: string; documents: number; evidence: number }[];
  degrees: {
    none: number;
    median: number;
    p90: number;
    p99: number;
    most: { id: string; name: string; degree: number }[];
  };
  /** Parts that no asserted relation joins. */
  components: { count: number; largest: number; alone: number };
  evidence: { pieces: number; relations: number; share: number; withTwoDocuments: number };
}

const MOST_SHOWN = 10;

export function graphStats(graph: GraphStore): GraphStats {
  const counts = graph.counts();
  const arrays = graph.arrays();
  const rows = [...graph.select("SELECT row FROM entities")].map((r) => Number(r["row"]));
  const degrees = rows.map((row) => ({ row, degree: degreeAt(arrays, row) })).toSorted((a, b) => a.degree - b.degree);
  const at = (share: number) => degrees[Math.min(degrees.length - 1, Math.floor(share * degrees.length))]?.degree ?? 0;
  return {
    ...counts,
    ...statements(graph, counts.relations),
    categories: graph.categories().map(({ category, count }) => ({ category, count })),
    degrees: {
      none: degrees.filter(({ degree }) => degree === 0).length,
      median: at(0.5),
      p90: at(0.9),
      p99: at(0.99),
      most: degrees
        .slice(-MOST_SHOWN)
        .toReversed()
        .map(({ row, degree }) => ({ id: graph.briefAt(row).id, name: graph.briefAt(row).name, degree })),
    },
    components: componentsOf(arrays, rows),
  };
}

function degreeAt(arrays: GraphArrays, row: number): number {
  return row > arrays.nodes ? 0 : arrays.starts[row + 1]! - arrays.starts[row]! + asideOf(arrays, row).length;
}

/** One pass over everything that is said. */
function statements(graph: GraphStore, relations: number) {
  const predicates = new Map<string, { count: number; withEvidence: number; documents: Set<string> }>();
  const sources = new Map<string, { documents: Set<string>; evidence: number }>();
  let [negated, qualified, pieces, evidenced, twice] = [0, 0, 0, 0, 0];
  for (const { predicate, evidence, qualifiers, negated: isNegated } of graph.relations()) {
    const own = known(predicates, predicate, () => ({ count: 0, withEvidence: 0, documents: new Set() }));
    own.count++;
    if (isNegated) negated++;
    if (qualifiers) qualified++;
    if (evidence.length > 0) {
      evidenced++;
      own.withEvidence++;
    }
    pieces += evidence.length;
    for (const { document } of evidence) {
      own.documents.add(document);
      const source = known(sources, document.split(":", 1)[0]!, () => ({ documents: new Set(), evidence: 0 }));
      source.documents.add(document);
      source.evidence++;
    }
    if (new Set(evidence.map((piece) => piece.document)).size > 1) twice++;
  }
  return {
    negated,
    qualified,
    predicates: [...predicates]
      .map(([predicate, { documents, ...rest }]) => ({ predicate, ...rest, documents: documents.size }))
      .toSorted((a, b) => b.count - a.count),
    sources: [...sources]
      .map(([source, { documents, evidence }]) => ({ source, documents: documents.size, evidence }))
      .toSorted((a, b) => b.evidence - a.evidence),
    evidence: {
      pieces,
      relations: evidenced,
      share: relations === 0 ? 0 : Math.round((1000 * evidenced) / relations) / 1000,
      withTwoDocuments: twice,
    },
  };
}

function componentsOf({ starts, targets, nodes }: GraphArrays, rows: readonly number[]): GraphStats["components"] {
  const seen = new Uint8Array(Math.max(nodes, rows.at(-1) ?? 0) + 1);
  let [count, largest, alone] = [0, 0, 0];
  const stack: number[] = [];
  for (const row of rows) {
    if (seen[row]) continue;
    seen[row] = 1;
    stack.push(row);
    let size = 0;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      size++;
      if (node > nodes) continue;
      for (let i = starts[node]!; i < starts[node + 1]!; i++) {
        const other = targets[i]!;
        if (seen[other]) continue;
        seen[other] = 1;
        stack.push(other);
      }
    }
    count++;
    if (size === 1) alone++;
    largest = Math.max(largest, size);
  }
  return { count, largest, alone };
}

function known<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

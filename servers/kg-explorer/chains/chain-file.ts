/** `kg chains --graph FILE.json`: the file's graph, checked, and the answer in its ids. */
import { z } from "zod";
import { chainGraph, type ChainGraph } from "./graph.ts";

const GraphFile = z.object({
  nodes: z.array(z.object({ id: z.string().min(1), category: z.string().optional() })),
  edges: z.array(
    z.object({
      subject: z.string(),
      predicate: z.string().optional(),
      object: z.string(),
      evidence: z.unknown().optional(),
      date: z
        .string()
        .refine((text) => !Number.isNaN(Date.parse(text)), "no date")
        .optional(),
    }),
  ),
  seed: z.string().optional(),
  maxLength: z.int().min(0).optional(),
  /** Only paths along which the dates of the edges never go back; edges without one fit anywhere. */
  ordered: z.boolean().optional(),
});

/** Problems that are named one by one; the rest is counted. */
const SHOWN = 5;

export interface ChainProblem {
  ids: string[];
  graph: ChainGraph;
  /** Node that the chain begins in. */
  start?: number | undefined;
  maxLength?: number | undefined;
}

/** @throws Error that names what is wrong: not JSON, not of this form, repeated or dangling ids, an unknown seed */
export function readChainFile(text: string): ChainProblem {
  const { nodes, edges, seed, maxLength, ordered } = parsed(text);
  const ids = nodes.map((node) => node.id);
  const place = new Map(ids.map((id, i) => [id, i]));
  if (place.size < ids.length) {
    const repeated = ids.filter((id, i) => place.get(id) !== i);
    throw new Error(`nodes appear more than once: ${listed(repeated)}`);
  }
  const dangling = edges.flatMap(({ subject, object }, i) =>
    [subject, object].filter((id) => !place.has(id)).map((id) => `${id} (edge ${i + 1})`),
  );
  if (dangling.length > 0) throw new Error(`edges name ids that are no nodes: ${listed(dangling)}`);
  const start = seed === undefined ? undefined : place.get(seed);
  if (seed !== undefined && start === undefined) throw new Error(`the seed ${seed} is not among the nodes`);
  const graph = chainGraph(
    ids.length,
    edges.map(({ subject, object }) => [place.get(subject)!, place.get(object)!] as const),
  );
  return { ids, graph: ordered ? { ...graph, times: timesOf(ids, edges) } : graph, start, maxLength };
}

/** See `ChainGraph.times`. One relation without a date makes the step between two nodes undated. */
function timesOf(ids: readonly string[], edges: z.infer<typeof GraphFile>["edges"]): Map<number, number[]>[] {
  const place = new Map(ids.map((id, i) => [id, i]));
  const times = ids.map(() => new Map<number, number[]>());
  const pairs = Map.groupBy(edges, (e) => [e.subject, e.object].toSorted().join("\n"));
  for (const parallel of pairs.values()) {
    const [a, b] = [place.get(parallel[0]!.subject)!, place.get(parallel[0]!.object)!];
    const dated = parallel.flatMap((e) => (e.date === undefined ? [] : [Date.parse(e.date)]));
    const all = dated.length < parallel.length ? [] : dated.toSorted((x, y) => x - y);
    times[a]!.set(b, all);
    times[b]!.set(a, all);
  }
  return times;
}

function parsed(text: string): z.infer<typeof GraphFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`, { cause: error });
  }
  const checked = GraphFile.safeParse(value);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
  throw new Error(`not a graph of {nodes: [{id, category}], edges: [{subject, predicate, object}]}: ${listed(issues)}`);
}

function listed(items: readonly string[]): string {
  const more = items.length - SHOWN;
  return items.slice(0, SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

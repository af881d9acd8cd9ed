/** One attempt: from a seed to a question with its proof, or the reason why none came of it. */
import type { Hop, QuestionRow, Rejection, Specialty } from "../../../schemas/index.ts";
import { longestInducedPath } from "../../../servers/kg-explorer/index.ts";
import type { Random } from "../chains/random.ts";
import { CHAIN_RULES, chainSpace, factBetween } from "../chains/valid-chains.ts";
import { buildQuery, type FarEnd } from "./build-query.ts";
import { UndecidedError } from "./evaluate.ts";
import { hopOf } from "./evidence.ts";
import { rowOf } from "./row.ts";
import { shortcutIn } from "./shortcuts.ts";
import type { Query } from "./query.ts";
import { wordingOf } from "./wording.ts";
import type { World } from "./world.ts";

export interface AttemptOptions {
  minHops: number;
  maxHops: number;
  /** The chain alone, from a named thing to the answer: no clue beside it, nothing described or widened. */
  plain?: boolean;
}

export interface Attempt {
  row?: QuestionRow;
  rejection?: Rejection;
  /** Whether the chain was proven the longest of its seed, up to its cap. */
  optimal: boolean;
}

/** Nodes expanded in search of a chain; enough to exhaust the surroundings of a rare disease. */
const BUDGET = 4000;
/** How often chains of 3, 4 … 8 hops are wanted. */
const WANTED: readonly number[] = [18, 26, 24, 16, 10, 6];
const NOT_ASKED: ReadonlySet<string> = new Set(["InheritanceMode", "ClinicalModifier", "AnatomicalEntity"]);

type Reason = Rejection["reason"];
class Rejected extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Pure: the same world, seed entity and random numbers give the same attempt. */
export function attempt(
  world: World,
  seed: number,
  specialty: Specialty,
  { minHops, maxHops, plain = false }: AttemptOptions,
  random: Random,
): Attempt {
  const cap = minHops + random.weighted(WANTED.slice(minHops - 3, maxHops - 2));
  const space = chainSpace(world.graph, CHAIN_RULES, random);
  const { path, length, optimal } = longestInducedPath(space, { start: seed, cap, budget: BUDGET });
  const rejected = (reason: Reason, detail: string): Attempt => ({
    rejection: { seed: world.graph.ids[seed]!, reason, detail },
    optimal,
  });
  if (length < minHops) return rejected("no_chain", `the longest valid chain has ${length} hops`);
  const ways: FarEnd[] = plain ? ["named"] : ["named", "described", "described", "superset"];
  const order = random.shuffled(ways);
  let last: Rejected | undefined;
  // From the far end to the seed first; the other way round where the answer cannot be asked for.
  for (const nodes of [path.toReversed(), path]) {
    const isAKind = world.graph.parentsOf(nodes.at(-1)!).length > 0;
    for (const farEnd of new Set(order.filter((way) => way !== "superset" || isAKind))) {
      try {
        const extra = plain ? 0 : undefined;
        return { row: questionOf(world, nodes, seed, specialty, farEnd, random, extra), optimal };
      } catch (error) {
        if (error instanceof UndecidedError) last ??= new Rejected("not_unique", error.message);
        else if (error instanceof Rejected) last ??= error;
        else throw error;
      }
    }
  }
  return rejected(last!.reason, last!.message);
}

/** @throws Rejected */
function questionOf(
  world: World,
  nodes: readonly number[],
  seed: number,
  specialty: Specialty,
  farEnd: FarEnd,
  random: Random,
  maxExtra?: number,
): QuestionRow {
  const { graph } = world;
  const answer = nodes[0]!;
  if (NOT_ASKED.has(graph.categories[answer]!))
    throw new Rejected("not_worded", `nobody asks for ${graph.names[answer]}`);
  if (!world.isUnambiguous(answer)) throw new Rejected("not_unique", "the name of the answer means several things");
  const query = buildQuery(world, nodes, farEnd, random, maxExtra);
  if ("reason" in query) throw new Rejected(query.reason, query.detail);
  const isDefinite = (variable: number) => world.evaluator.answers(beyond(query, variable), 2).length === 1;
  const wording = wordingOf({ graph, query, nodes, isDefinite, random });
  if (!wording) throw new Rejected("not_worded", "a relation that the templates have no words for");
  const shortcut = shortcutIn(world, query, nodes, wording.question, wording.words);
  if (shortcut) throw new Rejected("shortcut", shortcut);
  const chain = hopsAlong(world, nodes[0] === seed ? nodes : nodes.toReversed());
  return rowOf(world, { query, nodes, seed, specialty, chain, side: sideHops(world, query, nodes), wording });
}

/** What is said of a variable and beyond it, as a question of its own. */
function beyond(query: Query, variable: number): Query {
  const conjuncts = query.conjuncts
    .filter((c) => c.from >= variable)
    .map((c) => ({ ...c, from: c.from - variable, ...(c.kind === "link" ? { to: c.to - variable } : {}) }));
  return { variables: query.variables - variable, conjuncts };
}

function hopsAlong(world: World, nodes: readonly number[]): Hop[] {
  return nodes.slice(1).map((to, i) => evidenced(world, nodes[i]!, to, factBetween(world.graph, nodes[i]!, to)));
}

/** Evidence of the clues that name something off the chain. */
function sideHops(world: World, query: Query, nodes: readonly number[]): Hop[] {
  const { graph } = world;
  return query.conjuncts.flatMap((c) => {
    if (c.kind !== "named" || c.witness === nodes[c.from + 1]) return [];
    const from = nodes[c.from]!;
    let k = graph.first[from]!;
    while (graph.to[k] !== c.witness || graph.step[k] !== c.step || graph.relation[k]! < 0) k++;
    return [evidenced(world, from, c.witness, k)];
  });
}

function evidenced(world: World, from: number, to: number, k: number): Hop {
  const hop = hopOf(world, from, to, k);
  if (hop) return hop;
  const [a, b] = [world.graph.names[from], world.graph.names[to]];
  throw new Rejected("no_evidence", `no document says word for word how ${a} and ${b} are related`);
}

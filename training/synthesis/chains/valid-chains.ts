/** What makes a chain medically valid: typed relations with evidence, no walk through hubs, no kinds that say nothing in between. */
import { PREDICATES, type Category, type Predicate } from "../../../schemas/index.ts";
import type { FactGraph, Step } from "./fact-graph.ts";
import type { PathSpace } from "../../../servers/kg-explorer/index.ts";
import type { Random } from "./random.ts";

export interface ChainRules {
  /** Facts of an entity beyond which a chain may end in it, but not lead through it. */
  hubCap: number;
  /** The same for findings, which say little about a disease unless they are rare. */
  findingCap: number;
}

export const CHAIN_RULES: ChainRules = { hubCap: 40, findingCap: 12 };

/** Classifications of a disease, and the ontology itself: clues, but no steps of a chain. */
const NO_STEP: ReadonlySet<string> = new Set(["has_mode_of_inheritance", "has_onset", "has_clinical_course"]);
/** Where a walk back over the same predicate ("another disease of that gene") is passed over as long as there is anything else. */
const ZIGZAG_COST = 8;

/** Valid steps of a graph; the order is that of the least branching, shaken by `random`. */
export function chainSpace(graph: FactGraph, rules: ChainRules, random: Random): PathSpace {
  const allowed = graph.predicates.map((name) => rangeOf(name));
  const isHub = (node: number) =>
    graph.degree(node) > (graph.categories[node] === "PhenotypicFeature" ? rules.findingCap : rules.hubCap);
  return {
    adjacent: (a, b) => graph.adjacent(a, b),
    next(node, path) {
      if (path.length > 1 && isHub(node)) return [];
      const before = path.at(-2);
      const back = before === undefined ? -1 : stepBetween(graph, before, node);
      const cost = new Map<number, number>();
      const fanOut = new Map<Step, number>();
      for (let k = graph.first[node]!; k < graph.first[node + 1]!; k++) {
        const step = graph.step[k]!;
        fanOut.set(step, (fanOut.get(step) ?? 0) + 1);
      }
      for (let k = graph.first[node]!; k < graph.first[node + 1]!; k++) {
        const [other, step] = [graph.to[k]!, graph.step[k]!];
        if (graph.relation[k]! < 0 || cost.has(other) || !allowed[step >> 1]!(graph, node, other, step)) continue;
        const zigzag = step === (back ^ 1) ? ZIGZAG_COST : 0;
        cost.set(other, (fanOut.get(step)! + zigzag) * (0.3 + random.next()));
      }
      return [...cost].toSorted(([a, x], [b, y]) => x - y || a - b).map(([other]) => other);
    },
  };
}

/** The step of the first fact with evidence between two neighbours on a chain, or -1. */
function stepBetween(graph: FactGraph, from: number, to: number): Step {
  const k = factBetween(graph, from, to);
  return k < 0 ? -1 : graph.step[k]!;
}

/** Position of the first fact with evidence that leads from one to the other and fits the grammar, or -1. */
export function factBetween(graph: FactGraph, from: number, to: number): number {
  for (let k = graph.first[from]!; k < graph.first[from + 1]!; k++) {
    if (graph.to[k] !== to || graph.relation[k]! < 0) continue;
    const step = graph.step[k]!;
    if (rangeOf(graph.predicates[step >> 1]!)(graph, from, to, step)) return k;
  }
  return -1;
}

type Rule = (graph: FactGraph, from: number, to: number, step: Step) => boolean;

/** The vocabulary's grammar for a predicate: categories of subject and object. */
function rangeOf(name: string): Rule {
  const predicate = (PREDICATES as Record<string, Predicate>)[name];
  if (!predicate || NO_STEP.has(name)) return () => false;
  return (graph, from, to, step) => {
    const [subject, object] = (step & 1) === 0 ? [from, to] : [to, from];
    const [s, o] = [graph.categories[subject]!, graph.categories[object]!];
    if (name === "subclass_of") return s === "Drug" && o === "DrugClass";
    return admits(predicate.subject, s) && admits(predicate.object, o);
  };
}

function admits(allowed: readonly Category[], category: string): boolean {
  return allowed.length === 0 || allowed.includes(category as Category);
}

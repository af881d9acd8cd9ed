/** A query, its chain and its wording as the row that is written. */
import { createHash } from "node:crypto";
import type { Clue, Hop, QuestionRow, Specialty } from "../../../schemas/index.ts";
import { isForward, type FactGraph } from "../chains/fact-graph.ts";
import { namedEntities, without, type Conjunct, type Link, type Named, type Query } from "./query.ts";
import type { Wording } from "./wording.ts";
import type { World } from "./world.ts";

export interface RowInput {
  query: Query;
  /** Answer first. */
  nodes: readonly number[];
  seed: number;
  specialty: Specialty;
  /** Seed first. */
  chain: Hop[];
  /** Relations off the chain, for the clues that name something there. */
  side: Hop[];
  wording: Wording;
}

export function rowOf(world: World, input: RowInput): QuestionRow {
  const { query, nodes, seed, specialty, chain, side, wording } = input;
  const { graph, knowledge, evaluator } = world;
  const answer = world.entity(nodes[0]!);
  const clues = query.conjuncts.map((c, i) => clueOf(graph, c, wording.words[i]!));
  const withoutClue = query.conjuncts.map((_, i) => evaluator.count(without(query, i)));
  const proof = {
    revision: knowledge.manifest.revision,
    seed: graph.ids[seed]!,
    chain,
    ...(side.length > 0 ? { side } : {}),
    clues,
    answer: answer.id,
    withoutClue,
    anchors: namedEntities(query).map((e) => graph.ids[e]!),
  };
  return {
    id: idOf(knowledge.name, proof.answer, clues),
    question: wording.question,
    answer: answer.name,
    aliases: answer.synonyms ?? [],
    hops: chain.length,
    specialty,
    knowledge: knowledge.name,
    proof,
  };
}

/** The same query has the same id, however it is worded. */
function idOf(knowledge: string, answer: string, clues: readonly Clue[]): string {
  const query = clues.map(({ kind, subject, predicate, object }) => [kind, subject, predicate, object]);
  return createHash("sha256")
    .update(JSON.stringify([knowledge, answer, query]))
    .digest("hex")
    .slice(0, 16);
}

function clueOf(graph: FactGraph, conjunct: Conjunct, words: string): Clue {
  const own = `?${conjunct.from}`;
  if (conjunct.kind === "category") {
    return { kind: "category", subject: own, predicate: "category", object: conjunct.category, words, blur: "none" };
  }
  if (conjunct.kind === "property") {
    const { attribute: predicate, years, value } = conjunct;
    return years
      ? { kind: "date_range", subject: own, predicate, object: years.join(".."), words, blur: "date_range" }
      : { kind: "attribute", subject: own, predicate, object: value!, words, blur: "attribute" };
  }
  const other = conjunct.kind === "link" ? `?${conjunct.to}` : graph.ids[conjunct.entity]!;
  const [subject, object] = isForward(conjunct.step) ? [own, other] : [other, own];
  const predicate = graph.predicates[conjunct.step >> 1]!;
  return { kind: "relation", subject, predicate, object, words, blur: blurOf(conjunct) };
}

function blurOf(conjunct: Link | Named): Clue["blur"] {
  if (conjunct.kind === "link") return "anonymous";
  return conjunct.witness === conjunct.entity ? "none" : "superset";
}

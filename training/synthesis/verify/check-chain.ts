/** Is the chain a path of the knowledge: stored, typed, evidenced word for word, and without a short cut between its nodes? */
import {
  documentText,
  PREDICATES,
  type Category,
  type Hop,
  type Predicate,
  type QuestionRow,
} from "../../../schemas/index.ts";
import type { Knowledge } from "../../../servers/knowledge/index.ts";
import type { Facts } from "./facts.ts";

const LEAST_HOPS = 3;
const MOST_HOPS = 8;

/** @returns what is wrong, or the nodes of the chain, answer first */
export function checkChain(knowledge: Knowledge, facts: Facts, row: QuestionRow): string | number[] {
  const { chain, seed, answer } = row.proof;
  if (row.hops !== chain.length) return `hops is ${row.hops}, but the chain has ${chain.length}`;
  if (row.hops < LEAST_HOPS || row.hops > MOST_HOPS)
    return `${row.hops} hops are not within ${LEAST_HOPS}–${MOST_HOPS}`;
  const ids = [seed];
  for (const [i, hop] of chain.entries()) {
    const problem = checkHop(knowledge, facts, hop);
    if (problem) return `hop ${i + 1}: ${problem}`;
    const last = ids.at(-1)!;
    if (hop.subject !== last && hop.object !== last)
      return `hop ${i + 1} does not begin where the one before ends (${last})`;
    ids.push(hop.subject === last ? hop.object : hop.subject);
  }
  if (ids[0] !== answer && ids.at(-1) !== answer) return "the answer is not an end of the chain";
  const nodes = (ids[0] === answer ? ids : ids.toReversed()).map((id) => facts.row(id)!);
  if (new Set(nodes).size !== nodes.length) return "the chain comes twice to the same entity";
  for (const [i, a] of nodes.entries()) {
    for (const b of nodes.slice(i + 2)) {
      if (facts.areRelated(a, b)) {
        return `the chain is not induced: ${facts.entity(a).id} and ${facts.entity(b).id} are related directly`;
      }
    }
  }
  return nodes;
}

/** @returns what is wrong with a relation and its quote */
export function checkHop({ graph, documents }: Knowledge, facts: Facts, hop: Hop): string | undefined {
  const stored = graph.relation(hop.relation);
  if (!stored) return `there is no relation ${hop.relation}`;
  if (stored.subject !== hop.subject || stored.predicate !== hop.predicate || stored.object !== hop.object) {
    return `relation ${hop.relation} is ${stored.subject} ${stored.predicate} ${stored.object}`;
  }
  if (stored.negated) return "the relation is negated";
  const [subject, object] = [facts.row(hop.subject)!, facts.row(hop.object)!];
  if (facts.isDenied(subject, hop.predicate, object)) return "another relation denies it";
  if (!isTyped(hop.predicate, facts.entity(subject).category, facts.entity(object).category)) {
    return `${hop.predicate} does not relate these kinds`;
  }
  if (!stored.evidence.some((e) => e.document === hop.document && e.quote === hop.quote)) {
    return `the quote is no evidence of the relation in ${hop.document}`;
  }
  const document = documents.get(hop.document);
  if (!document) return `there is no document ${hop.document}`;
  if (document.integrity === "retracted") return `${hop.document} was retracted`;
  if (!hop.quote || !documentText(document).includes(hop.quote)) return `the quote does not stand in ${hop.document}`;
  return undefined;
}

function isTyped(name: string, subject: string, object: string): boolean {
  const predicate = (PREDICATES as Record<string, Predicate>)[name];
  if (!predicate) return false;
  return admits(predicate.subject, subject) && admits(predicate.object, object);
}

function admits(range: readonly Category[], category: string): boolean {
  return range.length === 0 || range.includes(category as Category);
}

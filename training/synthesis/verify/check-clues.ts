/** Do the clues say the chain, is there one answer, and is every clue needed for it? */
import type { Clue, Proof } from "../../../schemas/index.ts";
import type { Knowledge } from "../../../servers/knowledge/index.ts";
import { checkHop } from "./check-chain.ts";
import type { Facts } from "./facts.ts";
import { answersOf, holds, isVariable } from "./solve.ts";

/** @param nodes the chain, answer first: what `?0`, `?1` … stand for */
export function checkClues(
  knowledge: Knowledge,
  facts: Facts,
  proof: Proof,
  nodes: readonly number[],
): string | undefined {
  return (
    first(proof.side ?? [], (hop) => checkHop(knowledge, facts, hop), "relation off the chain") ??
    first(proof.clues, (clue) => checkClue(facts, clue, proof, nodes), "clue") ??
    checkCoverage(facts, proof.clues, nodes) ??
    checkAnchors(facts, proof) ??
    checkAnswers(facts, proof)
  );
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined, what: string): string | undefined {
  for (const [i, item] of items.entries()) {
    const problem = check(item);
    if (problem) return `${what} ${i + 1}: ${problem}`;
  }
  return undefined;
}

/** Does the clue hold of what its variable stands for in the proof, and is it blurred as it says? */
function checkClue(facts: Facts, clue: Clue, proof: Proof, nodes: readonly number[]): string | undefined {
  const { kind, subject, predicate, object, blur } = clue;
  if (kind !== "relation") {
    const node = nodeOf(subject, nodes);
    if (node === undefined) return `${subject} is not on the chain`;
    if (kind === "date_range" && !/^\d{4}\.\.\d{4}$/.test(object)) return `${object} is no range of years`;
    if (kind === "category" && predicate !== "category") return "the predicate of a category must be category";
    if (!holds(facts, node, clue)) return `${facts.entity(node).id} does not satisfy it`;
    const expected = { attribute: "attribute", date_range: "date_range", category: "none" }[kind];
    return blur === expected ? undefined : `it is blurred as ${expected}, not ${blur}`;
  }
  if (!isVariable(subject) && !isVariable(object)) return "it says nothing of an unknown";
  if (isVariable(subject) && isVariable(object)) {
    const [s, o] = [nodeOf(subject, nodes), nodeOf(object, nodes)];
    if (s === undefined || o === undefined) return "a variable is not on the chain";
    if (!facts.objectsOf(s, predicate).has(o)) return "it is no fact";
    return blur === "anonymous" ? undefined : `it is blurred as anonymous, not ${blur}`;
  }
  return checkNamed(facts, clue, proof, nodes);
}

function checkNamed(
  facts: Facts,
  clue: Clue,
  { chain, side = [] }: Proof,
  nodes: readonly number[],
): string | undefined {
  const { subject, predicate, object, blur } = clue;
  const node = nodeOf(isVariable(subject) ? subject : object, nodes);
  const name = isVariable(subject) ? object : subject;
  const named = facts.row(name);
  if (node === undefined) return "its variable is not on the chain";
  if (named === undefined) return `there is no ${name}`;
  const id = facts.entity(node).id;
  const witnesses = [...chain, ...side].flatMap((hop) => {
    if (hop.predicate !== predicate || (isVariable(subject) ? hop.subject : hop.object) !== id) return [];
    return [facts.row(isVariable(subject) ? hop.object : hop.subject)!];
  });
  const witness = witnesses.find((w) =>
    blur === "superset" ? w !== named && facts.kindsOf(named).has(w) : w === named,
  );
  if (witness === undefined) return "no relation of the proof is behind it";
  return blur === "none" || blur === "superset" ? undefined : `a name cannot be blurred as ${blur}`;
}

/** Every hop must be asked: a relation clue between its variables, or with the named end. */
function checkCoverage(facts: Facts, clues: readonly Clue[], nodes: readonly number[]): string | undefined {
  for (let i = 0; i + 1 < nodes.length; i++) {
    const isSaid = clues.some(({ kind, subject, object, predicate }) => {
      if (kind !== "relation") return false;
      const [own, other] = subject === `?${i}` ? [subject, object] : [object, subject];
      if (own !== `?${i}`) return false;
      if (other === `?${i + 1}`) return true;
      if (isVariable(other) || i + 2 !== nodes.length) return false;
      const row = facts.row(other);
      const [s, o] = subject === own ? [nodes[i]!, nodes[i + 1]!] : [nodes[i + 1]!, nodes[i]!];
      return row !== undefined && facts.kindsOf(row).has(nodes[i + 1]!) && facts.objectsOf(s, predicate).has(o);
    });
    if (!isSaid) return `no clue says the hop between ?${i} and ?${i + 1}`;
  }
  return undefined;
}

function checkAnchors(facts: Facts, { clues, anchors }: Proof): string | undefined {
  const named = new Set(
    clues.flatMap((c) => (c.kind === "relation" ? [c.subject, c.object].filter((t) => !isVariable(t)) : [])),
  );
  if (named.size === 0) return "the question names nothing";
  if (anchors.length !== named.size || !anchors.every((a) => named.has(a))) {
    return `the anchors are not what the clues name (${[...named].join(", ")})`;
  }
  const missing = anchors.find((a) => facts.row(a) === undefined);
  return missing && `there is no ${missing}`;
}

function checkAnswers(facts: Facts, { clues, answer, withoutClue }: Proof): string | undefined {
  const own = facts.row(answer)!;
  const answers = answersOf(facts, clues);
  if (answers.size !== 1) return `the clues have ${answers.size} answers`;
  if (!answers.has(own)) return "the clues have another answer";
  if (withoutClue.length !== clues.length)
    return `withoutClue has ${withoutClue.length} counts for ${clues.length} clues`;
  for (const i of clues.keys()) {
    const without = answersOf(facts, clues.toSpliced(i, 1));
    if (without.size === 1 && without.has(own)) return `clue ${i + 1} is not needed`;
    if (without.size !== withoutClue[i])
      return `without clue ${i + 1} there are ${without.size} answers, not ${withoutClue[i]}`;
  }
  return undefined;
}

function nodeOf(variable: string, nodes: readonly number[]): number | undefined {
  return /^\?\d+$/.test(variable) ? nodes[Number(variable.slice(1))] : undefined;
}

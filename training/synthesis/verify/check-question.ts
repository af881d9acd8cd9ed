/** Does the question say its clues, nothing else, and nothing that gives the answer away? */
import { createHash } from "node:crypto";
import type { QuestionRow } from "../../../schemas/index.ts";
import { folded, type Corpus } from "./corpus.ts";
import type { Facts } from "./facts.ts";
import { isVariable } from "./solve.ts";

/** Documents of a search that must not name the answer. */
const SEARCHED = 5;
/** Words beside the clues that a question may have; what is left over is the noun of what is asked for. */
const GLUE = new Set("which what is the identify other that and".split(" "));
const MOST_NOUN_WORDS = 3;

export function checkQuestion(
  facts: Facts,
  corpus: Corpus,
  row: QuestionRow,
  nodes: readonly number[],
): string | undefined {
  return (
    checkEnvelope(facts, row, nodes[0]!) ??
    checkWords(facts, row) ??
    checkNames(facts, row, nodes) ??
    checkDocuments(facts, corpus, row)
  );
}

/** The parts of a row that are not its proof. */
function checkEnvelope(facts: Facts, { id, answer, aliases, specialty, knowledge, proof }: QuestionRow, own: number) {
  const query = proof.clues.map(({ kind, subject, predicate, object }) => [kind, subject, predicate, object]);
  const hash = createHash("sha256")
    .update(JSON.stringify([knowledge, proof.answer, query]))
    .digest("hex");
  if (!id || !hash.startsWith(id) || id.length !== 16) return `the id is not that of the proof (${hash.slice(0, 16)})`;
  const { name, synonyms = [] } = facts.entity(own);
  if (answer !== name) return `the answer is called "${name}", not "${answer}"`;
  const foreign = aliases.find((alias) => !synonyms.includes(alias));
  if (foreign !== undefined) return `"${foreign}" is no other name of the answer`;
  const missing = synonyms.find((synonym) => !aliases.includes(synonym));
  if (missing !== undefined) return `the alias "${missing}" is missing`;
  const given = facts.entity(facts.row(proof.seed)!).attributes?.["specialty"];
  if (given !== undefined && given !== specialty) return `the seed belongs to ${String(given)}, not ${specialty}`;
  return undefined;
}

function checkWords(facts: Facts, { question, proof }: QuestionRow): string | undefined {
  let rest = question;
  for (const { words } of proof.clues.toSorted((a, b) => b.words.length - a.words.length)) {
    if (!words || !question.includes(words)) return `the question does not say "${words}"`;
    rest = rest.replace(words, " ");
  }
  const others = folded(rest).filter((word) => !GLUE.has(word));
  if (others.length > MOST_NOUN_WORDS) return `the question says more than its clues: ${others.join(" ")}`;
  for (const { kind, subject, object, words } of proof.clues) {
    const name = kind === "relation" ? [subject, object].find((t) => !isVariable(t)) : undefined;
    if (name && !has(words, facts.entity(facts.row(name)!).name)) return `"${words}" does not name ${name}`;
    const given = kind === "attribute" ? [object] : kind === "date_range" ? object.split("..") : [];
    if (!given.every((value) => has(words, value))) return `"${words}" does not say ${object}`;
  }
  return undefined;
}

/** Neither the answer nor anything that the question leaves unnamed may be named by it. */
function checkNames(facts: Facts, { question, proof }: QuestionRow, nodes: readonly number[]): string | undefined {
  const anchors = new Set(proof.anchors);
  for (const node of nodes) {
    const { id, name, synonyms = [] } = facts.entity(node);
    if (anchors.has(id) || !isSpokenOf(id, proof, nodes, facts)) continue;
    const said = [name, ...synonyms].find((n) => has(question, n));
    if (said) return `the question says "${said}"`;
  }
  return undefined;
}

/** Whether the node is a variable of the question; the far end is not where its superset is named. */
function isSpokenOf(id: string, proof: QuestionRow["proof"], nodes: readonly number[], facts: Facts): boolean {
  const place = nodes.findIndex((node) => facts.entity(node).id === id);
  return proof.clues.some(({ subject, object }) => subject === `?${place}` || object === `?${place}`);
}

function checkDocuments(facts: Facts, corpus: Corpus, { question, proof }: QuestionRow): string | undefined {
  const telling = corpus.naming(namesOf(facts, proof.answer));
  for (const anchor of proof.anchors) {
    if (!corpus.naming(namesOf(facts, anchor)).isDisjointFrom(telling))
      return `a document names ${anchor} and the answer`;
  }
  const clues = proof.clues.filter(
    (c) =>
      c.kind === "attribute" ||
      c.kind === "date_range" ||
      (c.kind === "relation" && !(isVariable(c.subject) && isVariable(c.object))),
  );
  for (const text of [...clues.map(({ words }) => words), question]) {
    if (corpus.search(text, SEARCHED).some((d) => telling.has(d))) return `a search for "${text}" finds the answer`;
  }
  return undefined;
}

export function namesOf(facts: Facts, id: string): string[] {
  const row = facts.row(id);
  if (row === undefined) return [];
  const { name, synonyms = [] } = facts.entity(row);
  return [name, ...synonyms];
}

function has(text: string, name: string): boolean {
  const wanted = folded(name).join(" ");
  return wanted !== "" && ` ${folded(text).join(" ")} `.includes(` ${wanted} `);
}

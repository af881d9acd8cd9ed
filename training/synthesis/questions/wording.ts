/** A query as an English question, and what it says of each clue. */
import { isForward, type FactGraph } from "../chains/fact-graph.ts";
import type { Random } from "../chains/random.ts";
import { namePhrase, nounsFor, propertyPhrase, verbPhrases } from "./phrases.ts";
import { namedEntities, type Conjunct, type Query } from "./query.ts";

export interface Wording {
  question: string;
  /** For each conjunct of the query: the words of the question that say it, verbatim. */
  words: string[];
}

export interface WordingInput {
  graph: FactGraph;
  query: Query;
  /** What each variable stands for in the proof: its category gives the noun. */
  nodes: readonly number[];
  /** Whether what is said of the variable fits one entity only: "the gene", not "a gene". */
  isDefinite(variable: number): boolean;
  random: Random;
}

const STEMS: readonly [weight: number, before: string, after: string, that: string][] = [
  [6, "Which ", "?", " "],
  [2, "Identify the ", ".", " that "],
  [1, "What is the ", "?", " that "],
];

/**
 * `words` collects the ways in which each conjunct may be said while clauses are made; the question settles which one was taken.
 * @returns undefined where the vocabulary has no words for something in the query
 */
export function wordingOf(input: WordingInput): Wording | undefined {
  const { graph, query, nodes, random } = input;
  const nouns = nounsOf(input);
  if (!nouns) return undefined;
  const words: string[][] = query.conjuncts.map(() => []);
  const clauses = clausesOf(0, input, nouns, words, new Set([graph.categories[nodes[0]!]!]));
  if (!clauses) return undefined;
  const beside = namedEntities(query).some((e) => graph.categories[e] === graph.categories[nodes[0]!]);
  const [, before, after, that] = beside ? STEMS[0]! : STEMS[random.weighted(STEMS.map(([weight]) => weight))]!;
  const noun = `${beside ? "other " : ""}${nouns[0]!}`;
  for (const [i, c] of query.conjuncts.entries()) if (c.kind === "category") words[i]!.push(nouns[c.from]!);
  const question = `${before}${noun}${that}${joined(clauses.map((c) => c.full))}${after}`;
  return { question, words: words.map((ways) => ways.find((way) => question.includes(way))!) };
}

function nounsOf({ graph, query, nodes, random }: WordingInput): string[] | undefined {
  const nouns: string[] = [];
  for (let v = 0; v < query.variables; v++) {
    const publishes = query.conjuncts.some(
      (c) =>
        (c.kind === "link" || c.kind === "named") &&
        graph.predicates[c.step >> 1] === "published_by" &&
        (c.from === v || (c.kind === "link" && c.to === v)),
    );
    const options = nounsFor(graph.categories[nodes[v]!]!, publishes);
    if (!options) return undefined;
    nouns.push(random.next() < 0.75 ? options[0]! : random.pick(options));
  }
  return nouns;
}

interface Clause {
  /** After "that". */
  full: string;
  /** Right after the noun, where there is such a form. */
  short?: string;
}

/** What is said of a variable: properties, then names, then the link that leads on, so that nothing attaches to the wrong noun. */
function clausesOf(
  variable: number,
  input: WordingInput,
  nouns: readonly string[],
  words: string[][],
  spoken: ReadonlySet<string>,
): Clause[] | undefined {
  const { query } = input;
  const own = query.conjuncts.map((c, i) => ({ c, i })).filter(({ c }) => c.from === variable && c.kind !== "category");
  const clauses: Clause[] = [];
  for (const { c, i } of own) {
    if (c.kind !== "property") continue;
    const full = propertyPhrase(c.attribute, c);
    words[i]!.push(full);
    clauses.push({ full });
  }
  const named = namedClauses(own, input, words);
  if (!named) return undefined;
  clauses.push(...named);
  for (const { c, i } of own) {
    if (c.kind !== "link") continue;
    const clause = linkClause(c, i, input, nouns, words, spoken);
    if (!clause) return undefined;
    clauses.push(clause);
  }
  return clauses;
}

interface Numbered {
  c: Conjunct;
  i: number;
}

/** Names that hang on the variable by the same relation share its verb: "shows A and B". */
function namedClauses(
  own: readonly Numbered[],
  { graph, random }: WordingInput,
  words: string[][],
): Clause[] | undefined {
  const groups = new Map<string, { verb: { full: string; short?: string }; phrases: string[] }>();
  for (const { c, i } of own) {
    if (c.kind !== "named") continue;
    const predicate = graph.predicates[c.step >> 1]!;
    const verbs = verbPhrases(predicate, isForward(c.step));
    if (!verbs) return undefined;
    const { verb, phrase } = namePhrase(graph.categories[c.entity]!, graph.names[c.entity]!, predicate);
    const key = `${c.step} ${verb ?? ""}`;
    const group = groups.get(key);
    if (group) {
      group.phrases.push(phrase);
      words[i]!.push(phrase);
      continue;
    }
    const short = verb === undefined && verbs.short.length > 0 ? random.pick(verbs.short) : undefined;
    const full = verb ?? random.pick(verbs.full);
    groups.set(key, { verb: { full, ...(short ? { short } : {}) }, phrases: [phrase] });
    // Which of both forms is used is settled by what else is said.
    words[i]!.push(`${full} ${phrase}`, ...(short ? [`${short} ${phrase}`] : []));
  }
  return [...groups.values()].map(({ verb, phrases }) => ({
    full: `${verb.full} ${joined(phrases)}`,
    ...(verb.short ? { short: `${verb.short} ${joined(phrases)}` } : {}),
  }));
}

function linkClause(
  link: Extract<Conjunct, { kind: "link" }>,
  index: number,
  input: WordingInput,
  nouns: readonly string[],
  words: string[][],
  spoken: ReadonlySet<string>,
): Clause | undefined {
  const { graph, nodes, random } = input;
  const verbs = verbPhrases(graph.predicates[link.step >> 1]!, isForward(link.step));
  if (!verbs) return undefined;
  const category = graph.categories[nodes[link.to]!]!;
  const inner = clausesOf(link.to, input, nouns, words, new Set([...spoken, category]));
  if (!inner) return undefined;
  const noun = nouns[link.to]!;
  const article = spoken.has(category)
    ? "another"
    : input.isDefinite(link.to)
      ? "the"
      : /^[aeiou]/.test(noun)
        ? "an"
        : "a";
  const head = `${article} ${noun}`;
  const short = inner.length === 1 && inner[0]!.short && random.next() < 0.6 ? inner[0]!.short : undefined;
  const rest = inner.length === 0 ? "" : short ? ` ${short}` : ` that ${joined(inner.map((c) => c.full))}`;
  const ways = [verbs.full, verbs.short].filter((v) => v.length > 0).map((v) => `${random.pick(v)} ${head}`);
  words[index]!.push(...ways);
  const [full, brief] = ways.map((way) => `${way}${rest}`);
  return brief ? { full: full!, short: brief } : { full: full! };
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)!}`;
}

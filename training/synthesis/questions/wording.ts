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

/** @returns undefined where the vocabulary has no words for something in the query */
export function wordingOf(input: WordingInput): Wording | undefined {
  const { graph, query, nodes, random } = input;
  const nouns = nounsOf(input);
  const clauses = nouns && clausesOf(0, input, nouns, new Set([graph.categories[nodes[0]!]!]));
  if (!clauses) return undefined;
  const beside = namedEntities(query).some((e) => graph.categories[e] === graph.categories[nodes[0]!]);
  const [, before, after, that] = beside ? STEMS[0]! : STEMS[random.weighted(STEMS.map(([weight]) => weight))]!;
  const noun = `${beside ? "other " : ""}${nouns[0]!}`;
  const said = joined(clauses.map((c) => c.full));
  const words = query.conjuncts.map((c, i) => (c.kind === "category" ? nouns[c.from]! : said.words.get(i)!));
  return { question: `${before}${noun}${that}${said.text}${after}`, words };
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

/** A piece of the question, and which words of it say which conjunct. */
interface Said {
  text: string;
  words: ReadonlyMap<number, string>;
}

interface Clause {
  /** After "that". */
  full: Said;
  /** Right after the noun, where there is such a form. */
  short?: Said;
}

/** What is said of a variable: properties, then names, then the link that leads on, so that nothing attaches to the wrong noun. */
function clausesOf(
  variable: number,
  input: WordingInput,
  nouns: readonly string[],
  spoken: ReadonlySet<string>,
): Clause[] | undefined {
  const own = input.query.conjuncts.map((c, i) => ({ c, i })).filter(({ c }) => c.from === variable);
  const properties = own.flatMap(({ c, i }): Clause[] => {
    if (c.kind !== "property") return [];
    const text = propertyPhrase(c.attribute, c);
    return [{ full: { text, words: new Map([[i, text]]) } }];
  });
  const named = namedClauses(own, input);
  const links = own.flatMap(({ c, i }) => (c.kind === "link" ? [linkClause(c, i, input, nouns, spoken)] : []));
  if (!named || links.includes(undefined)) return undefined;
  return [...properties, ...named, ...links.filter((c) => c !== undefined)];
}

interface Numbered {
  c: Conjunct;
  i: number;
}

/** Names that hang on the variable by the same relation share its verb: "shows A and B". */
function namedClauses(own: readonly Numbered[], { graph, random }: WordingInput): Clause[] | undefined {
  const groups = new Map<string, { full: string; short?: string; phrases: [number, string][] }>();
  for (const { c, i } of own) {
    if (c.kind !== "named") continue;
    const predicate = graph.predicates[c.step >> 1]!;
    const verbs = verbPhrases(predicate, isForward(c.step));
    if (!verbs) return undefined;
    const { verb, phrase } = namePhrase(graph.categories[c.entity]!, graph.names[c.entity]!, predicate);
    const key = `${c.step} ${verb ?? ""}`;
    const group = groups.get(key);
    if (group) {
      group.phrases.push([i, phrase]);
      continue;
    }
    const short = verb === undefined && verbs.short.length > 0 ? random.pick(verbs.short) : undefined;
    const full = verb ?? random.pick(verbs.full);
    groups.set(key, { full, ...(short ? { short } : {}), phrases: [[i, phrase]] });
  }
  return [...groups.values()].map(({ full, short, phrases }) => ({
    full: withVerb(full, phrases),
    ...(short ? { short: withVerb(short, phrases) } : {}),
  }));
}

function withVerb(verb: string, phrases: readonly [number, string][]): Said {
  const parts = phrases.map(([i, phrase], n) => {
    const text = n === 0 ? `${verb} ${phrase}` : phrase;
    return { text, words: new Map([[i, text]]) };
  });
  return joined(parts);
}

function linkClause(
  link: Extract<Conjunct, { kind: "link" }>,
  index: number,
  input: WordingInput,
  nouns: readonly string[],
  spoken: ReadonlySet<string>,
): Clause | undefined {
  const { graph, nodes, random } = input;
  const verbs = verbPhrases(graph.predicates[link.step >> 1]!, isForward(link.step));
  const category = graph.categories[nodes[link.to]!]!;
  const inner = clausesOf(link.to, input, nouns, new Set([...spoken, category]));
  if (!verbs || !inner) return undefined;
  const noun = nouns[link.to]!;
  const a = /^[aeiou]/.test(noun) ? "an" : "a";
  const article = spoken.has(category) ? "another" : input.isDefinite(link.to) ? "the" : a;
  const short = inner.length === 1 && random.next() < 0.6 ? inner[0]!.short : undefined;
  const rest = short ?? joined(inner.map((c) => c.full));
  const after = rest.text === "" ? "" : short ? ` ${rest.text}` : ` that ${rest.text}`;
  const [full, brief] = [verbs.full, verbs.short].map((ways): Said | undefined => {
    if (ways.length === 0) return undefined;
    const head = `${random.pick(ways)} ${article} ${noun}`;
    return { text: `${head}${after}`, words: new Map([...rest.words, [index, head]]) };
  });
  return brief ? { full: full!, short: brief } : { full: full! };
}

/** "A", "A and B", "A, B and C". */
function joined(parts: readonly Said[]): Said {
  const texts = parts.map(({ text }) => text);
  const text = texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)!}`;
  return { text, words: new Map(parts.flatMap(({ words }) => [...words])) };
}

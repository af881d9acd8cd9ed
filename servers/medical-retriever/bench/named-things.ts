/** Questions about things that the starter's documents name, in common words: documents with the name must come first. */
import { linkText, type Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { Retriever } from "../index.ts";

const QUESTIONS = [
  "does X improve survival",
  "how is X given in children",
  "what are the side effects of X",
  "X and lung function",
  "is X safe during pregnancy",
  "what happens to the heart in X",
  "which patients benefit most from X",
  "can X cause kidney damage or liver problems",
  "long term outcome of X compared with placebo",
  "how often should blood be taken with X",
];
/** Where every other document has the name, the order says little. */
const MOST_DOCUMENTS = 40;
const LEAST_LETTERS = 3;

const PAIRS = ["X Y", "X in Y", "does X help in Y"];

export interface NamedQuestion {
  text: string;
  /** Of the thing; of both where there are two. */
  name: string;
  /** Documents that have the name of the thing, or one of its other names. */
  naming: ReadonlySet<string>;
}

/** One for each thing that a title names, of the templates in turn. */
export function namedQuestions({ documents, graph }: Pick<Knowledge, "documents" | "graph">): NamedQuestion[] {
  const all = [...documents.all()];
  const texts = all.map(({ id, title, sections }) => {
    const body = sections.map(({ text }) => text).join("\n");
    return { id, terms: ` ${tokenize(title).join(" ")} | ${tokenize(body).join(" ")} ` };
  });
  const asked = new Map<string, NamedQuestion>();
  for (const { id, name, synonyms = [], mention, match } of all.flatMap(({ title }) => linkText(graph, title))) {
    if (!mention || match === "fuzzy" || asked.has(id)) continue;
    const names = [name, mention.text, ...synonyms].map((one) => tokenize(one).join(" "));
    const telling = names.filter((one) => one.length >= LEAST_LETTERS);
    const naming = texts.filter(({ terms }) => telling.some((one) => terms.includes(` ${one} `)));
    if (naming.length === 0 || naming.length > MOST_DOCUMENTS) continue;
    const text = QUESTIONS[asked.size % QUESTIONS.length]!.replace("X", name);
    asked.set(id, { text, name, naming: new Set(naming.map((document) => document.id)) });
  }
  return [...asked.values()];
}

/** Each thing with the next one that some of its documents name, and others do not: documents with both must come first. */
export function pairedQuestions(things: readonly NamedQuestion[]): NamedQuestion[] {
  return things.flatMap((one, i) => {
    const others = [...things.slice(i + 1), ...things.slice(0, i)];
    for (const other of others) {
      const naming = one.naming.intersection(other.naming);
      if (naming.size === 0 || naming.size === Math.min(one.naming.size, other.naming.size)) continue;
      const text = PAIRS[i % PAIRS.length]!.replace("X", one.name).replace("Y", other.name);
      return [{ text, name: `${one.name} and ${other.name}`, naming }];
    }
    return [];
  });
}

/** Of each question: whether the first document has the name, and the share of those that do among as many first ones. */
export async function askNamed(
  retriever: Retriever,
  questions: readonly NamedQuestion[],
): Promise<{ first: number[]; share: number[] }> {
  const { signal } = new AbortController();
  const measured = { first: [] as number[], share: [] as number[] };
  for (const { text, naming } of questions) {
    const { documents } = await retriever.search(text, { sources: ["local"], limit: 10 }, { signal });
    const most = Math.min(10, naming.size);
    measured.first.push(naming.has(documents[0]?.id ?? "") ? 1 : 0);
    measured.share.push(documents.slice(0, most).filter(({ id }) => naming.has(id)).length / most);
  }
  return measured;
}

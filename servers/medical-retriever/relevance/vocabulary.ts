/** What the vocabulary knows of a question's words: other names of the things they name, brand names and generic ones among them. */
import { linkText, type Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { Alternative, Concept } from "./concepts.ts";

/** Another name counts a bit less than the user's own words. */
const WEIGHT = 0.7;
/** A name with more bearers says too little of what is meant. */
const MOST_BEARERS = 2;
const MOST_NAMES = 6;
/** `MI` and `MS` are many things. */
const LEAST_LETTERS = 3;
/**
 * By category: a question is about the things that it names, whatever words stand beside them, and most of all those with
 * a proper name. Findings are words like others: `pain`, `death`.
 */
const COUNTS: Readonly<Record<string, number>> = {
  Drug: 3,
  DrugClass: 3,
  Gene: 3,
  Protein: 3,
  ClinicalTrial: 3,
  Organization: 3,
  Disease: 2,
};

/** Longer texts are documents, not questions. */
const MOST_TEXT = 1000;

/** For each thing that the question names, longest mention first, its other names. */
export function namesIn({ graph }: Pick<Knowledge, "graph">, question: string): Concept[] {
  const mentions = new Map<string, { text: string; names: Set<string>; bearers: number; named: number }>();
  for (const { name, synonyms = [], mention, match, category } of linkText(graph, question.slice(0, MOST_TEXT))) {
    // What is only similar to a name is another word more often than not: `activate` is no Activase.
    if (!mention || match === "fuzzy") continue;
    const key = `${mention.start}-${mention.end}`;
    const entry = mentions.get(key) ?? { text: mention.text, names: new Set<string>(), bearers: 0, named: 1 };
    entry.bearers += 1;
    entry.named = Math.max(entry.named, COUNTS[category] ?? 1);
    for (const other of [name, ...synonyms]) entry.names.add(other);
    mentions.set(key, entry);
  }
  return [...mentions.values()]
    .filter(({ bearers }) => bearers <= MOST_BEARERS)
    .toSorted((a, b) => b.text.length - a.text.length)
    .map(({ text, names, named }) => ({ own: tokenize(text), others: alternatives(names), named }));
}

function alternatives(names: ReadonlySet<string>): Alternative[] {
  const known = new Set<string>();
  const found: Alternative[] = [];
  for (const name of names) {
    const terms = [...new Set(tokenize(name))];
    const key = terms.toSorted().join(" ");
    if (terms.length === 0 || terms.join("").length < LEAST_LETTERS || known.has(key)) continue;
    known.add(key);
    found.push({ terms, weight: WEIGHT });
  }
  // Short names are what texts use.
  return found.toSorted((a, b) => a.terms.length - b.terms.length).slice(0, MOST_NAMES);
}

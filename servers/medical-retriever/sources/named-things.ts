/** What a question names, sorted for sources that must be told whether a word is a drug or a disease. */
import { normaliseName, words } from "../../knowledge/names.ts";
import { isPlainWord } from "../../knowledge/index.ts";
import { EVERYDAY } from "./everyday-words.ts";
import { hasFieldTags } from "./question-parts.ts";
import type { NamedEntity, SourceQuestion } from "./source.ts";

export interface Named {
  /** The words of the question: the brand that was asked for, where the preferred name is its ingredient. */
  asked: string;
  /** The preferred name, the words of the question, then other names; each once. */
  names: readonly string[];
  /** Ids in the vocabularies that have it. */
  ids: readonly string[];
  /** False for a word of the question that no vocabulary has: it may be anything. */
  known: boolean;
}

export interface NamedThings {
  /** Known drugs, then words that no vocabulary has and that may be drugs. */
  drugs: readonly Named[];
  drugClasses: readonly Named[];
  /** Diseases and findings. */
  conditions: readonly Named[];
  /** Genes, proteins and whatever else is named. */
  others: readonly Named[];
  /** Words that no vocabulary has and that are no everyday English. */
  unknown: readonly Named[];
}

const DRUGS =
  /^(?:Drug|SmallMolecule|MolecularMixture|ComplexMolecularMixture|ChemicalEntity|ChemicalSubstance|ChemicalMixture|Vaccine)$/;
const CONDITIONS = /^(?:Disease|PhenotypicFeature|DiseaseOrPhenotypicFeature|PathologicalProcess|ClinicalFinding)$/;

/** A longer list of names would make a query that services refuse. */
const MOST_NAMES = 40;
const MOST_UNKNOWN = 4;

export function namedThings(question: SourceQuestion): NamedThings {
  const entities = question.entities();
  const drugs = merged(entities.filter(({ category }) => DRUGS.test(category)));
  const unknown = hasFieldTags(question.query) ? [] : unknownWords(question.query, entities);
  // Beside known drugs, one or two unknown words may be drugs too; more of them are what else the question is about.
  const perhaps = drugs.length > 0 && unknown.length > 2 ? [] : unknown;
  return {
    drugs: [...drugs, ...perhaps],
    drugClasses: merged(entities.filter(({ category }) => category === "DrugClass")),
    conditions: merged(entities.filter(({ category }) => CONDITIONS.test(category))),
    others: merged(
      entities.filter(
        ({ category }) => !DRUGS.test(category) && !CONDITIONS.test(category) && category !== "DrugClass",
      ),
    ),
    unknown,
  };
}

/** Why a source of drugs has nothing to say to a question; undefined where it may name a drug. */
export function namesNoDrug(question: SourceQuestion): string | undefined {
  return namedThings(question).drugs.length > 0 ? undefined : "the question names no drug";
}

/** Whether a text names the thing, by whole words: `cort` is not in `hydrocortisone`. */
export function isNamedIn(text: string, { names }: Pick<Named, "names">): boolean {
  const folded = ` ${normaliseName(text)} `;
  return names.some((name) => {
    // A few letters are many things: only as they are written.
    if (ABBREVIATION.test(name)) return wholeWord(name).test(text);
    const norm = normaliseName(name);
    return norm.length > 1 && (folded.includes(` ${norm} `) || folded.includes(` ${norm}s `));
  });
}

/** `NCT01234567` */
const RECORD_NUMBER = /\d{5}/;

const ABBREVIATION = /^\p{Lu}{2,4}$/u;

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, "u");
}

/** One thing for each mention, however many vocabularies have it. */
function merged(entities: readonly NamedEntity[]): Named[] {
  const byMention = new Map<string, NamedEntity[]>();
  for (const entity of entities) {
    const key = entity.text.toLowerCase();
    byMention.set(key, [...(byMention.get(key) ?? []), entity]);
  }
  return Array.from(byMention.values(), (same) => ({
    asked: same[0]!.text,
    names: distinct([
      ...same.map(({ name }) => name),
      same[0]!.text,
      ...same.flatMap(({ synonyms }) => synonyms),
    ]).slice(0, MOST_NAMES),
    ids: same.map(({ id }) => id),
    known: true,
  }));
}

function unknownWords(query: string, entities: readonly NamedEntity[]): Named[] {
  let rest = query;
  for (const { text } of entities) rest = rest.split(text).join(" ");
  const found = rest.match(/\p{L}[\p{L}\p{N}]*(?:[-‐‑–][\p{L}\p{N}]+)*/gu) ?? [];
  const names = found.filter((word) => {
    const folded = words(word).map(({ norm }) => norm);
    const plain = folded.every((part) => part.length < 4 || isPlainWord(part) || EVERYDAY.has(part));
    return word.length >= 4 && !plain && !EVERYDAY.has(word.toLowerCase()) && !RECORD_NUMBER.test(word);
  });
  return distinct(names)
    .slice(0, MOST_UNKNOWN)
    .map((word) => ({ asked: word, names: [word], ids: [], known: false }));
}

function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const norm = normaliseName(name);
    if (!norm || seen.has(norm)) return false;
    seen.add(norm);
    return true;
  });
}

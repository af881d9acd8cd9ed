/** A question in plain words, taken apart for search engines: what it names with other names for it, and the words beside. */
import { tokenize } from "../../knowledge/tokenize.ts";
import type { NamedEntity } from "./source.ts";

export interface QuestionParts {
  /** For each thing that is named: its names, the question's own first. */
  names: string[][];
  /** Other words of content, rarest first. */
  words: string[];
}

/** Words of questions that no abstract needs to have. */
const ASKING = new Set(
  (
    "name list tell give find show explain describe know known please question answer " +
    "many much often usually called associated related mentioned following including include included based " +
    "latest newest recent recently used use using evidence study studies paper papers document documents information cause causes caused"
  ).split(" "),
);
const MOST_WORDS = 12;
/** Queries stay short: more names add little and may be refused. */
const MOST_NAMES = 5;
const LONGEST_NAME = 60;

/** Whether the newest publications are asked for: among those that fit strictly, date goes before relevance. */
export function wantsNewest(question: string): boolean {
  return /\b(?:latest|newest|most recent|recently published)\b/i.test(question);
}

/** PubMed's syntax: `zelpamab[tiab]`. Whoever writes it knows what they ask. */
export function hasFieldTags(query: string): boolean {
  return /\[[a-z][a-z /:-]{1,30}\]/i.test(query);
}

/** `aspirin AND stroke` */
export function hasOperators(query: string): boolean {
  return /\S\s+(?:AND|OR|NOT)\s+\S/.test(query);
}

/**
 * @param entities what the vocabulary knows of the question
 * @param rarity larger for rarer search terms (see tokenize): rare words are kept longest
 */
export function questionParts(
  question: string,
  entities: readonly Pick<NamedEntity, "text" | "name" | "synonyms">[],
  rarity: (term: string) => number,
): QuestionParts {
  const byText = Map.groupBy(entities, ({ text }) => plainName(text).toLowerCase());
  let rest = question;
  for (const [{ text } = { text: "" }] of byText.values()) rest = withoutName(rest, text);
  const words = contentWords(rest)
    .map((word) => ({ word, rarity: Math.max(0, ...tokenize(word).map(rarity)) }))
    .toSorted((a, b) => b.rarity - a.rarity)
    .map(({ word }) => word)
    .slice(0, MOST_WORDS);
  return { names: [...byText.values()].map(namesOf).filter((names) => names.length > 0), words };
}

/** What one mention may be called. Where it may mean several things, only the name that was written is certain. */
function namesOf(bearers: readonly Pick<NamedEntity, "text" | "name" | "synonyms">[]): string[] {
  const text = plainName(bearers[0]!.text);
  const certain = bearers.length === 1 ? bearers : bearers.filter(({ name }) => same(name, text));
  const others = certain.flatMap(({ name, synonyms }) => [name, ...synonyms.toSorted((a, b) => a.length - b.length)]);
  const names: string[] = [];
  for (const name of [text, ...others.filter(isSearchable).map(plainName)]) {
    if (name !== "" && names.length < MOST_NAMES && !names.some((known) => same(known, name))) names.push(name);
  }
  return names;
}

/** Inverted names ("failure, heart") stand in no text, and two letters stand for anything. */
function isSearchable(name: string): boolean {
  return name.length >= 3 && name.length <= LONGEST_NAME && !name.includes(",") && /\p{L}/u.test(name);
}

function plainName(name: string): string {
  return name
    .replaceAll(/["\\[\](){}:*?~^]/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Parts of the strict form: more of them at once stand in few abstracts. */
const STRICT_PARTS = 3;
/** Parts of the loose form. */
const LOOSE_PARTS = 8;

/**
 * Boolean queries for engines that order by relevance, to be tried one after the other. Of the SciFact claims, 30 % have
 * an abstract with their three rarest words, 90 % one with two of their eight rarest (npm run bench:queries): so the
 * second form asks for any two parts, a name among them where there are names, and leaves it to the engine to put those
 * with more of them first.
 * @param names, words terms in the engine's syntax, most telling first
 * @param kinds terms that limit the kind of publication; the last form does without
 */
export function searchForms(
  names: readonly string[],
  words: readonly string[],
  kinds: readonly string[] = [],
): string[] {
  const strict = [...names, ...words.slice(0, Math.max(0, STRICT_PARTS - names.length))];
  const loose = anyTwo([...names, ...words].slice(0, LOOSE_PARTS), names.length);
  const forms = [[...strict, ...kinds], [...loose, ...kinds], loose];
  return [...new Set(forms.map((form) => form.join(" AND ")))].filter(Boolean);
}

/** Terms that together ask for two of the parts, one of them a name. */
function anyTwo(parts: readonly string[], names: number): string[] {
  if (parts.length < 3) return [...parts];
  const firsts = parts.slice(0, Math.min(names || parts.length, parts.length - 1));
  const pairs = firsts.map((first, at) => `(${first} AND ${anyOf(parts.slice(at + 1))})`);
  return [anyOf(pairs)];
}

/** `(a OR b)`; one alone as it is. */
export function anyOf(terms: readonly string[]): string {
  return terms.length === 1 ? terms[0]! : `(${terms.join(" OR ")})`;
}

/** Search engines fold case and hyphens. */
function same(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function withoutName(text: string, name: string): string {
  const at = name === "" ? -1 : text.toLowerCase().indexOf(name.toLowerCase());
  return at < 0 ? text : `${text.slice(0, at)} ${text.slice(at + name.length)}`;
}

function contentWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? [];
  return [...new Set(words)].filter((word) => tokenize(word).length > 0 && !ASKING.has(word.toLowerCase()));
}

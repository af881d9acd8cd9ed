/** A question in plain words as PubMed search terms: names kept together, function words left out, and a shorter form for when the full one finds nothing. */
import { tokenize } from "../../knowledge/tokenize.ts";

/** Words of questions that no abstract needs to have. */
const ASKING = new Set(
  (
    "name list tell give find show explain describe know known please question answer " +
    "many much often usually called associated related mentioned following including include included based " +
    "used use using evidence study studies paper papers document documents information cause causes caused"
  ).split(" "),
);

const SHORT_FORM_WORDS = 3;
const MOST_WORDS = 12;

/**
 * @param names entities the question mentions, as written there: searched as phrases in title, abstract and MeSH
 * @param rarity larger for rarer search terms (see tokenize): rare words are kept longest
 * @returns terms to try in this order; one only where the caller wrote PubMed's syntax
 */
export function pubmedTerms(question: string, names: readonly string[], rarity: (term: string) => number): string[] {
  if (/\[[a-z ]{2,20}\]|\b(?:AND|OR|NOT)\b/.test(question)) return [question.trim()];
  const phrases = [...new Set(names.filter((name) => /\s/.test(name.trim())).map((name) => quote(name)))];
  let rest = question;
  for (const name of names) if (/\s/.test(name.trim())) rest = rest.replace(name, " ");
  const words = contentWords(rest)
    .map((word) => ({ word, rarity: Math.max(0, ...tokenize(word).map(rarity)) }))
    .toSorted((a, b) => b.rarity - a.rarity)
    .map(({ word }) => word)
    .slice(0, MOST_WORDS);
  const full = [...phrases, ...words].join(" AND ");
  const short = [...phrases, ...words.slice(0, Math.max(0, SHORT_FORM_WORDS - phrases.length))].join(" AND ");
  return [...new Set([full, short])].filter(Boolean);
}

/** Field tags keep a name together; without them PubMed maps its words one by one. */
function quote(name: string): string {
  const plain = name.replaceAll(/["[\]]/g, " ").trim();
  return `("${plain}"[tiab] OR "${plain}"[mh])`;
}

function contentWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? [];
  return [...new Set(words)].filter((word) => tokenize(word).length > 0 && !ASKING.has(word.toLowerCase()));
}

/** What a document says towards a goal without a model: the sentences of the best passages that share most with it. */
import type { Passage, Synthesis } from "../../../schemas/index.ts";
import { sentencesOf } from "../../knowledge/sentences.ts";
import { tokenize } from "../../knowledge/tokenize.ts";

const MOST_EVIDENCE = 5;
const MOST_QUOTE = 500;
const SUMMARY_SENTENCES = 3;
/** Of the best sentence's weight: what shares less with the goal is no evidence. */
const LEAST_SHARE = 0.4;

interface Candidate {
  passage: Passage;
  quote: string;
  start: number;
  weight: number;
  place: number;
}

/** @param passages best first, as the ranking gave them @param matching how many passages share a word with the goal */
export function extract(passages: readonly Passage[], goal: string, matching: number): Synthesis | undefined {
  const terms = [...new Set(tokenize(goal))];
  const best = sentencesFor(passages, terms);
  if (best.length === 0) return undefined;
  const summary = best
    .slice(0, SUMMARY_SENTENCES)
    .toSorted((a, b) => a.start - b.start)
    .map(({ quote }) => quote)
    .join(" ");
  return {
    rationale: rationaleOf(best, terms, goal, matching),
    evidence: best.map(({ passage: { id, page }, quote }) => ({ passage: id, quote, ...(page ? { page } : {}) })),
    summary,
    by: "extractive",
  };
}

function sentencesFor(passages: readonly Passage[], terms: readonly string[]): Candidate[] {
  const bags = passages.map(({ text, section = "" }) => new Set([...tokenize(text), ...tokenize(section)]));
  // A word that all the best passages share tells less than one that few have.
  const weights = new Map(
    terms.map((t) => [t, Math.log(1 + passages.length / (0.5 + bags.filter((b) => b.has(t)).length))]),
  );
  const candidates = passages.flatMap((passage, place) => {
    const label = new Set(tokenize(passage.section ?? ""));
    return sentencesOf(passage.text).map(({ start, end }): Candidate => {
      const quote = passage.text.slice(start, end).slice(0, MOST_QUOTE).trim();
      const words = new Set(tokenize(quote));
      const weight = terms.reduce((sum, t) => sum + weights.get(t)! * (words.has(t) ? 1 : label.has(t) ? 0.5 : 0), 0);
      return { passage, quote, start: passage.start + start, weight, place };
    });
  });
  const ranked = candidates
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.place - b.place);
  const unique = [...new Map(ranked.toReversed().map((c) => [c.quote, c])).values()].toReversed();
  return unique.filter(({ weight }) => weight >= LEAST_SHARE * ranked[0]!.weight).slice(0, MOST_EVIDENCE);
}

function rationaleOf(best: readonly Candidate[], terms: readonly string[], goal: string, matching: number): string {
  const places = best.map(({ passage: { section, page } }) =>
    [section, page ? `page ${page}` : ""].filter(Boolean).join(", "),
  );
  const where = [...new Set(places.filter(Boolean))].slice(0, 4);
  const said = new Set(best.flatMap(({ quote, passage }) => [...tokenize(quote), ...tokenize(passage.section ?? "")]));
  const words = goal.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
  const unsaid = [...new Set(words.filter((word) => tokenize(word).some((t) => terms.includes(t) && !said.has(t))))];
  return [
    `${matching} ${matching === 1 ? "passage shares" : "passages share"} words with the goal; these sentences share most`,
    where.length > 0 ? ` (${where.join("; ")})` : "",
    ".",
    unsaid.length > 0 ? ` They do not speak of: ${unsaid.slice(0, 8).join(", ")}.` : "",
  ].join("");
}

/** Questions of what things have in common: "which other diseases share two findings and the gene's pathway with X". */
import { type Category, type EntityMatch, PREDICATES, type PredicateName } from "../../../schemas/index.ts";
import { KIND_NOUNS } from "./kind-nouns.ts";
import { nounSpans, type NounSpan } from "./nouns.ts";
import { fits, IMPLIED } from "./predicates.ts";
import type { Span } from "./spans.ts";

/** Something that is shared: so many of a kind, reached from either side along one of the routes. */
export interface Share {
  /** The noun of the question. */
  label: string;
  count: number;
  /** Predicates from the thing named to what is shared; the way back from there is the same, turned round. */
  routes: PredicateName[][];
}

export interface Sharing {
  /** All that the name may mean. */
  named: EntityMatch[];
  /** What is asked for. */
  label: string;
  categories: readonly Category[];
  shares: Share[];
  /** Words that were not understood, and that may say more of what is asked for. */
  unread: string[];
}

const NUMBERS = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const COUNT = new RegExp(
  String.raw`(more than\s+)?\b(\d+|${[...NUMBERS, "an", "one"].join("|")})\s+(?:[\w-]+\s+){0,2}$`,
  "i",
);
/** What may stand between the parts without changing what is asked. */
const FILLING =
  /^(?:a|an|the|at|least|more|than|same|other|another|else|also|both|and|or|of|in|with|as|its|their|that|which|what|do|does|name|list|find|are|is|there|any|common|clinical|causal|causative|underlying|responsible|associated|disease|human|genetic|rare|\d+|one|two|three|four|five|six|seven|eight|nine|ten|s)$/i;
/** Between a thing and what it shares without a relation of its own to it: a disease and a pathway meet in the gene. */
const BETWEEN: readonly Category[] = ["Gene", "Protein"];
const NEVER: ReadonlySet<string> = new Set(["has_side_effect", "contraindicated_in"]);

/** @returns undefined where the question is not of this form */
export function readSharing(question: string, entities: readonly EntityMatch[]): Sharing | undefined {
  const verb = verbOf(question);
  const anchor = verb && anchorOf(question, entities, verb.end);
  if (!anchor) return undefined;
  const nouns = nounSpans(question, [verb, anchor.span]);
  const asked = nouns.findLast((n) => n.end <= verb.start && !n.noun.relation);
  const things = nouns.filter((n) => n.start >= verb.end);
  if (!asked || things.length === 0) return undefined;
  const unread = leftOver(question, [verb, anchor.span, ...things, asked]);
  const named = anchor.entities;
  const from = [...new Set(named.map((e) => e.category as Category))];
  // "the gene's pathway" is one thing; the gene is only the way to it.
  const own = things.filter((n, i) => !leadsOn(question, n, things[i + 1], things[i - 1]));
  const shares = own.map((n) => shareOf(question, n, from));
  if (shares.some((s) => s.routes.length === 0)) return undefined;
  return {
    named,
    label: question.slice(asked.start, asked.end).toLowerCase(),
    categories: asked.noun.categories,
    shares,
    unread,
  };
}

function verbOf(question: string): Span | undefined {
  const shares = /\bshar(?:es?|ing)\b/i.exec(question);
  if (shares) return { start: shares.index, end: shares.index + shares[0].length };
  const has = /\bin common\b/i.test(question) ? /\b(?:have|has|having)\b/i.exec(question) : undefined;
  return has ? { start: has.index, end: has.index + has[0].length } : undefined;
}

/** The one name after "with": everything that bears it. */
function anchorOf(question: string, entities: readonly EntityMatch[], from: number) {
  const mentioned = entities.filter(
    (e) => e.mention && e.mention.start >= from && !KIND_NOUNS.some((k) => is(k.pattern, e.mention!.text)),
  );
  const span = mentioned.find((e) =>
    /\b(?:with|as)\s+(?:the\s+)?(?:disease\s+|gene\s+|drug\s+)?$/i.test(question.slice(0, e.mention!.start)),
  )?.mention;
  if (!span || mentioned.some((e) => e.mention!.start !== span.start || e.mention!.end !== span.end)) return undefined;
  const exact = mentioned.filter((e) => e.match === "exact" || e.match === "identifier");
  return { span: { start: span.start, end: span.end }, entities: exact.length > 0 ? exact : mentioned };
}

function is(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "i").test(text);
}

function leftOver(question: string, known: readonly Span[]): string[] {
  let rest = question;
  for (const { start, end } of known) rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
  return [...rest.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(([word]) => (FILLING.test(word) ? [] : [word]));
}

/** A gene that only leads to the pathway beside it: "the gene's pathway", "the pathway of its gene". */
function leadsOn(question: string, noun: NounSpan, next: NounSpan | undefined, before: NounSpan | undefined): boolean {
  if (!noun.noun.categories.every((c) => BETWEEN.includes(c))) return false;
  const possessive = next && /^['’]s?\s+(?:[\w-]+\s+)?$/.test(question.slice(noun.end, next.start));
  const of = before && /^\s+of\s+(?:[\w-]+\s+){0,2}$/.test(question.slice(before.end, noun.start));
  return Boolean(possessive || of);
}

function shareOf(question: string, { noun, start, end }: NounSpan, from: readonly Category[]): Share {
  const count = COUNT.exec(question.slice(0, start));
  const direct = between(from, noun.categories, noun.relation?.predicates);
  const routes =
    direct.length > 0
      ? direct.map((p) => [p])
      : BETWEEN.flatMap((middle) =>
          between(from, [middle]).flatMap((p) => between([middle], noun.categories).map((q) => [p, q])),
        );
  return { label: question.slice(start, end).toLowerCase(), count: count ? numberOf(count) : 1, routes };
}

function numberOf([, more, word]: RegExpExecArray): number {
  const digits = Number(word);
  const number = Number.isNaN(digits) ? Math.max(1, NUMBERS.indexOf(word!.toLowerCase()) + 1) : digits;
  return Math.max(1, more ? number + 1 : number);
}

/** Predicates that can relate the two kinds, either way round. */
function between(
  from: readonly Category[],
  to: readonly Category[],
  own: readonly PredicateName[] = IMPLIED,
): PredicateName[] {
  return own.filter(
    (p) =>
      p in PREDICATES &&
      !(own === IMPLIED && NEVER.has(p)) &&
      from.some((a) => to.some((b) => fits(p, a, b) || fits(p, b, a))),
  );
}

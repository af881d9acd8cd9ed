/** What a question says of an unknown itself rather than of its relations: "approved between 2010 and 2014", "based in Japan". */
import type { Category, Entity } from "../../../schemas/index.ts";
import { GetEntityResult } from "../../../schemas/index.ts";
import { call, failures, read } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import type { Value } from "./links.ts";
import { categoriesOf } from "./query.ts";
import { introduces, overlaps, type Item, type Span } from "./spans.ts";
import { fold, list } from "./text.ts";

export interface Condition {
  /** Term that it is said of. */
  term: string;
  /** The words of the question. */
  text: string;
  holds(attributes: NonNullable<Entity["attributes"]>): boolean;
}

interface Reading {
  pattern: RegExp;
  /** Any of these attributes, as sources name them. */
  attributes: readonly string[];
  categories: readonly Category[];
}

const YEARS = String.raw`(?:between (\d{4}) and (\d{4})|from (\d{4}) to (\d{4})|(before|after|since|in) (\d{4}))`;
const DATED: Reading[] = [
  { verb: "approved", attributes: ["approved", "firstApproval"], categories: ["Drug"] },
  { verb: "founded|established", attributes: ["founded"], categories: ["Organization"] },
  { verb: "published|reported", attributes: ["published"], categories: ["ClinicalTrial", "Guideline"] },
  { verb: "described|discovered", attributes: ["described", "firstDescribed"], categories: ["Disease"] },
].map(({ verb, ...rest }) => ({
  ...rest,
  categories: rest.categories as Category[],
  pattern: new RegExp(
    `\\b(?:(?:was|were|is|are|been) )?(?:first )?(?:${verb})(?: for the first time)? ${YEARS}\\b`,
    "gi",
  ),
}));
const SAID: Reading[] = [
  {
    pattern: /\b(?:is |are |was )?(?:based|headquartered) in (?:the )?([\p{Lu}]\w*(?: \p{Lu}\w*)*)/gu,
    attributes: ["country"],
    categories: ["Organization"],
  },
  { pattern: /\b(?:is |are )?given by the ([\w-]+) route\b/gi, attributes: ["route"], categories: ["Drug"] },
  {
    pattern: /\b(?:begins?|starts?|beginning|starting) (?:in|at|during|from) (?!which|what)([\w-]+)/gi,
    attributes: ["onset"],
    categories: ["Disease"],
  },
  { pattern: /\b(?:lies|is|located) on chromosome (\w+)/gi, attributes: ["chromosome"], categories: ["Gene"] },
  {
    pattern: /\b(?:has|have|with) a prevalence of ([\w\d/ -]+?)(?=[,?.]| and | that | which |$)/gi,
    attributes: ["prevalence"],
    categories: ["Disease"],
  },
  { pattern: /\b(?:was |is )?of phase ([\dIV]+)\b/gi, attributes: ["phase"], categories: ["ClinicalTrial"] },
];

interface Found extends Span {
  reading: Reading;
  text: string;
  test: (value: string) => boolean;
}

/** Where conditions stand; their spans are taken, so that no phrase is read in them. */
export function conditionSpans(question: string, taken: Span[]): Found[] {
  const found: Found[] = [];
  for (const reading of [...DATED, ...SAID]) {
    for (const match of question.matchAll(reading.pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (overlaps(span, taken)) continue;
      taken.push(span);
      const test = DATED.includes(reading) ? between(match) : (value: string) => fold(value) === fold(match[1]!);
      found.push({ reading, text: match[0], test, ...span });
    }
  }
  return found;
}

/** The years that the words admit. */
function between(match: RegExpMatchArray): (value: string) => boolean {
  const [, a, b, c, d, word, one] = match;
  const year = Number(one);
  const [from, to] = {
    before: [-Infinity, year - 1],
    after: [year + 1, Infinity],
    since: [year, Infinity],
    in: [year, year],
  }[word?.toLowerCase() ?? ""] ?? [Number(a ?? c), Number(b ?? d)];
  return (value) => {
    const at = Number(/\d{4}/.exec(value)?.[0]);
    return at >= from! && at <= to!;
  };
}

/** Each condition is said of the nearest unknown before it that can have such an attribute, else of the next one. */
export function attachConditions(found: readonly Found[], items: readonly Item[]): Condition[] {
  const unknowns = items.flatMap((i) => {
    const variable = i.kind === "term" ? introduces(i) : undefined;
    return variable ? [{ variable, start: i.start }] : [];
  });
  return found.flatMap(({ reading, text, test, start }) => {
    const fits = unknowns.filter(({ variable }) => categoriesOf(variable).some((c) => reading.categories.includes(c)));
    const said = fits.findLast((u) => u.start < start) ?? fits[0];
    if (!said) return [];
    const holds = (attributes: NonNullable<Entity["attributes"]>) =>
      reading.attributes.some((name) => attributes[name] !== undefined && test(String(attributes[name])));
    return [{ term: said.variable.id, text, holds }];
  });
}

/** Cards that are read for one unknown. */
const MAX_CARDS = 40;

/** Those of the values whose cards satisfy the conditions. */
export function* satisfying(
  values: readonly Value[],
  conditions: readonly Condition[],
  failed: string[],
): Plan<Value[]> {
  if (conditions.length === 0 || values.length === 0) return [...values];
  const asked = values.slice(0, MAX_CARDS);
  const returned = yield {
    thought: `Which of ${list(asked.map((v) => v.name))} ${list(conditions.map((c) => c.text))}? Their cards say.`,
    calls: asked.map((v) => call("kg-explorer", "get_entity", { id: [...v.ids][0]! })),
  };
  failed.push(...failures(returned));
  return asked.filter((_, n) => {
    const attributes = read(GetEntityResult, returned[n])?.entity.attributes ?? {};
    return conditions.every((c) => c.holds(attributes));
  });
}

/**
 * How many questions it takes until the right disease is among the first ten, when the next one is chosen by
 * `suggest_next_findings` and by other orders. A published case answers: yes where it lists the finding or a more
 * specific one, no where it excludes it or a more general one, else unknown. It begins with three of its findings.
 *
 * Left out are cases that leave nothing to ask: the disease is among the first ten from the start, or is not even with
 * all that the case says. `open`: every order chooses from the findings that the 400 leading diseases show, computed anew
 * after each answer. `closed`: from what the case reports, so that every question has an answer.
 */
import { background } from "../inference/likelihood.ts";
import { bestFirst, outlookOf, SHORTLIST } from "../inference/outlook.ts";
import { tidy, type Patient } from "../inference/query.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { rankCandidates, type Ranked } from "../inference/rank.ts";
import type { Settings } from "../inference/settings.ts";
import { askable, CONSIDERED, frequencyIn, inOrder, Sums } from "../inference/suggest.ts";
import type { ClinicalModel } from "../model/model.ts";
import type { Case } from "./cases.ts";

const BEGIN = 3;
const TOP = 10;
/** Nobody asks more; where the disease is not reached by then, as many are counted. */
const MOST_QUESTIONS = 300;
const RESAMPLES = 2000;
/** Cases of one paper, which resemble one another. */
const PER_PAPER = 2;

export interface Reasoner {
  model: ClinicalModel;
  settings: Settings;
  score: (patient: Patient) => Float64Array;
}

interface Situation {
  patient: Patient;
  differential: Ranked[];
  sums: Sums;
  candidates: number[];
  random: () => number;
}

const ORDERS: Record<string, (reasoner: Reasoner, situation: Situation) => number[]> = {
  "random order": (_, { candidates, random }) => by(candidates, () => random()),
  "most often reported": ({ model, settings }, { candidates }) =>
    by(candidates, (t) => background(model, settings, t, 0)),
  "most frequent in the leading": ({ model }, { candidates, differential }) =>
    by(candidates, (t) => frequencyIn(model, differential[0]!.disease, t)),
  suggested: ({ model, settings, score }, { candidates, sums, patient }) => {
    const questions = inOrder(model, sums, candidates);
    const now = outlookOf(score(patient), settings);
    const best = bestFirst(model, settings, patient, questions.slice(0, SHORTLIST), now, score);
    return [...best.map((b) => b.question), ...questions.slice(SHORTLIST)].map((q) => q.term);
  },
};
const RANDOM = "random order";
const KINDS = ["open", "closed"] as const;

interface Asked {
  questions: number;
  reached: boolean;
  answered: number;
}

/** A case that questions can solve. */
interface Solvable {
  paper: string;
  disease: number;
  begin: number[];
  observed: number[];
  excluded: number[];
}

/** @returns lines to print: per order the questions asked, and their ratio to a random order's with a 95% interval */
export function nextQuestionFigures(reasoner: Reasoner, cases: readonly Case[], count = 100): string[] {
  const { solvable, looked } = pick(reasoner, cases, count);
  const lines = [
    `next question: ${solvable.length} cases from ${new Set(solvable.map((c) => c.paper)).size} papers (of ${looked} looked at), begun with ${BEGIN} findings, until the right disease is among the first ${TOP}`,
  ];
  for (const kind of KINDS) {
    const asked = Object.fromEntries(
      Object.entries(ORDERS).map(([name, order]) => [
        name,
        solvable.map((c, i) => ask(reasoner, c, kind, order, mulberry32(i + 1))),
      ]),
    );
    for (const name of Object.keys(ORDERS)) lines.push(line(kind, name, solvable, asked[name]!, asked[RANDOM]!));
  }
  lines.push("  target: at most half the questions of a random order, interval of the difference excluding zero");
  return lines;
}

/** Cases in random order, few of one paper, that are not solved at the start and are with everything. */
function pick(reasoner: Reasoner, cases: readonly Case[], count: number) {
  const { model } = reasoner;
  const random = mulberry32(7);
  const papers = new Map<string, number>();
  const solvable: Solvable[] = [];
  let looked = 0;
  for (const item of by(cases, () => random())) {
    if (solvable.length === count) break;
    const disease = model.disease(item.disease);
    const taken = papers.get(item.pmid) ?? 0;
    const observed = termsOf(model, item.observed);
    if (disease === undefined || observed.length < BEGIN + 3 || taken >= PER_PAPER) continue;
    papers.set(item.pmid, taken + 1);
    looked++;
    const excluded = termsOf(model, item.excluded);
    const begin = by(observed, () => random()).slice(0, BEGIN);
    if (isReached(reasoner, { observed: begin, excluded: [] }, disease)) continue;
    if (isReached(reasoner, { observed, excluded }, disease))
      solvable.push({ paper: item.pmid, disease, begin, observed, excluded });
  }
  return { solvable, looked };
}

function ask(
  reasoner: Reasoner,
  { disease, begin, observed, excluded }: Solvable,
  kind: (typeof KINDS)[number],
  order: (typeof ORDERS)[string],
  random: () => number,
): Asked {
  const { model, settings } = reasoner;
  const present = new Set(observed.flatMap((t) => [t, ...model.ontology.ancestors.at(t)]));
  const patient: Patient = { observed: [...begin], excluded: [] };
  const asked = new Set<number>();
  const unanswered: number[] = [];
  const listed = [...observed.filter((t) => !begin.includes(t)), ...excluded];
  const most = kind === "open" ? MOST_QUESTIONS : listed.length;
  for (;;) {
    const tidied = tidy(model, patient).patient;
    const differential = rankCandidates(reasoner.score(tidied), settings, CONSIDERED);
    if (asked.size > 0 && differential.findIndex((r) => r.disease === disease) < TOP && isIn(differential, disease))
      return { questions: asked.size, reached: true, answered: asked.size - unanswered.length };
    const sums = new Sums(model, differential);
    const terms = kind === "open" ? sums.terms : listed;
    const candidates =
      kind === "open"
        ? askable(model, settings, patient, terms, unanswered).filter((t) => !asked.has(t))
        : terms.filter((t) => !asked.has(t));
    const answer = firstAnswered(order(reasoner, { patient: tidied, differential, sums, candidates, random }));
    if (answer === undefined) return { questions: most, reached: false, answered: asked.size - unanswered.length };
    (present.has(answer) ? patient.observed : patient.excluded).push(answer);
  }

  /** Asks on until there is an answer; what is below an unanswered finding is not asked for. */
  function firstAnswered(terms: readonly number[]): number | undefined {
    for (const term of terms) {
      if (asked.size >= most) return undefined;
      if (unanswered.some((t) => model.covers(t, term))) continue;
      asked.add(term);
      if (present.has(term) || excluded.some((t) => model.covers(t, term))) return term;
      unanswered.push(term);
    }
    return undefined;
  }
}

function isIn(differential: readonly Ranked[], disease: number): boolean {
  return differential.some((r) => r.disease === disease);
}

function isReached(reasoner: Reasoner, patient: Patient, disease: number): boolean {
  const { model, settings } = reasoner;
  const leading = rankCandidates(reasoner.score(tidy(model, patient).patient), settings, TOP);
  return isIn(leading, disease);
}

function termsOf(model: ClinicalModel, ids: readonly string[]): number[] {
  const terms = ids.map((id) => model.term(id)).filter((t) => t !== undefined);
  return [...new Set(terms)].filter((t) => model.ontology.isFinding[t] === 1);
}

/** Highest value first; each value is computed once. */
function by<T>(items: readonly T[], value: (item: T) => number): T[] {
  return items
    .map((item) => [value(item), item] as const)
    .toSorted((a, b) => b[0] - a[0])
    .map(([, item]) => item);
}

function line(
  kind: string,
  name: string,
  cases: readonly Solvable[],
  asked: readonly Asked[],
  random: readonly Asked[],
) {
  const questions = asked.map((a) => a.questions);
  const baseline = random.map((a) => a.questions);
  const { ratio, difference } = bootstrap(cases, questions, baseline);
  const median = questions.toSorted((a, b) => a - b)[questions.length >> 1]!;
  const answered = asked.reduce((sum, a) => sum + a.answered, 0) / questions.reduce((sum, q) => sum + q, 0);
  const reached = asked.filter((a) => a.reached).length;
  return (
    `  ${kind.padEnd(6)} ${name.padEnd(29)} mean ${mean(questions).toFixed(1).padStart(5)}  median ${String(median).padStart(3)}  ` +
    `reached ${reached}/${asked.length}  answered ${(100 * answered).toFixed(0)}%  ` +
    `× random ${(mean(questions) / mean(baseline)).toFixed(2)} [${ratio}]  fewer ${(mean(baseline) - mean(questions)).toFixed(1)} [${difference}]`
  );
}

/** 95% intervals of the ratio of means and of the mean difference to the baseline, papers drawn as wholes. */
function bootstrap(cases: readonly Solvable[], questions: readonly number[], baseline: readonly number[]) {
  const papers = [...Map.groupBy(cases.keys(), (i) => cases[i]!.paper).values()];
  const random = mulberry32(11);
  const ratios: number[] = [];
  const differences: number[] = [];
  for (let k = 0; k < RESAMPLES; k++) {
    const drawn = papers.flatMap(() => papers[Math.floor(random() * papers.length)]!);
    const q = mean(drawn.map((i) => questions[i]!));
    const b = mean(drawn.map((i) => baseline[i]!));
    ratios.push(q / b);
    differences.push(b - q);
  }
  return { ratio: between(ratios, 2), difference: between(differences, 1) };
}

/** "low, high": the middle 95% of the values. */
function between(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.025, 0.975].map((p) => sorted[Math.floor(p * (sorted.length - 1))]!.toFixed(digits)).join(", ");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

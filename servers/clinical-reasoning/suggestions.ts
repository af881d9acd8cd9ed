/** What to ask next, as tools and commands give it: the questions with what they cost and how much they are expected to help. */
import type { SuggestFindingsResult } from "../../schemas/index.ts";
import { round } from "./diagnose.ts";
import type { ClinicalEngine, View } from "./engine.ts";
import { bestFirst, outlookOf, SHORTLIST, type Expected, type Outlook } from "./inference/outlook.ts";
import type { Patient } from "./inference/query.ts";
import { rankCandidates } from "./inference/rank.ts";
import { CONSIDERED, frequencyIn, suggestFindings, type Question } from "./inference/suggest.ts";
import type { ClinicalModel } from "./model/model.ts";

type Suggested = Pick<SuggestFindingsResult, "suggestions" | "now">;

/** Leading diagnoses whose frequency of the finding is told. */
const TOLD = 5;

/** @param unanswered findings that were asked for in vain */
export function suggest(
  engine: ClinicalEngine,
  view: View,
  patient: Patient,
  limit: number,
  unanswered: readonly number[] = [],
): Suggested {
  const { settings } = engine;
  const { model } = view;
  const scores = engine.score(view, patient);
  const differential = rankCandidates(scores, settings, CONSIDERED);
  const now = outlookOf(scores, settings);
  const shortlist = suggestFindings(model, settings, patient, differential, SHORTLIST, unanswered);
  const best = bestFirst(model, settings, patient, shortlist, now, (p) => engine.score(view, p));
  const suggestions = best.slice(0, limit).map(({ question, expected }) => ({
    finding: model.termId(question.term),
    label: model.label(question.term),
    effort: question.effort,
    expectedGain: round(expected.gain),
    yes: round(question.yes),
    no: round(question.no),
    expectedTop: round(expected.top),
    expectedEntropy: round(expected.entropy),
    says: inWords(model, question, now, expected),
    discriminates: differential.slice(0, TOLD).map(({ disease }) => ({
      disease: model.diseaseId(disease),
      name: model.diseaseName(disease),
      frequency: round(frequencyIn(model, disease, question.term)),
    })),
  }));
  return { suggestions, now: { top: round(now.top), entropy: round(now.entropy) } };
}

/** "If present (12%) Marfan syndrome leads with 31%, if absent (40%) with 18%; … leading posterior 20% → 22%, …" */
function inWords(model: ClinicalModel, { yes, no, unknown }: Question, now: Outlook, expected: Expected): string {
  const { ifYes, ifNo, top, entropy } = expected;
  const other = ifNo.leading === ifYes.leading ? "" : `${model.diseaseName(ifNo.leading)} `;
  return (
    `If present (${percent(yes)}) ${model.diseaseName(ifYes.leading)} leads with ${percent(ifYes.top)}, ` +
    `if absent (${percent(no)}) ${other}with ${percent(ifNo.top)}; unanswered ${percent(unknown)}. ` +
    `Expected: leading posterior ${percent(now.top)} to ${percent(top)}, uncertainty ${now.entropy.toFixed(1)} to ${entropy.toFixed(1)} bits.`
  );
}

function percent(p: number): string {
  return p > 0 && p < 0.001 ? "<0.1%" : `${Number((100 * p).toPrecision(2))}%`;
}

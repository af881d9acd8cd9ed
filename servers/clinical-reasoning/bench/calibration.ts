/**
 * `npm run bench:calibration`: how often the leading disease is right beside what its posterior says, and whether another
 * rule says it better. Every rule keeps the order of the diseases. Its constants are set on the clean cases, annotations
 * alone and with other papers' counts together, by the log likelihood of "the leading disease is right", each disease
 * weighing as the square root of its cases; and measured on cases whose disease and papers that fit had not seen.
 */
import { SETTINGS } from "../inference/settings.ts";
import { vectorsOf } from "../inference/vectors.ts";
import { compileModel } from "../model/compile.ts";
import type { ClinicalModel } from "../model/model.ts";
import { SOURCE } from "../model/profiles.ts";
import { readHpoFiles } from "../testing/hpo-files.ts";
import { readCases, type Case } from "./cases.ts";
import { foldOf, FOLDS, folds, patientOf, scorerOf } from "./evaluate.ts";
import { calibrationError, figure, type Outcome } from "./strata.ts";

/** What a rule may look at. */
interface Seen {
  pmid: string;
  disease: string;
  stratum: string;
  rank: number;
  /** Posterior of the leading disease at every one of TEMPERATURES. */
  posteriors: number[];
  /** Observed findings, and those of them that counted patients with the leading disease had. */
  findings: number;
  counted: number;
}

interface Rule {
  name: string;
  /** Share of the posterior that is left to no candidate. */
  reserve: (seen: Seen, size: number) => number;
  sizes: readonly number[];
}

type Constants = readonly [temperature: number, size: number];
type Compared = Outcome & { present: number };

const TEMPERATURES = [1.1, 1.2, 1.3, SETTINGS.temperature, 1.4, 1.5, 1.6, 1.7, 1.8];
const FITTED = ["alone, clean", "other papers' counts, clean"];

const RULES: readonly Rule[] = [
  { name: "temperature", reserve: () => 0, sizes: [0] },
  { name: "and a reserve", reserve: (_, size) => size, sizes: [0, 0.03, 0.06, 0.09, 0.12, 0.15, 0.2] },
  {
    name: "and a reserve, few findings",
    reserve: ({ findings }, size) => size / (size + findings),
    sizes: [0, 0.25, 0.5, 0.75, 1, 1.5, 2],
  },
  {
    name: "and a reserve, few counted findings of the leading disease",
    reserve: ({ counted }, size) => size / (size + 1 + counted),
    sizes: [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1],
  },
];

const { model } = compileModel(readHpoFiles());
const cases = readCases();
const cited = new Set(
  Array.from({ length: model.rows.referenceNames.length }, (_, i) => model.rows.referenceNames.at(i)),
);
const seen = observe();
const weight = Map.groupBy(seen, ({ disease }) => disease);
const strata = Map.groupBy(seen, ({ stratum }) => stratum);
reliability();
for (const rule of RULES) compare(rule);

function observe(): Seen[] {
  const known = cases.filter(({ disease }) => model.disease(disease) !== undefined);
  return [
    ...observeIn(model, known, "alone", true),
    ...observeIn(model, known, "interview", false),
    ...[...folds(model, cases)].flatMap((f) => observeIn(f.model, f.held, "other papers' counts", true)),
  ];
}

function observeIn(candidates: ClinicalModel, items: readonly Case[], setting: string, published: boolean): Seen[] {
  const score = scorerOf(candidates);
  const vectors = vectorsOf(candidates, SETTINGS);
  return items.flatMap((item) => {
    const patient = patientOf(candidates, item, published);
    if (!patient) return [];
    const scores = score(patient);
    const right = candidates.disease(item.disease);
    let leading = 0;
    for (let d = 1; d < scores.length; d++) if (scores[d]! > scores[leading]!) leading = d;
    const top = scores[leading]!;
    const counted = patient.observed.filter((term) => {
      const { how, entry } = vectors.observedIn(leading, term);
      return how === "shown" && candidates.profiles.source[entry]! >= SOURCE.counted;
    });
    return {
      pmid: item.pmid,
      disease: item.disease,
      stratum: `${setting}, ${stratumOf(item)}`,
      rank: right !== undefined && scores[right] === top ? 1 : 2,
      posteriors: TEMPERATURES.map((t) => 1 / scores.reduce((sum, s) => sum + Math.exp(t * (s - top)), 0)),
      findings: patient.observed.length,
      counted: counted.length,
    };
  });
}

function stratumOf({ disease, pmid }: Case): string {
  if (model.disease(disease) === undefined) return "newer";
  return cited.has(pmid) ? "leaky" : "clean";
}

function confidence(rule: Rule, [temperature, size]: Constants, one: Seen): number {
  return one.posteriors[TEMPERATURES.indexOf(temperature)]! * (1 - rule.reserve(one, size));
}

function fit(rule: Rule, items: readonly Seen[]): Constants {
  const fitted = items.filter(({ stratum }) => FITTED.includes(stratum));
  const choices = TEMPERATURES.flatMap((t) => rule.sizes.map((size): Constants => [t, size]));
  const loss = (constants: Constants) =>
    fitted.reduce((sum, one) => {
      const p = Math.min(0.9999, Math.max(1e-4, confidence(rule, constants, one)));
      return sum - Math.log(one.rank === 1 ? p : 1 - p) / Math.sqrt(weight.get(one.disease)!.length);
    }, 0);
  return choices.map((c) => ({ c, loss: loss(c) })).reduce((a, b) => (b.loss < a.loss ? b : a)).c;
}

/** The fold of every disease: diseases that share a paper are held out together. */
function heldOut(): Map<string, number> {
  const group = new Map<string, string>();
  const rootOf = (name: string): string => {
    const above = group.get(name);
    return above === undefined ? name : rootOf(above);
  };
  for (const { disease, pmid } of seen) {
    const [a, b] = [rootOf(disease), rootOf(pmid)];
    if (a !== b) group.set(a, b);
  }
  return new Map(seen.map(({ disease }) => [disease, foldOf(rootOf(disease))]));
}

function reliability(): void {
  console.log(`posterior of the leading disease, now: cases from papers, mean posterior → share right`);
  const present = TEMPERATURES.indexOf(SETTINGS.temperature);
  for (const [stratum, items] of strata) {
    const bins = Map.groupBy(items, ({ posteriors }) => Math.min(4, Math.floor(posteriors[present]! * 5)));
    const line = [...bins]
      .toSorted(([a], [b]) => a - b)
      .map(([, bin]) => {
        const mean = bin.reduce((sum, { posteriors }) => sum + posteriors[present]!, 0) / bin.length;
        const right = bin.filter(({ rank }) => rank === 1).length / bin.length;
        return `${bin.length} from ${new Set(bin.map(({ pmid }) => pmid)).size}, ${mean.toFixed(2)} → ${right.toFixed(2)}`;
      });
    console.log(`  ${stratum}: ${line.join("; ")}`);
  }
}

function compare(rule: Rule): void {
  const foldFor = heldOut();
  const constants = Array.from({ length: FOLDS }, (_, fold) =>
    fit(
      rule,
      seen.filter(({ disease }) => foldFor.get(disease) !== fold),
    ),
  );
  const [temperature, size] = fit(rule, seen);
  console.log(
    `\n${rule.name}: ${temperature} ${size} on all cases, ${constants.map((c) => c.join(" ")).join(", ")} without each fold`,
  );
  const present = TEMPERATURES.indexOf(SETTINGS.temperature);
  for (const [stratum, items] of strata) {
    const outcomes = items.map((one): Compared => ({
      pmid: one.pmid,
      rank: one.rank,
      confidence: confidence(rule, constants[foldFor.get(one.disease)!]!, one),
      present: one.posteriors[present]!,
    }));
    const gain = (part: readonly Compared[]) =>
      calibrationError(part.map((one) => ({ ...one, confidence: one.present }))) - calibrationError(part);
    console.log(
      `  ${stratum}: held-out calibration error ${figure(outcomes, calibrationError)}, less than now by ${figure(outcomes, gain)}`,
    );
  }
}

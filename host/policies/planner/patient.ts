/** A patient's findings: what it could be, what speaks for and against it, and what to ask next. */
import {
  FindingsResult,
  RankDiagnosesResult,
  SearchEvidenceResult,
  SuggestFindingsResult,
  type Diagnosis,
  type Finding,
  type Passage,
} from "../../../schemas/index.ts";
import { InfrastructureError } from "../../policy.ts";
import { abstain } from "./abstain.ts";
import { failures, read, reasoning, relationBetween, readEvidence, searchEvidence } from "./calls.ts";
import { Citations } from "./citations.ts";
import { BudgetReached, type Conclusion, type Plan } from "./coroutine.ts";
import { updateFromLiterature, type Updated } from "./literature.ts";
import { isSound } from "./sources.ts";
import { capital, list, mentions } from "./text.ts";

const PERSON =
  /\b(?:patients?|boys?|girls?|man|woman|men|women|infants?|newborns?|neonates?|bab(?:y|ies)|toddlers?|child|son|daughter|teenagers?|adolescents?|male|female|he|she|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[ -](?:year|month|week|day)s?[ -]old)\b/i;
const DIAGNOSTIC =
  /\b(?:could (?:it|this|that|he|she|they) (?:be|have)|what (?:is|might|may|could) (?:be )?(?:wrong|it|this|he|she|the matter)|diagnos\w*|differential|likel(?:y|iest)|suspect\w*|think of|consider(?:ed)?|(?:asked?|test(?:ed)?|check(?:ed)?|look(?:ed)? for|examin\w*|done) next|next (?:question|test|step|finding)|what does (?:he|she|the \w+) have|which (?:disease|disorder|condition|syndrome)s? (?:fits?|explains?|does (?:he|she)|could|might|may))/i;

export function isAboutPatient(question: string): boolean {
  return PERSON.test(question) && DIAGNOSTIC.test(question);
}

const SHOWN = 5;
/** Leading candidates whose literature is searched. */
const SEARCHED = 3;

export function* differential(question: string, knowledge: string): Plan<Conclusion> {
  const identified = yield {
    thought: "A patient: first the findings, in the ontology's terms.",
    calls: [reasoning("identify_findings", { text: question })],
  };
  const read_ = read(FindingsResult, identified[0]);
  if (!read_) throw new InfrastructureError(failures(identified).join("; "));
  const own = unique(read_.findings.filter((f) => !f.family && !f.general));
  const observed = own.filter((f) => !f.negated);
  const excluded = own.filter((f) => f.negated);
  if (observed.length === 0)
    return abstain(knowledge, "no finding of the patient in it could be recognised in the question");
  const args = {
    observed: observed.map((f) => f.id),
    ...(excluded.length > 0 ? { excluded: excluded.map((f) => f.id) } : {}),
    ...(read_.age ? { age: read_.age } : {}),
    ...(read_.sex ? { sex: read_.sex } : {}),
  };
  const returned = yield {
    thought: `Observed: ${list(observed.map((f) => f.label))}${excluded.length > 0 ? `; excluded: ${list(excluded.map((f) => f.label))}` : ""}. What explains them, and what would tell the candidates apart?`,
    calls: [reasoning("rank_diagnoses", { ...args, limit: 5 }), reasoning("suggest_next_findings", args)],
  };
  const ranked = read(RankDiagnosesResult, returned[0]);
  if (!ranked) throw new InfrastructureError(failures(returned).join("; "));
  const top = ranked.diagnoses[0];
  if (!top) return abstain(knowledge, `no disease in it is known to show ${list(observed.map((f) => f.label))}`);
  const { support, searches } = yield* evidenceFor(ranked.diagnoses.slice(0, SHOWN), observed, ranked);
  const updated = yield* withLiterature(ranked, observed, searches, args);
  for (const d of updated?.ranked.diagnoses ?? []) {
    if (!support.has(d.disease)) support.set(d.disease, passagesOf(d, updated!.ranked));
  }
  const suggested = updated?.suggested ?? read(SuggestFindingsResult, returned[1]);
  return write({ ranked, updated, passages: support, suggested, observed, excluded });
}

/** A budget that is used up meanwhile leaves the first ranking, which stands by itself. */
function* withLiterature(...given: Parameters<typeof updateFromLiterature>): Plan<Updated | undefined> {
  try {
    return yield* updateFromLiterature(...given);
  } catch (error) {
    if (error instanceof BudgetReached) return undefined;
    throw error;
  }
}

interface Support {
  /** Passages per disease. */
  support: Map<string, Passage[]>;
  /** What was found about each of the leading candidates, in their order. */
  searches: (SearchEvidenceResult | undefined)[];
}

/** The same finding said twice is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((f) => [`${f.id}${f.negated}`, f])).values()];
}

/** Passages per disease and finding: those that came with the ranking, else asked for; and what else is written of the leading ones. */
function* evidenceFor(diagnoses: Diagnosis[], observed: Finding[], ranked: RankDiagnosesResult): Plan<Support> {
  const support = new Map<string, Passage[]>();
  for (const d of diagnoses) support.set(d.disease, passagesOf(d, ranked));
  const bare = diagnoses.filter((d) => support.get(d.disease)!.length === 0);
  const pairs = bare.flatMap((d) => matched(d, observed).map((term) => ({ d, term }))).slice(0, 9);
  const top = diagnoses[0]!;
  const labels = observed.map((f) => f.label).join(" ");
  const returned = yield {
    thought: `${top.name} leads. What is written about it with these findings?`,
    calls: [
      ...pairs.map(({ d, term }) => relationBetween(d.disease, term)),
      ...diagnoses.slice(0, SEARCHED).map((d) => searchEvidence(`${d.name} ${labels}`)),
    ],
    hypotheses: diagnoses.map((d) => ({
      id: d.disease,
      statement: `The patient has ${d.name}`,
      status: "open" as const,
      evidence: support.get(d.disease)!.map((p) => p.id),
    })),
  };
  for (const [n, { d }] of pairs.entries())
    support.get(d.disease)!.push(...(readEvidence(returned[n])?.passages ?? []).slice(0, 1));
  const searches = returned.slice(pairs.length).map((r) => read(SearchEvidenceResult, r));
  const [search] = searches;
  const sound = new Set((search?.documents ?? []).filter((d) => isSound(d)).map((d) => d.id));
  const known = new Set(support.get(top.disease)!.map((p) => p.document));
  const second = search?.passages.find(
    (p) =>
      sound.has(p.document) &&
      !known.has(p.document) &&
      mentions(p.text, top.name) &&
      observed.some((f) => mentions(p.text, f.label)),
  );
  if (second) support.get(top.disease)!.push(second);
  return { support, searches };
}

/** Passages of the ranking that speak of this disease's observed findings. */
function passagesOf(diagnosis: Diagnosis, ranked: RankDiagnosesResult): Passage[] {
  const quotes = ranked.relations
    .filter((r) => r.subject === diagnosis.disease || r.subjectName === diagnosis.name)
    .flatMap((r) => r.evidence);
  const found = quotes.flatMap((e) =>
    ranked.passages.filter((p) => p.document === e.document && p.text.includes(e.quote)),
  );
  return [...new Map(found.map((p) => [p.id, p])).values()];
}

function matched(diagnosis: Diagnosis, observed: Finding[]): string[] {
  const ids = new Set(observed.map((f) => f.id));
  return (
    diagnosis.contributions
      .filter((c) => c.kind === "observed" && c.logLikelihoodRatio > 0 && ids.has(c.finding))
      // "Facial palsy (HP:0010628)": the annotated term that the finding was matched through.
      .map((c) => /\(([A-Z]+:\w+)\)$/.exec(c.via ?? "")?.[1] ?? c.finding)
      .slice(0, 3)
  );
}

interface Written {
  ranked: RankDiagnosesResult;
  updated: Updated | undefined;
  passages: Map<string, Passage[]>;
  suggested: SuggestFindingsResult | undefined;
  observed: Finding[];
  excluded: Finding[];
}

function write({ ranked: before, updated, passages, suggested, observed, excluded }: Written): Conclusion {
  const citations = new Citations();
  const ranked = updated?.ranked ?? before;
  const shown = ranked.diagnoses.slice(0, SHOWN);
  const lines = shown.map((d, i) => {
    const marks = citations.marks((passages.get(d.disease) ?? []).slice(0, 4));
    return `${i + 1}. ${d.name} (${d.disease}), posterior ${percent(d.posterior)}${d.interval ? ` (${percent(d.interval[0])}–${percent(d.interval[1])})` : ""}${account(d)} ${marks}`.trimEnd();
  });
  const ask = (suggested?.suggestions ?? []).slice(0, 3).map((s) => {
    const first = s.discriminates.toSorted((a, b) => b.frequency - a.frequency)[0];
    return `${s.label}${first ? ` (${percent(first.frequency)} in ${first.name})` : ""}`;
  });
  const [best] = suggested?.suggestions ?? [];
  const answer = [
    `Most likely of ${ranked.candidates} candidates:`,
    `${lines.join("; ")}.`,
    updated ? whatChanged(before, updated, citations) : "",
    ask.length > 0 ? `Ask or look next for: ${list(ask)}.` : "",
    best?.says ? `What ${best.label} would tell: ${best.says}` : "",
    `Taken into account: ${list(
      observed.map((f) => f.label),
      12,
    )}${
      excluded.length > 0
        ? `; absent: ${list(
            excluded.map((f) => f.label),
            12,
          )}`
        : ""
    }.`,
    ...(ranked.notes ?? []).map((n) => `${capital(n)}.`),
  ];
  return {
    thought: "The ranking stands on cited frequencies; I give it with what would tell the candidates apart.",
    answer: { answer: answer.filter(Boolean).join(" "), abstained: false, citations: citations.list },
  };
}

/** What passages added, each with its quote, and where it moved the diseases that it is about. */
function whatChanged(before: RankDiagnosesResult, { ranked, added }: Updated, citations: Citations): string {
  const statements = added.map(({ disease, finding, observed, frequency, passage, quote }) => {
    const often = observed ? `${observed} patients` : `${frequency} of patients`;
    return `${finding.label} in ${often} with ${disease.name} ${citations.mark(passage, quote)}`;
  });
  const moves = [...new Map(added.map((s) => [s.disease.disease, s.disease.name]))].map(
    ([id, name]) => `${name} from ${place(before, id)} to ${place(ranked, id)}`,
  );
  return `Counted in from passages: ${list(statements)}; that takes ${list(moves)}.`;
}

function place({ diagnoses }: RankDiagnosesResult, disease: string): string {
  const at = diagnoses.findIndex((d) => d.disease === disease);
  return at < 0 ? "below those shown" : `${percent(diagnoses[at]!.posterior)} (${at + 1}.)`;
}

function account(d: Diagnosis): string {
  const by = (sign: 1 | -1) =>
    d.contributions
      .filter((c) => c.kind !== "prior" && c.kind !== "missing" && sign * c.logLikelihoodRatio > 0.3)
      .toSorted((a, b) => sign * (b.logLikelihoodRatio - a.logLikelihoodRatio))
      .slice(0, 3)
      .map((c) => c.label);
  const [speaksFor, against] = [by(1), by(-1)];
  return `${speaksFor.length > 0 ? `: for it ${list(speaksFor)}` : ""}${against.length > 0 ? `, against it ${list(against)}` : ""}`;
}

function percent(p: number): string {
  if (p > 0 && p < 0.001) return "<0.1 %";
  return `${p < 0.1 ? (100 * p).toFixed(1) : Math.round(100 * p)} %`;
}

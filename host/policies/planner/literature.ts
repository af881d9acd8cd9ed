/**
 * From retrieved passages to evidence: a sentence that says how many patients with a leading candidate show one of the
 * patient's findings is added to an evidence set, with the sentence as its verbatim quote, and the ranking is made again.
 * What the annotations already rest on is left alone: the same patients must not count twice.
 */
import {
  AddEvidenceResult,
  FindingsResult,
  RankDiagnosesResult,
  SuggestFindingsResult,
  ToolFailure,
  type Diagnosis,
  type Finding,
  type Passage,
  type SearchEvidenceResult,
} from "../../../schemas/index.ts";
import { read, readEvidence, reasoning, relationBetween } from "./calls.ts";
import type { Plan } from "./coroutine.ts";
import { frequencyStatements, type FrequencyStatement } from "./frequency-statements.ts";
import { isSound } from "./sources.ts";
import { list } from "./text.ts";

/** A statement of the literature about a candidate and a finding of the patient. */
export interface Read extends FrequencyStatement {
  disease: Diagnosis;
  finding: Finding;
  passage: Passage;
}

export interface Updated {
  ranked: RankDiagnosesResult;
  suggested: SuggestFindingsResult | undefined;
  /** What was added, in the order of the candidates. */
  added: Read[];
}

/** More sentences than these are not looked into: each costs two calls. */
const MAX_STATEMENTS = 6;

/**
 * @param searches results of a search for each of the leading candidates, in their order
 * @param args the patient as the reasoning tools take one
 * @returns undefined where no passage says anything that can be added: then nothing changes
 */
export function* updateFromLiterature(
  ranked: RankDiagnosesResult,
  observed: readonly Finding[],
  searches: readonly (SearchEvidenceResult | undefined)[],
  args: Record<string, unknown>,
): Plan<Updated | undefined> {
  const said = yield* aboutFindings(statementsIn(ranked, searches), observed);
  const fresh = yield* notYetCounted(said);
  const [first, ...others] = fresh;
  if (!first) return undefined;
  const opened = yield {
    thought: `It is written how often ${list(fresh.map((s) => `${s.finding.label} is seen in ${s.disease.name}`))}. That is evidence: I add it with its quote.`,
    calls: [reasoning("add_evidence", itemOf(first))],
  };
  const evidenceSet = read(AddEvidenceResult, opened[0])?.evidenceSet;
  if (!evidenceSet) return undefined;
  const added = [first];
  if (others.length > 0) {
    const returned = yield {
      thought: "The other statements go to the same set.",
      calls: others.map((s) => reasoning("add_evidence", { evidenceSet, ...itemOf(s) })),
    };
    added.push(...others.filter((_, n) => read(AddEvidenceResult, returned[n])));
  }
  const again = yield {
    thought: "With this evidence the ranking is made again.",
    calls: [
      reasoning("rank_diagnoses", { ...args, limit: 5, evidenceSet }),
      reasoning("suggest_next_findings", { ...args, evidenceSet }),
    ],
  };
  const updated = read(RankDiagnosesResult, again[0]);
  return updated && { ranked: updated, suggested: read(SuggestFindingsResult, again[1]), added };
}

/** Sentences that count patients of a candidate, each once; those of the annotations' own documents are known already. */
function statementsIn(
  ranked: RankDiagnosesResult,
  searches: readonly (SearchEvidenceResult | undefined)[],
): Omit<Read, "finding">[] {
  const own = new Set(ranked.documents.map((d) => d.id));
  const found = searches.flatMap((search, n) => {
    const sound = new Set((search?.documents ?? []).filter((d) => isSound(d) && !own.has(d.id)).map((d) => d.id));
    const disease = ranked.diagnoses[n]!;
    return (search?.passages ?? [])
      .filter((passage) => sound.has(passage.document))
      .flatMap((passage) => frequencyStatements(passage.text, disease.name).map((s) => ({ ...s, disease, passage })));
  });
  const key = (s: (typeof found)[number]) => `${s.disease.disease} ${s.passage.document} ${s.quote}`;
  return [...new Map(found.map((s) => [key(s), s])).values()].slice(0, MAX_STATEMENTS);
}

/** Those whose sentence speaks of exactly one finding, present, of the patients themselves, and one that this patient has. */
function* aboutFindings(statements: Omit<Read, "finding">[], observed: readonly Finding[]): Plan<Read[]> {
  if (statements.length === 0) return [];
  const returned = yield {
    thought: "Sentences that count patients: which finding do they speak of?",
    calls: statements.map((s) => reasoning("identify_findings", { text: s.quote })),
  };
  return statements.flatMap((statement, n) => {
    const findings = read(FindingsResult, returned[n])?.findings ?? [];
    const [only, ...more] = [...new Map(findings.map((f) => [f.id, f])).values()];
    const finding = observed.find((f) => f.id === only?.id);
    return finding && more.length === 0 && !only!.negated && !only!.family ? [{ ...statement, finding }] : [];
  });
}

/** Without those whose document stands behind the stored statement already, itself or as its reference. */
function* notYetCounted(statements: Read[]): Plan<Read[]> {
  if (statements.length === 0) return [];
  const returned = yield {
    thought: "Do the annotations rest on the same documents? Patients must not count twice.",
    calls: statements.map((s) => relationBetween(s.disease.disease, s.finding.id)),
  };
  return statements.filter((s, n) => {
    // Where it cannot be told, nothing is added; that there is no such relation is an answer.
    if (returned[n]!.isError && ToolFailure.safeParse(returned[n]!.result).data?.reason !== "not_found") return false;
    const evidence = readEvidence(returned[n])?.relations.flatMap((r) => r.evidence) ?? [];
    const sources = new Set(evidence.flatMap((e) => [e.document, ...(e.references ?? [])]));
    return !sources.has(s.passage.document);
  });
}

function itemOf({ disease, finding, passage, quote, observed, frequency }: Read): Record<string, unknown> {
  return {
    disease: disease.disease,
    finding: finding.id,
    ...(observed ? { observed } : { frequency }),
    document: passage.document,
    quote,
  };
}

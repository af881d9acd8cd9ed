/** ClinicalTrials.gov: registered trials on what a question names. Its search is fuzzy, so that every trial is checked. */
import type { Document } from "../../../schemas/index.ts";
import { asFailure, ToolError } from "../../kit/index.ts";
import { normaliseName, words } from "../../knowledge/names.ts";
import { isPlainWord } from "../../knowledge/index.ts";
import { studyDocument } from "../../knowledge/sources/trials/study.ts";
import { study, studyPage, type StudyPage } from "./clinicaltrials/ask.ts";
import { FIELDS, statedFilters, trialQueries, updatedWithin } from "./clinicaltrials/query.ts";
import { namedBy } from "./clinicaltrials/verify.ts";
import { running } from "./json-answers.ts";
import { namedThings, type NamedThings } from "./named-things.ts";
import { isWanted, noneWanted } from "./wanted-kinds.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "./source.ts";

/** Pages read for one query: what verification drops is made up for by the next page. */
const MOST_PAGES = 2;
const MOST_PAGE_SIZE = 50;
/** What the service needs: its pace, and its answer. */
const LEAST_MS = 1500;
const MOST_NUMBERS = 5;
const MOST_WORDS = 6;
const IN_PART = "no trial was found for all that was asked; these are about a part of it";
const STALE = "older copies, since ClinicalTrials.gov could not be asked";

export const clinicaltrials: LiveSource = {
  name: "clinicaltrials",
  prefixes: ["NCT"],
  extracts: true,

  inapplicable(question) {
    const unwanted = noneWanted(question, ["clinical_trial", "planned_trial"]);
    if (unwanted || numbersIn(question.query).length > 0) return unwanted;
    return trialQueries(namedThings(question), contentWords(question.query)).length > 0
      ? undefined
      : "the question names nothing that trials are about";
  },

  async search(question, call) {
    const now = running(call);
    const numbers = numbersIn(question.query);
    return numbers.length > 0 ? byNumber(numbers, now) : byWords(question, now);
  },

  async fetch(id, call) {
    const number = id.slice(id.indexOf(":") + 1).toUpperCase();
    return /^NCT\d{8}$/.test(number) ? trial(number, running(call)) : undefined;
  },
};

/** Numbers that the question gives: the trials themselves, whole. One bad number must not lose the others. */
async function byNumber(numbers: readonly string[], now: () => SourceCall): Promise<SourceAnswer> {
  if (numbers.length > 1) {
    const batch = await atOnce(numbers, now);
    if (batch) return batch;
  }
  const settled = await Promise.allSettled(numbers.map((number) => trial(number, now)));
  now().signal.throwIfAborted();
  const documents = settled.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  if (documents.length === 0 && failures.length > 0) throw failures[0];
  const missing = numbers.filter(
    (_, i) => settled[i]!.status === "fulfilled" && !(settled[i] as { value: unknown }).value,
  );
  return {
    documents,
    count: documents.length,
    notes: missing.length > 0 ? [`ClinicalTrials.gov has no trial ${missing.join(", ")}`] : [],
    ...(failures.length > 0 ? { degraded: asFailure(failures[0]).message } : {}),
  };
}

/** All in one request; undefined where one of the numbers is none, for which the service rejects them all. */
async function atOnce(numbers: readonly string[], now: () => SourceCall): Promise<SourceAnswer | undefined> {
  try {
    const answer = await studyPage({ "filter.ids": numbers.join("|"), pageSize: String(numbers.length) }, now());
    const documents = answer.studies.flatMap((one) => {
      const document = studyDocument(one);
      return typeof document === "string" ? [] : [fetched(document, answer)];
    });
    const missing = numbers.filter((number) => !documents.some(({ id }) => id === `NCT:${number}`));
    return {
      documents,
      count: documents.length,
      notes: missing.length > 0 ? [`ClinicalTrials.gov has no trial ${missing.join(", ")}`] : [],
      ...(answer.stale ? { degraded: STALE } : {}),
    };
  } catch (error) {
    if (error instanceof ToolError && error.reason === "invalid_arguments") return undefined;
    throw error;
  }
}

async function byWords(question: SourceQuestion, now: () => SourceCall): Promise<SourceAnswer> {
  const things = namedThings(question);
  const queries = trialQueries(things, contentWords(question.query));
  const { advanced, status } = statedFilters(question.query);
  const filters = [...advanced, ...updatedWithin(question)];
  const shared = {
    fields: FIELDS,
    countTotal: "true",
    pageSize: String(Math.min(MOST_PAGE_SIZE, question.limit)),
    ...(filters.length > 0 ? { "filter.advanced": filters.join(" AND ") } : {}),
    ...withResults(question),
    ...(status.length > 0 ? { "filter.overallStatus": status.join("|") } : {}),
  };
  let answer: SourceAnswer = { documents: [], count: 0, notes: [] };
  for (const query of queries) {
    // A request that comes too late to be answered only takes the place of the next question's.
    if (query !== queries[0] && now().deadlineMs < LEAST_MS)
      return { ...answer, degraded: "there was no time to ask with fewer of the words" };
    try {
      answer = await verifiedPages({ ...query, ...shared }, things, question.limit, now);
    } catch (error) {
      // A wider query is a second chance, and what the narrower one found stands.
      now().signal.throwIfAborted();
      if (query === queries[0]) throw error;
      return { ...answer, degraded: asFailure(error).message };
    }
    if (answer.documents.length === 0) continue;
    const isWhole = query === queries[0] || things.conditions.length + things.drugs.length < 2;
    return isWhole ? answer : { ...answer, notes: [...answer.notes, IN_PART] };
  }
  return answer;
}

/** Trials with posted results are clinical trials, others planned ones: where only one of these is wanted. */
function withResults(question: SourceQuestion): Record<string, string> {
  const [posted, planned] = [isWanted(question, ["clinical_trial"]), isWanted(question, ["planned_trial"])];
  return posted === planned ? {} : { aggFilters: posted ? "results:with" : "results:without" };
}

async function verifiedPages(
  parameters: Readonly<Record<string, string>>,
  things: NamedThings,
  limit: number,
  now: () => SourceCall,
): Promise<SourceAnswer> {
  const found: { document: Document; named: number }[] = [];
  let [read, stale] = [0, false];
  let total: number | undefined;
  let degraded: string | undefined;
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES && found.length < limit; page++) {
    let answer: StudyPage;
    try {
      answer = await studyPage({ ...parameters, ...(token ? { pageToken: token } : {}) }, now());
    } catch (error) {
      now().signal.throwIfAborted();
      if (page === 0) throw error;
      degraded = `the next page is missing: ${asFailure(error).message}`;
      break;
    }
    total ??= answer.total;
    stale ||= answer.stale;
    for (const one of answer.studies) {
      const document = studyDocument(one);
      if (typeof document === "string") continue;
      read++;
      const named = namedBy(document, things);
      if (named > 0) found.push({ document: fetched(document, answer), named });
    }
    token = answer.next;
    // Where nothing on a page is about it, nothing on the next one is.
    if (!token || found.length === 0 || now().deadlineMs < LEAST_MS) break;
  }
  const dropped = read - found.length;
  if (stale) degraded = STALE;
  return {
    documents: found
      .toSorted((a, b) => b.named - a.named)
      .slice(0, limit)
      .map(({ document }) => document),
    count: total ?? read,
    notes:
      dropped > 0
        ? [
            `${dropped} of ${read} trials that ClinicalTrials.gov found name none of what was asked for, and were left out`,
          ]
        : [],
    ...(degraded ? { degraded } : {}),
  };
}

async function trial(number: string, now: () => SourceCall): Promise<Document | undefined> {
  const answer = await study(number, now());
  if (!answer) return undefined;
  const document = studyDocument(answer.value);
  if (typeof document !== "string") return fetched(document, answer);
  throw new ToolError({
    reason: "unavailable",
    message: `ClinicalTrials.gov's record of ${number} cannot be read: ${document}`,
    recovery: "use another source",
    retryable: false,
  });
}

function fetched(document: Document, { fetchedAt, stale }: { fetchedAt: string; stale: boolean }): Document {
  return { ...document, fetchedAt, ...(stale ? { stale } : {}) };
}

function numbersIn(query: string): string[] {
  const found = query.match(/\bNCT\s?\d{8}\b/gi) ?? [];
  return [...new Set(found.map((number) => number.replace(/\s/, "").toUpperCase()))].slice(0, MOST_NUMBERS);
}

/** Words that say what the question is about, for where nothing in it is known. */
function contentWords(query: string): string[] {
  const found = words(query).filter(({ norm }) => norm.length > 3 && !isPlainWord(norm) && normaliseName(norm) !== "");
  return [...new Set(found.map(({ norm }) => norm))].slice(0, MOST_WORDS);
}

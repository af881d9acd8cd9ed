/** openFDA: labels, applications, counts of adverse events, recalls and shortages of the drugs that a question names. */
import { asFailure } from "../../kit/index.ts";
import { seeksDrugs, topicsOf, type Endpoint } from "./drug-topics.ts";
import { running } from "./json-answers.ts";
import { namedThings, type Named } from "./named-things.ts";
import { applicationOf, applicationsOf } from "./openfda/applications.ts";
import { reportsOn } from "./openfda/events.ts";
import { slug, type Found } from "./openfda/found.ts";
import { labelOf, labelsFor, labelsOf, labelsOfClass } from "./openfda/labels.ts";
import { labelOfProduct } from "./openfda/product-codes.ts";
import { recallOf, recallsOf } from "./openfda/recalls.ts";
import { shortagesOf } from "./openfda/shortages.ts";
import { isWanted, noneWanted } from "./wanted-kinds.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "./source.ts";

/** More drugs in one question are a list, and each costs requests. */
const MOST_DRUGS = 3;

export const openfda: LiveSource = {
  name: "openfda",
  prefixes: ["SPL", "NDA", "ANDA", "BLA", "FAERS", "RECALL", "SHORTAGE", "NDC"],

  inapplicable(question) {
    const unwanted = noneWanted(question, Object.values(KINDS));
    if (unwanted) return unwanted;
    const { drugs, drugClasses } = namedThings(question);
    if (drugs.length > 0 || drugClasses.length > 0 || wantedFor(question)) return undefined;
    return "the question names no drug";
  },

  async search(question, call) {
    const now = running(call);
    const { drugs, drugClasses } = namedThings(question);
    const labels = isWanted(question, [KINDS.label]);
    const drugClass = labels ? drugClasses[0] : undefined;
    const condition = labels && drugs.length === 0 ? wantedFor(question) : undefined;
    return together(
      [
        ...drugs.slice(0, MOST_DRUGS).flatMap((drug) => plan(drug, question, now)),
        ...(drugClass ? [{ what: "label", found: labelsOfClass(drugClass, question, now) }] : []),
        ...(condition ? [{ what: "label", found: labelsFor(condition, question, now) }] : []),
      ],
      call.signal,
    );
  },

  async fetch(id, call) {
    const now = running(call);
    const colon = id.indexOf(":");
    const [prefix, local] = [id.slice(0, colon).toUpperCase(), id.slice(colon + 1).trim()];
    const name = local.replaceAll("-", " ");
    const named: Named = { asked: name, names: [name], ids: [], known: true };
    const one = async (found: Promise<Found>) =>
      (await found).documents.find((document) => document.id === `${prefix}:${slug(local)}`);
    if (prefix === "SPL") return labelOf("set_id", local, now);
    if (prefix === "NDC") return labelOfProduct(local, now);
    if (prefix === "RECALL") return recallOf(local.toUpperCase(), now);
    if (prefix === "FAERS") return one(reportsOn(named, {}, now));
    if (prefix === "SHORTAGE") return one(shortagesOf(named, {}, now));
    const number = local.toUpperCase();
    return applicationOf(/^\d+$/.test(number) ? prefix + number : number, now);
  },
};

/** A condition that drugs are sought for. */
function wantedFor(question: SourceQuestion): Named | undefined {
  return seeksDrugs(question.query) ? namedThings(question).conditions[0] : undefined;
}

const KINDS = {
  label: "regulator_label",
  drugsfda: "regulator_label",
  event: "adverse_event_reports",
  enforcement: "regulator_notice",
  shortages: "regulator_notice",
} as const;

interface Asked {
  what: string;
  found: Promise<Found>;
}

/** The label always; beside it what the question asks for, or everything where it asks for nothing in particular. */
function plan(drug: Named, question: SourceQuestion, now: () => SourceCall): Asked[] {
  const topics = topicsOf(question.query);
  const everything = topics.length === 0 && drug.known;
  const wants = (endpoint: Endpoint) =>
    isWanted(question, [KINDS[endpoint]]) &&
    // Who wants a kind wants it whatever else is asked.
    (question.kinds || everything || topics.some((topic) => topic.endpoints.includes(endpoint)));
  const fields = topics.length === 1 ? topics[0]!.fields : [];
  return [
    ...(isWanted(question, [KINDS.label]) ? [{ what: "label", found: labelsOf(drug, fields, question, now) }] : []),
    ...(wants("drugsfda") ? [{ what: "drugsfda", found: applicationsOf(drug, question, now) }] : []),
    ...(wants("event") ? [{ what: "event", found: reportsOn(drug, question, now) }] : []),
    ...(wants("enforcement") ? [{ what: "enforcement", found: recallsOf(drug, question, now) }] : []),
    ...(wants("shortages") ? [{ what: "shortages", found: shortagesOf(drug, question, now) }] : []),
  ];
}

/** What came, with the names of what failed. @throws ToolError where all failed */
async function together(asked: readonly Asked[], signal: AbortSignal): Promise<SourceAnswer> {
  const settled = await Promise.allSettled(asked.map(({ found }) => found));
  signal.throwIfAborted();
  const found = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failures = settled.flatMap((one, i) =>
    one.status === "rejected" ? [{ what: asked[i]!.what, error: one.reason as unknown }] : [],
  );
  if (found.length === 0 && failures.length > 0) throw failures[0]!.error;
  const stale = found.some((one) => one.stale);
  const why = [
    ...failures.map(({ what, error }) => `${what} failed: ${asFailure(error).message}`),
    ...(stale ? ["older copies, since openFDA could not be asked"] : []),
  ];
  const byId = new Map(found.flatMap(({ documents }) => documents.map((document) => [document.id, document] as const)));
  return {
    documents: [...byId.values()],
    count: found.reduce((sum, { total }) => sum + total, 0),
    notes: [...new Set(found.flatMap(({ notes }) => notes))],
    ...(why.length > 0 ? { degraded: [...new Set(why)].join("; ") } : {}),
  };
}

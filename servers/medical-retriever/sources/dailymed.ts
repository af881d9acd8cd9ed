/** DailyMed: the labels of the drugs that a question names, in full and as they are in force. */
import type { Document } from "../../../schemas/index.ts";
import { asFailure, ToolError } from "../../kit/index.ts";
import { labelDocument } from "../../knowledge/sources/spl/label.ts";
import { parseXml } from "../../knowledge/sources/xml.ts";
import { withoutCopies } from "./dailymed/chosen.ts";
import { DAILYMED, labelsNamed, type Listing } from "./dailymed/listing.ts";
import { askText, running, unavailable } from "./json-answers.ts";
import { namedThings, namesNoDrug, type Named } from "./named-things.ts";
import { noneWanted } from "./wanted-kinds.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "./source.ts";

const DAY = 86_400;
const MOST_DRUGS = 3;
/** Labels read of one drug: each is some hundred kilobytes. */
const READ = 3;
const MAX_BYTES = 8 * 1024 * 1024;
/** DailyMed finds a name that is part of another, so that another name of the drug is tried only where one gives nothing. */
const NAMES_TRIED = 2;

export const dailymed: LiveSource = {
  name: "dailymed",
  prefixes: ["SPL"],
  inapplicable: (question) => noneWanted(question, ["regulator_label"]) ?? namesNoDrug(question),

  async search(question, call) {
    const now = running(call);
    const drugs = namedThings(question).drugs.slice(0, MOST_DRUGS);
    const settled = await Promise.allSettled(drugs.map((drug) => labelsOf(drug, question, drugs.length, now)));
    call.signal.throwIfAborted();
    const found = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    if (found.length === 0 && failures.length > 0) throw failures[0];
    const why = [...found.flatMap(({ degraded }) => degraded ?? []), ...failures.map((one) => asFailure(one).message)];
    return {
      documents: [...new Map(found.flatMap(({ documents }) => documents.map((d) => [d.id, d] as const))).values()],
      count: found.reduce((sum, { count = 0 }) => sum + count, 0),
      notes: found.flatMap(({ notes }) => notes),
      ...(why.length > 0 ? { degraded: [...new Set(why)].join("; ") } : {}),
    };
  },

  fetch: (id, call) => labelOf(id.slice(id.indexOf(":") + 1).toLowerCase(), running(call)),
};

async function labelsOf(
  drug: Named,
  question: SourceQuestion,
  drugs: number,
  now: () => SourceCall,
): Promise<SourceAnswer> {
  let listing = { labels: [], total: 0, read: 0, missing: false, stale: false } as Listing;
  for (const name of namesTried(drug)) {
    listing = await labelsNamed(drug, name, question, now);
    if (listing.labels.length > 0) break;
  }
  const kept = withoutCopies(listing.labels).slice(0, drugs > 1 ? READ - 1 : READ);
  const settled = await Promise.allSettled(kept.map(({ setid }) => labelOf(setid, now)));
  now().signal.throwIfAborted();
  const documents = settled.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  if (documents.length === 0 && failures.length > 0) throw failures[0];
  const left = listing.labels.length - kept.length;
  const others = listing.total > listing.read ? `, and ${listing.total - listing.read} were not looked at` : "";
  const why = [
    ...(listing.missing ? ["a part of the list of labels is missing"] : []),
    ...failures.map((one) => `a label could not be read: ${asFailure(one).message}`),
    ...(listing.stale || documents.some(({ stale }) => stale)
      ? ["older copies, since DailyMed could not be asked"]
      : []),
  ];
  return {
    documents,
    count: listing.labels.length,
    notes:
      left > 0
        ? [
            `DailyMed has ${left} more labels of ${drug.names[0]} (repackagers, generics and other forms were left out${others})`,
          ]
        : [],
    ...(why.length > 0 ? { degraded: [...new Set(why)].join("; ") } : {}),
  };
}

/** The words of the question, then the preferred name. */
function namesTried({ asked, names }: Named): string[] {
  const different = names.filter((name) => name.toLowerCase() !== asked.toLowerCase());
  return [asked, ...different].slice(0, NAMES_TRIED);
}

/** @throws ToolError; undefined where DailyMed has no such label */
async function labelOf(setid: string, now: () => SourceCall): Promise<Document | undefined> {
  if (!/^[\da-z-]{6,40}$/.test(setid)) return undefined;
  try {
    const response = await askText(
      DAILYMED,
      {
        path: `/spls/${setid}.xml`,
        ttlSeconds: DAY,
        maxBytes: MAX_BYTES,
        verify: ({ text }) => void readLabel(text),
      },
      now(),
    );
    const document = readLabel(response.text);
    return { ...document, fetchedAt: response.fetchedAt, ...(response.stale ? { stale: true } : {}) };
  } catch (error) {
    if (error instanceof ToolError && (error as { status?: number }).status === 404) return undefined;
    throw error;
  }
}

function readLabel(text: string): Document {
  try {
    return labelDocument(parseXml(text));
  } catch (error) {
    throw unavailable(`a label of DailyMed could not be read (${(error as Error).message})`);
  }
}

/** Pages of studies, and studies by number, of ClinicalTrials.gov (API v2). */
import { HttpError } from "../../../kit/http/index.ts";
import { invalidArguments } from "../../../kit/index.ts";
import { get, objects, text } from "../../../knowledge/sources/json/loose.ts";
import { askJson, type JsonAnswer, type Service } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";

export const CLINICALTRIALS: Service = {
  name: "ClinicalTrials.gov",
  variable: "CLINICALTRIALS_URL",
  base: "https://clinicaltrials.gov/api/v2",
  // About one a second is polite.
  limit: { spacingMs: 1000, concurrency: 2 },
};

const DAY = 86_400;
const MAX_BYTES = 8 * 1024 * 1024;

export interface StudyPage {
  studies: unknown[];
  /** On the first page only. */
  total: number | undefined;
  next: string | undefined;
  fetchedAt: string;
  stale: boolean;
}

/** @throws ToolError */
export async function studyPage(parameters: Readonly<Record<string, string>>, call: SourceCall): Promise<StudyPage> {
  const answer = await askJson(
    CLINICALTRIALS,
    {
      path: "/studies",
      parameters: { format: "json", ...parameters },
      ttlSeconds: DAY,
      maxBytes: MAX_BYTES,
      statuses: [400],
      judge: ({ status, text: said }) => {
        if (status === 400)
          throw invalidArguments(
            `ClinicalTrials.gov cannot read the query: ${said.slice(0, 200)}`,
            "ask with plain words",
          );
      },
      isAnswer: (value) => Array.isArray(get(value, "studies")),
    },
    call,
  );
  const total = text(answer.value, "totalCount");
  return {
    studies: objects(answer.value, "studies"),
    total: total === "" ? undefined : Number(total),
    next: text(answer.value, "nextPageToken") || undefined,
    fetchedAt: answer.fetchedAt,
    stale: answer.stale,
  };
}

/** The whole record; undefined where there is none. @throws ToolError */
export async function study(nct: string, call: SourceCall): Promise<JsonAnswer | undefined> {
  try {
    const question = { path: `/studies/${nct}`, parameters: { format: "json" }, ttlSeconds: DAY, maxBytes: MAX_BYTES };
    return await askJson(CLINICALTRIALS, { ...question, isAnswer: isStudy }, call);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}

function isStudy(value: unknown): boolean {
  return get(value, "protocolSection") !== undefined;
}

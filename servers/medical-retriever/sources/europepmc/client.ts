/** Europe PMC's web service: search, citations and references, full texts. */
import { invalidArguments } from "../../../kit/index.ts";
import { get, objects, text } from "../../../knowledge/sources/json/loose.ts";
import { askJson, askText, unavailable, type Service } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";

const EUROPE_PMC: Service = {
  name: "Europe PMC",
  variable: "EUROPEPMC_URL",
  base: "https://www.ebi.ac.uk/europepmc/webservices/rest",
  limit: { spacingMs: 100, concurrency: 3 },
};
const DAY = 86_400;
/** The documentation says 1,000; beyond 100 answers were cut off in the field. */
const LARGEST_PAGE = 100;
const MAX_BYTES = 32 << 20;

/** Any other spelling is answered with nothing but the service's version. */
const NEWEST = "P_PDATE_D desc";

export interface EuropePmcSearch {
  /** As they came. */
  records: unknown[];
  count: number;
  fetchedAt: string;
  stale: boolean;
}

/** The first `limit` records by relevance, or the newest, page by page. @throws ToolError */
export async function searchEuropePmc(
  query: string,
  { limit, newest = false }: { limit: number; newest?: boolean },
  call: () => SourceCall,
): Promise<EuropePmcSearch> {
  const found: EuropePmcSearch = { records: [], count: 0, fetchedAt: "", stale: false };
  let cursorMark = "*";
  while (found.records.length < limit) {
    const pageSize = String(Math.min(LARGEST_PAGE, limit - found.records.length));
    const parameters = {
      query,
      format: "json",
      resultType: "core",
      pageSize,
      cursorMark,
      ...(newest ? { sort: NEWEST } : {}),
    };
    const { value, fetchedAt, stale } = await ask("/search", parameters, call());
    const records = objects(value, "resultList", "result");
    found.records.push(...records);
    found.count = Number(text(value, "hitCount"));
    found.fetchedAt = fetchedAt;
    found.stale ||= stale;
    const next = text(value, "nextCursorMark");
    // The last page repeats its own mark.
    if (records.length === 0 || next === "" || next === cursorMark) break;
    cursorMark = next;
  }
  return found;
}

export interface EuropePmcLinks {
  /** Those that have a record. */
  linked: { id: string; source: string }[];
  /** How many there are in all. */
  count: number;
  /** References without a record. */
  unmatched: number;
  stale: boolean;
}

/** Who cites a PubMed record, or whom it cites. @throws ToolError */
export async function europePmcLinks(
  pmid: string,
  kind: "citations" | "references",
  limit: number,
  call: SourceCall,
): Promise<EuropePmcLinks> {
  const parameters = { format: "json", page: "1", pageSize: String(Math.min(LARGEST_PAGE, limit)) };
  const { value, stale } = await ask(`/MED/${pmid}/${kind}`, parameters, call, [404]);
  const listed = [...objects(value, "citationList", "citation"), ...objects(value, "referenceList", "reference")];
  const linked = listed
    .map((link) => ({ id: text(link, "id"), source: text(link, "source") }))
    .filter(({ id, source }) => /^\w+$/.test(id) && /^[A-Z]{3}$/.test(source));
  const count = Number(text(value, "hitCount") || 0);
  return { linked, count, unmatched: listed.length - linked.length, stale };
}

/** The JATS of an open-access article; undefined where there is none. @throws ToolError */
export async function europePmcFullText(
  pmcid: string,
  call: SourceCall,
): Promise<{ xml: string; fetchedAt: string; stale: boolean } | undefined> {
  const { status, text, fetchedAt, stale } = await askText(
    EUROPE_PMC,
    {
      path: `/${pmcid}/fullTextXML`,
      ttlSeconds: 7 * DAY,
      maxBytes: MAX_BYTES,
      statuses: [404],
      verify(answer) {
        if (answer.status === 200 && !/<\/article>\s*(?:<\/[\w-]+>\s*)?$/.test(answer.text.slice(-2000)))
          throw unavailable("the full text from Europe PMC was cut off or is none");
      },
    },
    call,
  );
  return status === 404 ? undefined : { xml: text, fetchedAt, stale };
}

/** @param statuses error statuses that mean: none */
async function ask(
  path: string,
  parameters: Record<string, string>,
  call: SourceCall,
  statuses: readonly number[] = [],
): Promise<{ value: unknown; fetchedAt: string; stale: boolean }> {
  const answer = await askJson(
    EUROPE_PMC,
    {
      path,
      parameters,
      ttlSeconds: DAY,
      maxBytes: MAX_BYTES,
      statuses: [400, ...statuses],
      judge: ({ status, value }) => refuseError(status, value, statuses),
      isAnswer: (value) => /^\d+$/.test(text(value, "hitCount")),
    },
    call,
  );
  return { value: answer.status === 200 ? answer.value : undefined, fetchedAt: answer.fetchedAt, stale: answer.stale };
}

/** @throws ToolError */
function refuseError(status: number, answer: unknown, none: readonly number[]): void {
  if (none.includes(status)) return;
  const said = text(answer, "errMsg").slice(0, 300);
  if (said && Number(text(answer, "errCode") || status) >= 500) throw unavailable(`Europe PMC: ${said}`);
  if (said || status === 400) {
    throw invalidArguments(`Europe PMC cannot read the query: ${said || "status 400"}`, "ask with plain words");
  }
  if (get(answer, "version") !== undefined && Object.keys(answer as object).length === 1) {
    throw invalidArguments("Europe PMC knows no such order of results", "sort by relevance, citations or date");
  }
}

/** esearch and elink: ids of records, for any of NCBI's databases. */
import { invalidArguments } from "../../../kit/index.ts";
import type { HttpClient } from "../../../kit/http/index.ts";
import { get, objects, text, texts } from "../../../knowledge/sources/json/loose.ts";
import { jsonIn, refusePage } from "../answer-checks.ts";
import { unavailable } from "../json-answers.ts";
import { ASK_LATER, askEutils, ncbiFailure, type EutilsCall } from "./eutils.ts";

const DAY = 86_400;
/** esearch serves no record beyond. */
const LAST_START = 9998;

const SOURCES = { pubmed: "PubMed", pmc: "PMC" } as const;
export type Database = keyof typeof SOURCES;

export interface IdSearch {
  /** In the order of relevance, or of date. */
  ids: string[];
  /** How many there are in all. */
  count: number;
  /** What is said about the query: terms that were not found or ignored. */
  warnings: string[];
  stale: boolean;
}

export interface IdRange {
  /** Dates of publication, `YYYY[-MM[-DD]]`, inclusive. */
  from?: string;
  to?: string;
  /** How many of the first are passed over. */
  offset?: number;
  /** The newest first, in place of the most relevant. */
  newest?: boolean;
}

/** @throws ToolError */
export async function searchIds(
  http: HttpClient,
  db: Database,
  term: string,
  limit: number,
  { from, to, offset = 0, newest = false }: IdRange,
  call: EutilsCall,
): Promise<IdSearch> {
  const source = SOURCES[db];
  if (offset > LAST_START) {
    throw invalidArguments(
      `${source} serves the first ${LAST_START + 1} records of a query only`,
      "narrow the query or its dates",
    );
  }
  const parameters: Record<string, string> = { db, retmode: "json", sort: newest ? "pub_date" : "relevance", term };
  parameters["retmax"] = String(limit);
  if (offset > 0) parameters["retstart"] = String(offset);
  if (from || to) {
    parameters["datetype"] = "pdat";
    parameters["mindate"] = (from ?? "1800").replaceAll("-", "/");
    parameters["maxdate"] = (to ?? "3000").replaceAll("-", "/");
  }
  const verify = ({ text }: { text: string }) => void readSearch(source, text);
  const response = await askEutils(http, { utility: "esearch", parameters, ttlSeconds: DAY, verify }, call);
  const result = readSearch(source, response.text);
  const ids = texts(result, "idlist");
  return {
    ids,
    count: Number(text(result, "count") || ids.length),
    warnings: [...warningsOf(source, get(result, "errorlist")), ...warningsOf(source, get(result, "warninglist"))],
    stale: response.stale,
  };
}

/** Ids of the records that one is linked to, in NCBI's order; the record itself is not among them. @throws ToolError */
export async function linkedIds(
  http: HttpClient,
  id: string,
  linkname: string,
  call: EutilsCall,
): Promise<{ ids: string[]; stale: boolean }> {
  const parameters = { dbfrom: "pubmed", db: "pubmed", cmd: "neighbor", linkname, id, retmode: "json" };
  const verify = ({ text }: { text: string }) => void readLinks(text);
  const response = await askEutils(http, { utility: "elink", parameters, ttlSeconds: DAY, verify }, call);
  const links = readLinks(response.text)
    .filter((group) => text(group, "linkname") === linkname)
    .flatMap((group) => [...texts(group, "links"), ...objects(group, "links").map((link) => text(link, "id"))]);
  return { ids: [...new Set(links)].filter((linked) => linked !== id), stale: response.stale };
}

/** Status 200 can hide a failure: an ERROR field, an HTML page, a torn body. @throws ToolError */
function readSearch(source: string, body: string): unknown {
  refusePage(source, body, ASK_LATER);
  const answer = jsonIn(source, body);
  const error = text(answer, "error") || text(answer, "esearchresult", "ERROR");
  if (error) throw ncbiFailure(source, error);
  if (objects(answer, "esearchresult").length === 0) throw unavailable(`${source}'s answer held no result`);
  return get(answer, "esearchresult");
}

/** Groups of links; none means that there are none. @throws ToolError */
function readLinks(body: string): unknown[] {
  refusePage("PubMed", body, ASK_LATER);
  const answer = jsonIn("PubMed", body);
  const sets = objects(answer, "linksets");
  const error = [answer, ...sets].map((one) => text(one, "error") || text(one, "ERROR")).find(Boolean);
  if (error) throw ncbiFailure("PubMed", error);
  if (get(answer, "linksets") === undefined) throw unavailable("PubMed's answer held no links");
  return sets.flatMap((set) => objects(set, "linksetdbs"));
}

const WARNINGS: Record<string, (source: string) => string> = {
  phrasesnotfound: (source) => `not found in ${source}`,
  fieldsnotfound: () => "unknown field",
  phrasesignored: (source) => `ignored by ${source}`,
  quotedphrasesnotfound: (source) => `phrase not found in ${source}`,
  outputmessages: (source) => `${source} says`,
};

function warningsOf(source: string, lists: unknown): string[] {
  return objects(lists).flatMap((list) =>
    Object.keys(list).flatMap((kind) =>
      texts(list, kind).map((said) => `${WARNINGS[kind]?.(source) ?? kind}: ${said}`),
    ),
  );
}

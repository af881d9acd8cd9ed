/** esearch and elink: ids of records, for any of NCBI's databases. */
import { invalidArguments } from "../../../kit/index.ts";
import type { HttpClient } from "../../../kit/http/index.ts";
import { jsonIn, listOf, refusePage } from "../answer-checks.ts";
import { unavailable } from "../json-answers.ts";
import { ASK_LATER, askEutils, ncbiFailure, type EutilsCall } from "./eutils.ts";

const DAY = 86_400;
/** esearch serves no record beyond. */
const LAST_START = 9998;

const SOURCES = { pubmed: "PubMed", pmc: "PMC" } as const;
export type Database = keyof typeof SOURCES;

export interface IdSearch {
  /** In the order of relevance. */
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
}

/** @throws ToolError */
export async function searchIds(
  http: HttpClient,
  db: Database,
  term: string,
  limit: number,
  { from, to, offset = 0 }: IdRange,
  call: EutilsCall,
): Promise<IdSearch> {
  const source = SOURCES[db];
  if (offset > LAST_START) {
    throw invalidArguments(
      `${source} serves the first ${LAST_START + 1} records of a query only`,
      "narrow the query or its dates",
    );
  }
  const parameters: Record<string, string> = { db, retmode: "json", sort: "relevance", term };
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
  const ids = listOf(result.idlist).map(String);
  return {
    ids,
    count: Number(result.count ?? ids.length),
    warnings: [...warningsOf(source, result.errorlist), ...warningsOf(source, result.warninglist)],
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
    .filter((set) => set.linkname === linkname)
    .flatMap((set) => listOf(set.links).map(linkedId));
  return { ids: [...new Set(links)].filter((linked) => linked !== id), stale: response.stale };
}

interface SearchAnswer {
  ERROR?: string;
  count?: string;
  idlist?: string[] | string;
  errorlist?: Record<string, string[] | string>;
  warninglist?: Record<string, string[] | string>;
}

/** Status 200 can hide a failure: an ERROR field, an HTML page, a torn body. @throws ToolError */
function readSearch(source: string, text: string): SearchAnswer {
  refusePage(source, text, ASK_LATER);
  const answer = jsonIn(source, text) as { error?: string; esearchresult?: SearchAnswer };
  const error = answer.error ?? answer.esearchresult?.ERROR;
  if (error) throw ncbiFailure(source, error);
  if (!answer.esearchresult) throw unavailable(`${source}'s answer held no result`);
  return answer.esearchresult;
}

type Link = string | number | { id: string | number };
interface LinkSet {
  ERROR?: string;
  linksetdbs?: LinkGroup | LinkGroup[];
}
interface LinkGroup {
  linkname?: string;
  links?: Link | Link[];
}

/** @throws ToolError. No group of links means that there are none. */
function readLinks(text: string): LinkGroup[] {
  refusePage("PubMed", text, ASK_LATER);
  const answer = jsonIn("PubMed", text) as { error?: string; ERROR?: string; linksets?: LinkSet | LinkSet[] };
  const sets = listOf(answer.linksets);
  const error = answer.error ?? answer.ERROR ?? sets.find((set) => set.ERROR)?.ERROR;
  if (error) throw ncbiFailure("PubMed", error);
  if (!answer.linksets) throw unavailable("PubMed's answer held no links");
  return sets.flatMap((set) => listOf(set.linksetdbs));
}

function linkedId(link: Link): string {
  return String(typeof link === "object" ? link.id : link);
}

const WARNINGS: Record<string, (source: string) => string> = {
  phrasesnotfound: (source) => `not found in ${source}`,
  fieldsnotfound: () => "unknown field",
  phrasesignored: (source) => `ignored by ${source}`,
  quotedphrasesnotfound: (source) => `phrase not found in ${source}`,
  outputmessages: (source) => `${source} says`,
};

function warningsOf(source: string, list: SearchAnswer["errorlist"] = {}): string[] {
  return Object.entries(list).flatMap(([kind, values]) =>
    listOf(values).map((value) => `${WARNINGS[kind]?.(source) ?? kind}: ${value}`),
  );
}

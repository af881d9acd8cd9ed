/** iCite (NIH): how much articles are cited, within their field and by clinical work. */
import type { Impact } from "../../../schemas/index.ts";
import { get, objects, text, texts } from "../../knowledge/sources/json/loose.ts";
import { askJson, type Service } from "./json-answers.ts";
import type { SourceCall } from "./source.ts";

const ICITE: Service = {
  name: "iCite",
  variable: "ICITE_URL",
  base: "https://icite.od.nih.gov/api",
  limit: { spacingMs: 100, concurrency: 3 },
};
/** iCite takes 1,000 ids; half of them keep the address below the 8 KB that servers read. */
const BATCH = 500;
const MONTH = 30 * 86_400;
/** Without it every article comes with the ids of all that cite it. */
const FIELDS = "pmid,relative_citation_ratio,nih_percentile,citation_count,apt,is_clinical,cited_by_clin";

/** @returns by PMID, those that iCite knows @throws ToolError where it could not be asked */
export async function impactOf(pmids: readonly string[], call: SourceCall): Promise<Map<string, Impact>> {
  const wanted = [...new Set(pmids)];
  const batches: Promise<unknown[]>[] = [];
  for (let i = 0; i < wanted.length; i += BATCH) batches.push(ask(wanted.slice(i, i + BATCH), call));
  const rows = (await Promise.all(batches)).flat();
  return new Map(rows.map((row) => [text(row, "pmid"), impact(row)] as const).filter(([pmid]) => pmid !== ""));
}

async function ask(pmids: readonly string[], call: SourceCall): Promise<unknown[]> {
  const parameters = { pmids: pmids.join(","), fl: FIELDS };
  const { value } = await askJson(ICITE, { path: "/pubs", parameters, ttlSeconds: MONTH, isAnswer: hasData }, call);
  return objects(value, "data");
}

function hasData(value: unknown): boolean {
  const data = get(value, "data");
  return typeof data === "object" && data !== null;
}

/** A ratio that iCite has not computed (new articles) is unknown, not 0. */
function impact(row: unknown): Impact {
  const clinical = text(row, "is_clinical");
  const entries: [keyof Impact, number | boolean | undefined][] = [
    ["rcr", number(row, "relative_citation_ratio")],
    ["percentile", number(row, "nih_percentile", 100)],
    ["citations", number(row, "citation_count")],
    ["clinicalCitations", countOf(row)],
    ["apt", number(row, "apt", 1)],
    ["clinical", clinical === "" ? undefined : /^(?:yes|true)$/i.test(clinical)],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Impact;
}

/** @returns undefined for what is no number from 0 to `most` */
function number(row: unknown, field: string, most = 1e9): number | undefined {
  const said = text(row, field);
  const value = said === "" ? Number.NaN : Number(said);
  return value >= 0 && value <= most && (field !== "citation_count" || Number.isInteger(value)) ? value : undefined;
}

/** Of ids in a list, or in one text. */
function countOf(row: unknown): number | undefined {
  const ids = get(row, "cited_by_clin");
  if (typeof ids === "string") return ids.match(/\d+/g)?.length ?? 0;
  return Array.isArray(ids) ? texts(row, "cited_by_clin").length : undefined;
}

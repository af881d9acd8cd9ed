/** iCite (NIH): how much articles are cited, within their field and by clinical work. */
import type { Impact } from "../../../schemas/index.ts";
import { listOf } from "./answer-checks.ts";
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
  const batches: Promise<Row[]>[] = [];
  for (let i = 0; i < wanted.length; i += BATCH) batches.push(ask(wanted.slice(i, i + BATCH), call));
  const rows = (await Promise.all(batches)).flat();
  return new Map(rows.filter(({ pmid }) => pmid !== undefined).map((row) => [String(row.pmid), impact(row)]));
}

async function ask(pmids: readonly string[], call: SourceCall): Promise<Row[]> {
  const parameters = { pmids: pmids.join(","), fl: FIELDS };
  const { value } = await askJson(ICITE, { path: "/pubs", parameters, ttlSeconds: MONTH, isAnswer: hasData }, call);
  return listOf((value as { data: Row | Row[] }).data);
}

function hasData(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { data?: unknown }).data === "object";
}

interface Row {
  pmid?: number | string;
  relative_citation_ratio?: number | null;
  nih_percentile?: number | null;
  citation_count?: number | null;
  apt?: number | null;
  is_clinical?: string | boolean | null;
  /** Ids, as a list or as one text. */
  cited_by_clin?: (number | string)[] | string | null;
}

/** A ratio that iCite has not computed (new articles) is unknown, not 0. */
function impact(row: Row): Impact {
  const clinical = /^yes$/i.test(String(row.is_clinical)) || row.is_clinical === true;
  const entries: [keyof Impact, number | boolean | undefined][] = [
    ["rcr", known(row.relative_citation_ratio)],
    ["percentile", known(row.nih_percentile)],
    ["citations", known(row.citation_count)],
    ["clinicalCitations", countOf(row.cited_by_clin)],
    ["apt", known(row.apt)],
    ["clinical", row.is_clinical === undefined || row.is_clinical === null ? undefined : clinical],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Impact;
}

function known(value: number | string | null | undefined): number | undefined {
  const number = value === null || value === undefined || value === "" ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function countOf(ids: Row["cited_by_clin"]): number | undefined {
  if (ids === undefined || ids === null) return undefined;
  return typeof ids === "string" ? (ids.match(/\d+/g)?.length ?? 0) : ids.length;
}

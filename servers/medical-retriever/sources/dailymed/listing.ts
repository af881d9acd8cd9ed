/** The list of labels that DailyMed has for a name: `ENTRESTO (SACUBITRIL AND VALSARTAN) TABLET [NOVARTIS]`. */
import { get, objects, text } from "../../../knowledge/sources/json/loose.ts";
import { isWithin, type DateRange } from "../date-range.ts";
import { askJson, type Service } from "../json-answers.ts";
import { isNamedIn, type Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";

export const DAILYMED: Service = {
  name: "DailyMed",
  variable: "DAILYMED_URL",
  base: "https://dailymed.nlm.nih.gov/dailymed/services/v2",
  limit: { spacingMs: 250, concurrency: 3 },
};

const DAY = 86_400;
const PAGE = 100;
/** Common drugs have hundreds of labels, nearly all of them copies. */
const MOST_PAGES = 3;

export interface Listed {
  setid: string;
  title: string;
  version: number;
  /** ISO 8601. */
  published: string | undefined;
  /** The title without the company: what is sold. */
  product: string;
  /** The company that labels it. */
  labeler: string;
}

export interface Listing {
  labels: Listed[];
  /** How many DailyMed has whose names contain the words, other drugs among them. */
  total: number;
  /** How many of them were read. */
  read: number;
  /** A page of the list could not be read. */
  missing: boolean;
  stale: boolean;
}

/** Labels of which a product is named so, as whole words: DailyMed itself also finds names inside of others. */
export async function labelsNamed(
  drug: Named,
  name: string,
  range: DateRange,
  call: () => SourceCall,
): Promise<Listing> {
  const first = await listPage(name, 1, call());
  const last = Math.min(MOST_PAGES, first.pages);
  const others = Array.from({ length: Math.max(0, last - 1) }, (_, i) => listPage(name, i + 2, call()));
  const settled = await Promise.allSettled(others);
  call().signal.throwIfAborted();
  const pages = [first, ...settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))];
  const labels = pages.flatMap(({ rows }) => rows).filter(({ setid, product }) => setid && isNamedIn(product, drug));
  return {
    labels: labels.filter(({ published }) => isWithin(published, range)),
    total: first.total,
    read: pages.reduce((sum, { rows }) => sum + rows.length, 0),
    missing: settled.some(({ status }) => status === "rejected"),
    stale: pages.some(({ stale }) => stale),
  };
}

async function listPage(name: string, page: number, call: SourceCall) {
  const parameters = { drug_name: name, pagesize: String(PAGE), page: String(page) };
  const answer = await askJson(
    DAILYMED,
    { path: "/spls.json", parameters, ttlSeconds: DAY, isAnswer: (value) => Array.isArray(get(value, "data")) },
    call,
  );
  const rows = objects(answer.value, "data").map(listed);
  const metadata = get(answer.value, "metadata");
  // Pages that are none come as the text "null".
  const number = (field: string) => Number(text(metadata, field)) || 0;
  return { rows, total: number("total_elements") || rows.length, pages: number("total_pages"), stale: answer.stale };
}

function listed(row: unknown): Listed {
  const title = text(row, "title");
  const labeler = /\[([^[\]]*)\]\s*$/.exec(title)?.[1] ?? "";
  return {
    setid: text(row, "setid").toLowerCase(),
    title,
    version: Number(text(row, "spl_version")) || 0,
    published: isoOf(text(row, "published_date")),
    product: title.replace(/\s*\[[^[\]]*\]\s*$/, ""),
    labeler: labeler.trim(),
  };
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `Aug 21, 2025` */
function isoOf(said: string): string | undefined {
  const [, name, day, year] = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})$/.exec(said) ?? [];
  const month = MONTHS.indexOf(name?.toLowerCase() ?? "") + 1;
  if (month > 0) return `${year}-${String(month).padStart(2, "0")}-${day!.padStart(2, "0")}`;
  return /^\d{4}-\d{2}-\d{2}/.exec(said)?.[0];
}

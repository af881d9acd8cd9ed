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
  stale: boolean;
}

/** Labels of which a product is named so, as whole words: DailyMed itself also finds names inside of others. */
export async function labelsNamed(
  drug: Named,
  name: string,
  range: DateRange,
  call: () => SourceCall,
): Promise<Listing> {
  const labels: Listed[] = [];
  let total = 0;
  let read = 0;
  let stale = false;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const parameters = { drug_name: name, pagesize: String(PAGE), page: String(page) };
    const answer = await askJson(
      DAILYMED,
      { path: "/spls.json", parameters, ttlSeconds: DAY, isAnswer: (value) => Array.isArray(get(value, "data")) },
      call(),
    );
    const rows = objects(answer.value, "data");
    total = Number(text(answer.value, "metadata", "total_elements")) || total || rows.length;
    read += rows.length;
    stale ||= answer.stale;
    labels.push(...rows.map(listed).filter((label) => label.setid && isNamedIn(label.product, drug)));
    const pages = Number(text(answer.value, "metadata", "total_pages"));
    if (!(page < pages) || rows.length === 0) break;
  }
  return { labels: labels.filter(({ published }) => isWithin(published, range)), total, read, stale };
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

/** Questions in Europe PMC's field syntax. */
import { typesOf } from "../publication-types.ts";
import { anyOf, hasOperators, questionParts, searchForms } from "../question-parts.ts";
import type { SourceQuestion } from "../source.ts";

/** Publications and preprints; patents and theses are left out. */
const LITERATURE = "(SRC:MED OR SRC:PMC OR SRC:PPR)";

/** Queries to try in this order, a looser one after a strict one; one only where the caller wrote field syntax. */
export function europePmcQueries({ query, entities, rarity, kinds, from, to }: SourceQuestion): string[] {
  const types = typesOf(kinds)?.map((type) => `PUB_TYPE:${quoted(type)}`);
  const filters = [
    LITERATURE,
    ...(types ? [anyOf(types)] : []),
    ...(from || to ? [`FIRST_PDATE:[${firstDay(from)} TO ${lastDay(to)}]`] : []),
  ];
  return forms(query, entities, rarity).map((form) => [form, ...filters].join(" AND "));
}

function forms(query: string, entities: SourceQuestion["entities"], rarity: SourceQuestion["rarity"]): string[] {
  if (isEuropePmcSyntax(query) || hasOperators(query)) return [`(${query.trim()})`];
  const parts = questionParts(query, entities(), rarity);
  const names = parts.names.map((group) => anyOf(group.map((name) => `TITLE_ABS:${quoted(name)}`)));
  return searchForms(names, parts.words.map(quoted));
}

/** The query that finds the record of an id; without quotes, which match nothing in EXT_ID. */
export function recordQuery(id: string): string | undefined {
  const at = id.indexOf(":");
  const local = id.slice(at + 1).trim();
  switch (id.slice(0, at)) {
    case "PMID":
      return /^\d{1,9}$/.test(local) ? `EXT_ID:${local} AND SRC:MED` : undefined;
    case "PPR":
      return /^PPR\d{1,9}$/.test(local) ? `EXT_ID:${local} AND SRC:PPR` : undefined;
    case "PMC":
      return /^PMC\d{1,9}$/.test(local) ? `PMCID:${local}` : undefined;
    case "DOI":
      return /^10\.\d{4,9}\//.test(local) ? `DOI:${quoted(local)}` : undefined;
    default:
      return undefined;
  }
}

const FIELDS =
  "ABSTRACT|ACCESSION_ID|AFF|AUTH|AUTHORID|CITES|DISEASE|DOI|EXT_ID|FIRST_PDATE|GENE_PROTEIN|HAS_ABSTRACT|JOURNAL|KW|METHODS|OPEN_ACCESS|PMCID|PUB_TYPE|PUB_YEAR|RESULTS|SRC|TITLE|TITLE_ABS";
const FIELD = new RegExp(String.raw`(?:^|[\s(])(?:${FIELDS}):(?=\S)`);

export function isEuropePmcSyntax(query: string): boolean {
  return FIELD.test(query);
}

/** As a phrase: nothing in it is syntax. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, " ").trim()}"`;
}

/** Whole days: `2019` begins on 2019-01-01. */
function firstDay(date = "1800"): string {
  return `${date}-01-01`.slice(0, 10);
}

/** `2020-02` ends on 2020-02-29. */
function lastDay(date = "3000"): string {
  const [year = "", month = "12", day] = date.split("-");
  if (day) return date;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${last}`;
}

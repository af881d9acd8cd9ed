/** Context of a statement between Biolink's qualifier columns and ours. */
import type { Qualifiers } from "../../../../schemas/index.ts";

/** Column → part and key; the first column of a pair is the one that exports use. */
const COLUMNS = {
  onset_qualifier: ["temporal", "onset"],
  temporal_from_qualifier: ["temporal", "from"],
  temporal_to_qualifier: ["temporal", "to"],
  temporal_context_qualifier: ["temporal", "date"],
  timepoint: ["temporal", "date"],
  anatomical_context_qualifier: ["spatial", "anatomy"],
  geographic_context_qualifier: ["spatial", "geography"],
  frequency_qualifier: ["clinical", "frequency"],
  sex_qualifier: ["clinical", "sex"],
  stage_qualifier: ["clinical", "stage"],
  severity_qualifier: ["clinical", "severity"],
  age_qualifier: ["clinical", "age"],
  population_context_qualifier: ["clinical", "population"],
  clinical_modifier_qualifier: ["clinical", "modifier"],
} as const satisfies Record<string, readonly [keyof Qualifiers, string]>;

type Column = keyof typeof COLUMNS;

/** Columns that exports fill. */
export const QUALIFIER_COLUMNS = (Object.keys(COLUMNS) as Column[]).filter((column) => column !== "timepoint");

/** Any other qualifier changes what is said as well ("decreased", "activity"): it is kept by name, so that such statements stay apart. */
const OTHER = /(?:_qualifier|^qualified_predicate)$/;

/** @param cell the value of a column, "" where it has none */
export function qualifiersFrom(columns: readonly string[], cell: (column: string) => string): Qualifiers | undefined {
  const found: Record<string, Record<string, string>> = {};
  const others: string[] = [];
  for (const column of columns) {
    const value = cell(column);
    if (value === "") continue;
    const place = Object.hasOwn(COLUMNS, column) ? COLUMNS[column as Column] : undefined;
    if (place) (found[place[0]] ??= {})[place[1]] = value;
    else if (OTHER.test(column)) others.push(`${column.replace(/_qualifier$/, "").replaceAll("_", " ")}: ${value}`);
  }
  if (others.length > 0) {
    const clinical = (found["clinical"] ??= {});
    clinical["modifier"] = [clinical["modifier"], ...others.toSorted()].filter(Boolean).join("; ");
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** Columns of a file's header that say something of the context. */
export function qualifierColumnsIn(columns: readonly string[]): string[] {
  return columns.filter((column) => Object.hasOwn(COLUMNS, column) || OTHER.test(column));
}

export function qualifierCell(qualifiers: Qualifiers | undefined, column: string): string {
  const [part, key] = COLUMNS[column as Column];
  return (qualifiers?.[part] as Record<string, string> | undefined)?.[key] ?? "";
}

/** Months of publication as numbers that an engine filters by; what lies within a month is left to an exact check. */
import { daysOf, type IndexFilter } from "./document-index.ts";

/** `YYYYMM`; `YYYY00` where only the year is known, 0 where nothing is. Dates that are none count as unknown. */
export function monthOf(published: string): number {
  const [, year, month = "00"] = /^(\d{4})(?:-(\d\d))?/.exec(published) ?? [];
  return year ? Number(year + month) : 0;
}

/** Whether a date of publication may lie in the range; exact to the day where it is known to the day. @throws Error where the range has no dates */
export function withinDays({ from, to }: Pick<IndexFilter, "from" | "to">): (published: string) => boolean {
  if (!from && !to) return () => true;
  const first = from ? daysOf(from).first : 0;
  const last = to ? daysOf(to).last : Infinity;
  return (published) => {
    const days = daysOrUndefined(published);
    return days !== undefined && days.last >= first && days.first <= last;
  };
}

export interface MonthRange {
  /** First and last month, of which the first may be month 0 of a year. */
  first: number;
  last: number;
  /** Month 0 of the first year as well, where the range begins within a year. */
  also?: number;
}

/** The months in which a document of the range may be; undefined without a range. */
export function monthsOf({ from, to }: Pick<IndexFilter, "from" | "to">): MonthRange | undefined {
  if (!from && !to) return undefined;
  const begin = from ? Math.floor(daysOf(from).first / 100) : 1;
  const last = to ? Math.floor(daysOf(to).last / 100) : 999_912;
  const isYear = begin % 100 <= 1;
  return {
    first: isYear ? begin - (begin % 100) || 1 : begin,
    last,
    ...(isYear ? {} : { also: begin - (begin % 100) }),
  };
}

function daysOrUndefined(published: string): { first: number; last: number } | undefined {
  try {
    return daysOf(published.slice(0, 10));
  } catch {
    return undefined;
  }
}

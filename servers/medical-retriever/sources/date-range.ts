/** Inclusive ranges of dates that may be given as year, month or day. */

export interface DateRange {
  from?: string | undefined;
  to?: string | undefined;
}

/** First day of a year or month, the day itself: `2020` is 2020-01-01. */
export function firstDay(date: string): string {
  const [year = "0001", month = "01", day = "01"] = date.split("-");
  return `${year.padStart(4, "0")}-${month}-${day}`;
}

/** Last day: `2020-02` is 2020-02-29. */
export function lastDay(date: string): string {
  const [year = "9999", month = "12", day] = date.split("-");
  if (day) return date;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year.padStart(4, "0")}-${month}-${String(last).padStart(2, "0")}`;
}

/** Whether a date lies in the range as far as it is exact; without a range every one does, without a date none. */
export function isWithin(date: string | undefined, { from, to }: DateRange): boolean {
  if (!from && !to) return true;
  if (!date) return false;
  return (!from || lastDay(date) >= firstDay(from)) && (!to || firstDay(date) <= lastDay(to));
}

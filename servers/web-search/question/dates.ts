/** Dates as search engines print them ("3 days ago", "5. März 2024", RFC 2822, ISO) as ISO 8601, no finer than they say. */

const UNITS = ["second", "minute", "hour", "day", "week", "month", "year"] as const;
type Unit = (typeof UNITS)[number];
const SECONDS: Record<Unit, number> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_800,
  year: 31_557_600,
};
const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])/;
const YEAR_FIRST = /^(\d{4})\s?[年년./]\s*(\d{1,2})\s?[月월./]\s*(\d{1,2})\s?[日일.]?$/;

export interface DateContext {
  /** When the answer was given, milliseconds since the epoch: what "3 days ago" counts from. */
  asked: number;
  /** The language that was asked for, besides English. */
  language?: string;
}

/** Undefined for what is no date. "2 years ago" is a year, "3 weeks ago" a day that may be some days off. */
export function isoDate(text: string | null | undefined, context: DateContext): string | undefined {
  const said = text?.trim() ?? "";
  if (!said || said.length > 60) return undefined;
  const iso = ISO.exec(said);
  if (iso) return isReal(iso[0], context) ? iso[0] : undefined;
  const date = ago(said, context) ?? written(said, context.language);
  return date && isReal(date, context) ? date : undefined;
}

/** What lies in the future, or before there was print, was misread. */
function isReal(date: string, { asked }: DateContext): boolean {
  const time = Date.parse(date);
  const isOfCalendar = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
  return isOfCalendar && time < asked + 2 * 86_400_000 && Number(date.slice(0, 4)) > 1500;
}

function ago(said: string, { asked, language = "en" }: DateContext): string | undefined {
  const english = /^(?:about |over )?(\d+|an?|one) (second|sec|minute|min|hour|hr|day|week|month|year)s?\.? ago$/i.exec(
    said,
  );
  if (/^(?:yesterday|today|just now)$/i.test(said)) return before(asked, /^y/i.test(said) ? 1 : 0, "day");
  if (english) {
    const unit = UNITS.find((u) => u.startsWith(english[2]!.toLowerCase().slice(0, 3).replace("hr", "hou")))!;
    return before(asked, Number(english[1]) || 1, unit);
  }
  return language === "en" ? undefined : agoIn(language, said, asked);
}

/** The phrase that the language itself has for a number of units: found by writing them all. */
function agoIn(language: string, said: string, asked: number): string | undefined {
  const count = Number(/\d+/.exec(said)?.[0] ?? 1);
  for (const style of ["long", "short"] as const) {
    for (const numeric of ["always", "auto"] as const) {
      const format = new Intl.RelativeTimeFormat(language, { style, numeric });
      for (const unit of UNITS) if (bare(format.format(-count, unit)) === bare(said)) return before(asked, count, unit);
    }
  }
  return undefined;
}

function bare(phrase: string): string {
  return phrase.replaceAll(/[\s.]/g, "").toLowerCase();
}

function before(asked: number, count: number, unit: Unit): string {
  const iso = new Date(asked - count * SECONDS[unit] * 1000).toISOString();
  return iso.slice(0, unit === "year" ? 4 : unit === "month" ? 7 : 10);
}

/** "Mar 5, 2024", "5 March 2024", "March 2024", "Tue, 05 Mar 2024 10:00:00 GMT", "5. März 2024", "5.3.2024", "2024年3月5日". */
function written(said: string, language: string | undefined): string | undefined {
  const numbers =
    /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(said)?.slice(1).toReversed() ?? YEAR_FIRST.exec(said)?.slice(1);
  if (numbers) return numbers.map((part) => part.padStart(2, "0")).join("-");
  const year = /\b(1[5-9]\d\d|20\d\d)\b/.exec(said)?.[1];
  const rest = year && said.replace(year, " ").replace(/\d{1,2}:\d{2}.*$/, " ");
  const month = rest && monthIn(rest, language);
  if (!month) return undefined;
  const day = /(?:^|\D)(\d{1,2})(?=\D|$)/.exec(rest)?.[1];
  return [year, month, ...(day ? [day] : [])].map((part) => part.padStart(2, "0")).join("-");
}

function monthIn(text: string, language: string | undefined): string | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const names = ["en", ...(language && language !== "en" ? [language] : [])].flatMap(monthNames);
  const isNamed = (name: string) => words.some((word) => word === name || (word.length >= 3 && name.startsWith(word)));
  return names.find(([name]) => isNamed(name))?.[1];
}

const known = new Map<string, [name: string, month: string][]>();

function monthNames(language: string): [string, string][] {
  let names = known.get(language);
  if (!names) {
    names = Array.from({ length: 12 }, (_, i) => i).flatMap((i) =>
      (["long", "short"] as const).map((month): [string, string] => {
        const parts = new Intl.DateTimeFormat(language, { day: "numeric", month, timeZone: "UTC" }).formatToParts(
          Date.UTC(2024, i, 15),
        );
        const name = parts.find(({ type }) => type === "month")!.value;
        return [name.toLowerCase().replace(/\.$/, ""), String(i + 1).padStart(2, "0")];
      }),
    );
    known.set(language, names);
  }
  return names;
}

/** Dates as people write them, without the forms that are read differently in different countries (03/04/2012). */

interface PartialDate {
  year: number;
  month?: number;
  day?: number;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NAME =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const ORDINAL = "(\\d{1,2})(?:st|nd|rd|th)?";

const FORMS: [RegExp, (parts: string[]) => PartialDate][] = [
  [/^(\d{4})$/, ([y]) => ({ year: Number(y) })],
  [/^(\d{4})[-/](\d{1,2})$/, ([y, m]) => ({ year: Number(y), month: Number(m) })],
  [
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:t.*)?$/,
    ([y, m, d]) => ({ year: Number(y), month: Number(m), day: Number(d) }),
  ],
  [new RegExp(`^${NAME},? (\\d{4})$`), ([m, y]) => ({ year: Number(y), month: monthOf(m!) })],
  [
    new RegExp(`^${NAME} ${ORDINAL},? (\\d{4})$`),
    ([m, d, y]) => ({ year: Number(y), month: monthOf(m!), day: Number(d) }),
  ],
  [
    new RegExp(`^${ORDINAL}(?: of)? ${NAME},? (\\d{4})$`),
    ([d, m, y]) => ({ year: Number(y), month: monthOf(m!), day: Number(d) }),
  ],
];

function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1;
}

/** The date that the whole text is; undefined where it is anything else, or no day of the calendar. */
export function readDate(text: string): PartialDate | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^(?:in|on) /, "")
    .replace(/[.;]$/, "");
  for (const [form, read] of FORMS) {
    const found = form.exec(plain);
    if (!found) continue;
    const date = read(found.slice(1));
    return isDay(date) ? date : undefined;
  }
  return undefined;
}

function isDay({ year, month = 1, day = 1 }: PartialDate): boolean {
  const read = new Date(Date.UTC(year, month - 1, day));
  return read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
}

/** Does the answer say the gold's date? It may say more (the day where the year was asked), never less. */
export function saysDate(answer: PartialDate, gold: PartialDate): boolean {
  return (
    answer.year === gold.year &&
    (gold.month === undefined || answer.month === gold.month) &&
    (gold.day === undefined || answer.day === gold.day)
  );
}

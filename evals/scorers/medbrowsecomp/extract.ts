/** What a MedBrowseComp answer says: the value behind its label, a date, a price, or that there is none. */
import { readDate } from "../exact/date.ts";

const LABEL = /\b(?:INGREDIENT|COMPANY|DATE|TICKER|ANSWER)\b\**\s*(?:\s(?:name|is))?\s*:\s*\**\s*([^\n]*)/i;

/** The value after the last label of the answer's formats (`INGREDIENT: name`, `date: YYYY`); the whole text where there is none. */
export function labelled(text: string): string {
  const lines = text.split("\n").flatMap((line) => LABEL.exec(line)?.[1] ?? []);
  return (lines.at(-1) ?? text).replace(/[*`"]+/g, "").trim();
}

/** "NA" and "NOT LISTED" are answers like any other: which of them the whole text is. */
export function absent(text: string): "NA" | "NOT LISTED" | undefined {
  const plain = text.trim().replace(/\.$/, "").toUpperCase();
  if (/^N\/?A$/.test(plain)) return "NA";
  return /^NOT[ _]LISTED$/.test(plain) ? "NOT LISTED" : undefined;
}

/** Dates of the asked forms: MM-DD-YYYY beside those that people write. */
export function dateIn(text: string): ReturnType<typeof readDate> {
  const numeric = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})\.?$/.exec(text.trim());
  return readDate(numeric ? `${numeric[3]}-${numeric[1]}-${numeric[2]}` : text);
}

/** Amounts with decimals: `ALPMY: $15.99`; a dollar sign makes a whole number one, too. */
export function prices(text: string): number[] {
  return [
    ...text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").matchAll(/\$\s*(\d+(?:\.\d+)?)|(?<![\d.-])(\d+\.\d+)(?![\d.])/g),
  ].map(([, dollars, plain]) => Number(dollars ?? plain));
}

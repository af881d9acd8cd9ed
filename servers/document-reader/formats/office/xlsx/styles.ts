/** How numbers are shown: which cells are dates, times, spans or percentages. */
import type { OfficePackage } from "../package.ts";

export type Shown = "number" | "date" | "time" | "datetime" | "duration" | "percent";

/** Formats that need not be written down in the file (ECMA-376, 18.8.30). */
const BUILT_IN: Readonly<Record<number, Shown>> = {
  9: "percent",
  10: "percent",
  14: "date",
  15: "date",
  16: "date",
  17: "date",
  18: "time",
  19: "time",
  20: "time",
  21: "time",
  22: "datetime",
  27: "date",
  28: "date",
  29: "date",
  30: "date",
  31: "date",
  32: "time",
  33: "time",
  34: "time",
  35: "time",
  36: "date",
  45: "time",
  46: "duration",
  47: "time",
  50: "date",
  51: "date",
  52: "date",
  53: "date",
  54: "date",
  55: "date",
  56: "date",
  57: "date",
  58: "date",
};

/** By the number that a cell's `s` gives. */
export async function cellStyles(parts: OfficePackage, path: string): Promise<Shown[]> {
  const formats = new Map<string, string>();
  const styles: Shown[] = [];
  let inCells = false;
  if (!parts.has(path)) return styles;
  await parts.read(path, {
    open(name, attributes) {
      if (name === "numFmt") formats.set(attributes["numFmtId"] ?? "", attributes["formatCode"] ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) {
        const id = attributes["numFmtId"] ?? "0";
        const code = formats.get(id);
        styles.push(code === undefined ? (BUILT_IN[Number(id)] ?? "number") : shownBy(code));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** Excel itself takes no longer formats. */
const MAX_CODE = 255;

/** @param code `yyyy-mm-dd`, `0.0%`, `[h]:mm` */
export function shownBy(code: string): Shown {
  const bare = code
    .slice(0, MAX_CODE)
    .split(";")[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, "");
  if (/\[[hms]+\]/i.test(bare)) return "duration";
  const hasTime = /[hs]/i.test(bare);
  const hasDate = /[yd]/i.test(bare) || (/m/i.test(bare) && !hasTime);
  if (hasDate && !/general/i.test(bare)) return hasTime ? "datetime" : "date";
  if (hasTime) return "time";
  return bare.includes("%") ? "percent" : "number";
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's two calendars; the first one believes in a 29 February 1900. */
const [DAY_ZERO, DAY_ZERO_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
const MAX_DAY = 2_958_466;

/** A number as the sheet shows it; numbers outside of the calendar stay numbers. */
export function shownValue(value: string, shown: Shown, is1904: boolean): string {
  const number = Number(value);
  if (!value.trim() || !Number.isFinite(number)) return value;
  if (shown === "number") return plainNumber(number);
  if (shown === "percent") return `${plainNumber(number * 100)}%`;
  if (number < 0 || number >= MAX_DAY) return plainNumber(number);
  if (shown === "duration") return clock(Math.round(number * 86_400));
  const day = !is1904 && number < 60 ? number + 1 : number;
  // To the second: fractions of a day have no exact binary form.
  const moment = new Date((is1904 ? DAY_ZERO_1904 : DAY_ZERO) + Math.round((day * DAY_MS) / 1000) * 1000).toISOString();
  const [date, time] = [moment.slice(0, 10), moment.slice(11, 19).replace(/:00$/, "")];
  if (shown === "date") return date;
  return shown === "time" ? time : `${date} ${time}`;
}

/** Without the noise of binary fractions: 0.1 + 0.2 is shown as 0.3, as Excel does. */
function plainNumber(number: number): string {
  return String(Number(number.toPrecision(15)));
}

function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hours, minutes, rest].map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

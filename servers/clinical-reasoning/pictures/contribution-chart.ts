/** What each finding does to the odds of the explained disease. */
import { el, type Element } from "../../kit/drawing/element.ts";
import { clean, fit, wrap } from "../../kit/drawing/text.ts";
import type { ContributionLike, ExplanationLike } from "./explanation.ts";
import { factor } from "./numbers.ts";
import {
  backdrop,
  BAR,
  columns,
  FONT,
  grid,
  labelLines,
  labelTop,
  LINE,
  PAD,
  SMALL,
  tickWords,
  type Chart,
  type Columns,
  type Row,
} from "./rows.ts";

const VALUE_GAP = 6;
/** More rows than this are told together. */
const MOST_ROWS = 16;
const FEW_TICKS = 6;

/** A bar per finding: right speaks for the diagnosis, left against it; the axis is logarithmic. A row each with `data-finding`. */
export function contributionChart({ diagnosis }: ExplanationLike, width: number): Chart {
  const rows = told(diagnosis.contributions);
  const place = columns(width, 8);
  const values = rows.map((r) => r.logLikelihoodRatio / Math.LN10);
  // Room for the numbers beyond the bars' ends.
  const room = 62 / (place.right - place.left);
  const reach = { low: Math.min(-0.15, ...values), high: Math.max(0.15, ...values) };
  const span = (reach.high - reach.low) / (1 - 2 * room);
  const low = reach.low - span * room;
  const x = (v: number) => place.left + ((place.right - place.left) * (v - low)) / span;
  const drawn: Element[] = [];
  let top = 0;
  for (const row of rows) {
    const lines = wrap(nameOf(row), place.label, FONT, 2);
    const source = row.source ? fit(clean(row.source), place.label, SMALL) : "";
    const height = lines.length * LINE + (source ? 14 : 0) + PAD + 4;
    drawn.push(contributionRow(row, { lines, source }, { top, height, width }, place, x));
    top += height;
  }
  const ticks = decades(low, low + span).map((v) => ({ x: x(v), words: v === 0 ? "×1" : factor(v * Math.LN10) }));
  const zero = el("path", { class: "line-muted", d: `M${x(0).toFixed(1)} 0V${top}`, "stroke-width": 1.2 });
  return { drawn: [...grid(ticks, top), zero, ...drawn, ...tickWords(ticks, top)], height: top + 18 };
}

/** The strongest in their order; the rest as one row. */
function told(contributions: readonly ContributionLike[]): ContributionLike[] {
  if (contributions.length <= MOST_ROWS) return [...contributions];
  const rest = contributions.slice(MOST_ROWS - 1);
  const sum = rest.reduce((total, c) => total + c.logLikelihoodRatio, 0);
  const label = `${rest.length} weaker contributions together`;
  return [...contributions.slice(0, MOST_ROWS - 1), { finding: "", label, kind: "rest", logLikelihoodRatio: sum }];
}

export function nameOf({ kind, label }: ContributionLike): string {
  return kind === "excluded" ? `Absent: ${clean(label)}` : clean(label);
}

function contributionRow(
  row: ContributionLike,
  words: { lines: readonly string[]; source: string },
  box: Row,
  place: Columns,
  x: (v: number) => number,
): Element {
  const value = row.logLikelihoodRatio / Math.LN10;
  const isFor = value >= 0;
  const role = isFor ? "for" : "against";
  const middle = box.top + box.height / 2;
  const [from, to] = isFor ? [x(0), x(value)] : [x(value), x(0)];
  const source = words.source
    ? [
        el(
          "text",
          {
            class: "fill-muted",
            x: place.label,
            y: labelTop(words.lines.length, true, middle) + words.lines.length * LINE + 14,
            "font-size": SMALL,
            "text-anchor": "end",
          },
          [words.source],
        ),
      ]
    : [];
  const number = factor(row.logLikelihoodRatio);
  return el("g", { class: "row", "data-finding": row.finding }, [
    el("title", {}, [`${nameOf(row)}: odds ${number}${row.source ? `; ${clean(row.source)}` : ""}`]),
    backdrop(box),
    ...labelLines(words.lines, middle, place.label, undefined, words.source !== ""),
    ...source,
    el("rect", {
      class: `bar fill-${role}`,
      x: from,
      y: middle - BAR / 2,
      width: Math.max(1.5, to - from),
      height: BAR,
      rx: 2,
    }),
    el(
      "text",
      {
        class: `fill-${role}`,
        x: isFor ? to + VALUE_GAP : from - VALUE_GAP,
        y: middle + 4,
        "font-size": SMALL + 1,
        "font-weight": 600,
        "text-anchor": isFor ? "start" : "end",
      },
      [number],
    ),
  ]);
}

/** Powers of ten between two exponents, every second or third where they are many; halves where they are few. */
function decades(low: number, high: number): number[] {
  const step = [0.30103, 1, 2, 3, 5, 10].find((s) => (high - low) / s <= FEW_TICKS) ?? 20;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) ticks.push(n === 0 ? 0 : n * step);
  return ticks;
}

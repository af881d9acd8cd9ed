/** The picture of an explained diagnosis: how likely it is beside the leading others, and what each finding does to its odds. */
import { el, type Element } from "../../kit/drawing/element.ts";
import { clean, fit, widthOf, wrap } from "../../kit/drawing/text.ts";
import type { Role } from "../../kit/drawing/theme.ts";
import { factor, percent } from "./numbers.ts";

export interface ContributionLike {
  finding: string;
  label: string;
  kind: string;
  logLikelihoodRatio: number;
  via?: string | undefined;
  frequency?: number | undefined;
  source?: string | undefined;
}
export interface DiseaseLike {
  disease: string;
  name: string;
  posterior: number;
  interval?: readonly [number, number] | undefined;
}
/** The parts of an `explain_diagnosis` result that are drawn. */
export interface ExplanationLike {
  diagnosis: DiseaseLike & { contributions: readonly ContributionLike[] };
  rank: number;
  leading?: readonly DiseaseLike[] | undefined;
}

export interface Chart {
  drawn: Element[];
  height: number;
}

const FONT = 13;
const SMALL = 11;
const LINE = 16;
const PAD = 7;
const BAR = 14;
const VALUE_GAP = 6;
/** More rows than this are told together. */
const MOST_ROWS = 16;
const FEW_TICKS = 6;

/** Where labels end and where the plot lies. */
interface Columns {
  label: number;
  left: number;
  right: number;
}

function columns(width: number, valueWidth: number): Columns {
  const label = Math.min(300, width * 0.4);
  return { label, left: label + 14, right: width - valueWidth };
}

/** Posteriors with their intervals, the explained disease marked; a row each with `data-disease`. */
export function posteriorChart({ diagnosis, leading = [], rank }: ExplanationLike, width: number): Chart {
  const others = leading.filter((d) => d.disease !== diagnosis.disease);
  const rows = [...others.map((d) => ({ d, own: false })), { d: diagnosis as DiseaseLike, own: true }].toSorted(
    (a, b) => b.d.posterior - a.d.posterior || Number(b.own) - Number(a.own),
  );
  const place = columns(width, 158);
  const most = niceShare(Math.max(...rows.map(({ d }) => Math.max(d.posterior, d.interval?.[1] ?? 0))));
  const x = (p: number) => place.left + ((place.right - place.left) * Math.min(p, most)) / most;
  const drawn: Element[] = [];
  let top = 0;
  for (const { d, own } of rows) {
    const position = own ? rank : leading.findIndex((l) => l.disease === d.disease) + 1;
    // One disease may stand under two identifiers.
    const isTwin = rows.some((other) => other.d.name === d.name && other.d.disease !== d.disease);
    const lines = wrap(`${position}. ${d.name}${isTwin ? ` (${d.disease})` : ""}`, place.label, FONT, 2);
    const height = Math.max(lines.length * LINE, BAR) + PAD;
    drawn.push(posteriorRow(d, own, lines, { top, height, width }, place, x));
    top += height;
  }
  const ticks = [0, most / 4, most / 2, (most * 3) / 4, most].map((p) => ({ x: x(p), words: percent(p) }));
  return { drawn: [...grid(ticks, top), ...drawn, ...tickWords(ticks, top)], height: top + 18 };
}

interface Row {
  top: number;
  height: number;
  width: number;
}

function posteriorRow(
  d: DiseaseLike,
  own: boolean,
  lines: readonly string[],
  row: Row,
  place: Columns,
  x: (p: number) => number,
): Element {
  const middle = row.top + row.height / 2;
  const [low, high] = d.interval ?? [d.posterior, d.posterior];
  const role: Role = own ? "accent" : "grey";
  const numbers = d.interval ? `${percent(d.posterior)} (${percent(low)}–${percent(high)})` : percent(d.posterior);
  return el("g", { class: own ? "row own" : "row", "data-disease": clean(d.disease) }, [
    el("title", {}, [`${clean(d.name)} (${clean(d.disease)}): posterior ${numbers}, 90% interval in brackets`]),
    backdrop(row),
    ...labelLines(lines, middle, place.label, own ? 600 : undefined),
    el("path", {
      class: `line-${role}`,
      d: `M${x(low).toFixed(1)} ${middle}H${x(high).toFixed(1)}`,
      "stroke-width": 3,
      "stroke-linecap": "round",
      opacity: 0.55,
    }),
    el("circle", { class: `fill-${role} line-paper`, cx: x(d.posterior), cy: middle, r: 5.5, "stroke-width": 1.5 }),
    el(
      "text",
      {
        class: own ? "fill-ink" : "fill-muted",
        x: row.width,
        y: middle + 4,
        "font-size": SMALL + 1,
        "text-anchor": "end",
        "font-weight": own ? 600 : undefined,
      },
      [numbers],
    ),
  ]);
}

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

/** Baseline of the first label line less one line. */
function labelTop(lines: number, hasSource: boolean, middle: number): number {
  return middle - (lines * LINE + (hasSource ? 14 : 0)) / 2 - 4;
}

function labelLines(
  lines: readonly string[],
  middle: number,
  right: number,
  weight: number | undefined,
  hasSource = false,
): Element[] {
  const top = labelTop(lines.length, hasSource, middle);
  return lines.map((line, i) =>
    el(
      "text",
      {
        class: "fill-ink",
        x: right,
        y: top + (i + 1) * LINE,
        "font-size": FONT,
        "text-anchor": "end",
        "font-weight": weight,
      },
      [line],
    ),
  );
}

/** What a pointer finds of a row, and what shows that it has the focus. */
function backdrop({ top, height, width }: Row): Element {
  return el("rect", { class: "backdrop", x: 0, y: top, width, height, fill: "none", rx: 4, "pointer-events": "all" });
}

interface Tick {
  x: number;
  words: string;
}

function grid(ticks: readonly Tick[], bottom: number): Element[] {
  return ticks.map(({ x }) => el("path", { class: "line-rule", d: `M${x.toFixed(1)} 0V${bottom}`, "stroke-width": 1 }));
}

/** Words below the axis; those that would touch the one before are left out. */
function tickWords(ticks: readonly Tick[], bottom: number): Element[] {
  let free = -Infinity;
  return ticks.flatMap(({ x, words }) => {
    const half = widthOf(words, SMALL) / 2;
    if (x - half < free) return [];
    free = x + half + 6;
    return [
      el("text", { class: "fill-muted", x, y: bottom + 13, "font-size": SMALL, "text-anchor": "middle" }, [words]),
    ];
  });
}

/** Powers of ten between two exponents, every second or third where they are many; halves where they are few. */
function decades(low: number, high: number): number[] {
  const step = [0.30103, 1, 2, 3, 5, 10].find((s) => (high - low) / s <= FEW_TICKS) ?? 20;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) ticks.push(n === 0 ? 0 : n * step);
  return ticks;
}

/** The end of an axis of shares: the next of 1, 2, 5 … percent. */
function niceShare(most: number): number {
  return [0.0004, 0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8].find((end) => most <= end) ?? 1;
}

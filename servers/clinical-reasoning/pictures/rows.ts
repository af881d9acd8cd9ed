/** What the charts of a diagnosis have in common: labelled rows of one plot, over a grid with its ticks. */
import { el, type Element } from "../../kit/drawing/element.ts";
import { widthOf } from "../../kit/drawing/text.ts";

export interface Chart {
  drawn: Element[];
  height: number;
}

export const FONT = 13;
export const SMALL = 11;
export const LINE = 16;
export const PAD = 7;
export const BAR = 14;

/** Where labels end and where the plot lies. */
export interface Columns {
  label: number;
  left: number;
  right: number;
}

export function columns(width: number, valueWidth: number): Columns {
  const label = Math.min(300, width * 0.4);
  return { label, left: label + 14, right: width - valueWidth };
}

export interface Row {
  top: number;
  height: number;
  width: number;
}

/** Baseline of the first label line less one line. */
export function labelTop(lines: number, hasSource: boolean, middle: number): number {
  return middle - (lines * LINE + (hasSource ? 14 : 0)) / 2 - 4;
}

export function labelLines(
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
export function backdrop({ top, height, width }: Row): Element {
  return el("rect", { class: "backdrop", x: 0, y: top, width, height, fill: "none", rx: 4, "pointer-events": "all" });
}

export interface Tick {
  x: number;
  words: string;
}

export function grid(ticks: readonly Tick[], bottom: number): Element[] {
  return ticks.map(({ x }) => el("path", { class: "line-rule", d: `M${x.toFixed(1)} 0V${bottom}`, "stroke-width": 1 }));
}

/** Words below the axis; those that would touch the one before are left out. */
export function tickWords(ticks: readonly Tick[], bottom: number): Element[] {
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

/** How likely the explained disease is beside the leading others. */
import { el, type Element } from "../../kit/drawing/element.ts";
import { clean, wrap } from "../../kit/drawing/text.ts";
import type { Role } from "../../kit/drawing/theme.ts";
import type { DiseaseLike, ExplanationLike } from "./explanation.ts";
import { percent } from "./numbers.ts";
import {
  backdrop,
  BAR,
  columns,
  FONT,
  grid,
  labelLines,
  LINE,
  PAD,
  SMALL,
  tickWords,
  type Chart,
  type Columns,
  type Row,
} from "./rows.ts";

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

/** The end of an axis of shares: the next of 1, 2, 5 … percent. */
function niceShare(most: number): number {
  return [0.0004, 0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8].find((end) => most <= end) ?? 1;
}

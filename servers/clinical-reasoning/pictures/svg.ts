/** An explained diagnosis as an SVG document that stands alone. */
import { el, toMarkup, type Element } from "../../kit/drawing/element.ts";
import { clean, fit, wrap } from "../../kit/drawing/text.ts";
import { fileStyle } from "../../kit/drawing/theme.ts";
import { contributionChart } from "./contribution-chart.ts";
import type { ExplanationLike } from "./explanation.ts";
import { posteriorChart } from "./posterior-chart.ts";
import { FOR_AND_AGAINST, LIMITS, headline } from "./words.ts";

const WIDTH = 720;
const MARGIN = 20;
const INNER = WIDTH - 2 * MARGIN;

export function explanationSvg(result: ExplanationLike): string {
  const name = clean(result.diagnosis.name);
  const likely = posteriorChart(result, INNER);
  const findings = contributionChart(result, INNER);
  const limits = wrap(LIMITS, INNER, 12, 3);
  const parts: Element[] = [text(fit(name, INNER, 18), 28, "ink", 17, 600), text(headline(result), 47, "muted", 12)];
  let y = 76;
  for (const [title, chart] of [
    ["Posterior beside the leading diseases, with 90% interval", likely],
    [FOR_AND_AGAINST, findings],
  ] as const) {
    parts.push(text(title, y, "ink", 13, 600), el("g", { transform: `translate(${MARGIN} ${y + 10})` }, chart.drawn));
    y += chart.height + 38;
  }
  limits.forEach((line, i) => parts.push(text(line, y + i * 16, "muted", 12)));
  const height = y + (limits.length - 1) * 16 + 16;
  return toMarkup(
    el(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${WIDTH} ${Math.round(height)}`,
        width: WIDTH,
        height,
        role: "img",
        "aria-label": `${name}: ${headline(result)}`,
      },
      [el("style", {}, [fileStyle()]), el("rect", { class: "fill-paper", width: "100%", height: "100%" }), ...parts],
    ),
  );
}

function text(words: string, y: number, role: "ink" | "muted", size: number, weight?: number): Element {
  return el("text", { class: `fill-${role}`, x: MARGIN, y, "font-size": size, "font-weight": weight }, [words]);
}

/** The statistics as text for a terminal, and as one HTML file that needs nothing else. */
import { escapeHtml, htmlPage } from "../../html.ts";
import type { Compared, Share, Statistics } from "./statistics.ts";

export function statisticsText(statistics: Statistics): string {
  const { trajectories, questions, compared, success, terminations, faults } = statistics;
  const rows = compared.map((c) => [c.name, paperFigure(c), ourFigure(c), c.counted]);
  return [
    `${trajectories} trajectories of ${questions} questions`,
    "",
    ...table(["", "paper", "ours", "what is counted"], rows),
    ...success.flatMap(({ by, groups }) => [
      "",
      ...table(
        [`by ${by}`, "right", "95 %", "right and cited"],
        groups.map(({ name, right, rightAndCited }) => [name, kOfN(right), interval(right), kOfN(rightAndCited)]),
      ),
    ]),
    "",
    `ended: ${listed(terminations)}`,
    `faults on purpose: ${listed(faults) || "none"}`,
  ].join("\n");
}

export function statisticsPage(statistics: Statistics): string {
  const { trajectories, questions, compared, success, terminations, faults } = statistics;
  const figures = compared.map(
    (c) =>
      `<tr><th>${escapeHtml(c.name)}<td>${paperFigure(c)}<td>${ourFigure(c)}<td class="note">${escapeHtml(c.counted)}</tr>`,
  );
  const groups = success.map(({ by, groups: all }) => {
    const rows = all.map(
      ({ name, right, rightAndCited }) =>
        `<tr><th>${escapeHtml(name)}<td>${kOfN(right)}<td>${bar(right)}<td>${interval(right)}<td>${kOfN(rightAndCited)}</tr>`,
    );
    return `<h2>By ${escapeHtml(by)}</h2><table><tr><th><th>right<th><th>95 % (Wilson)<th>right and cited</tr>${rows.join("")}</table>`;
  });
  const body = [
    `<h1>${trajectories} trajectories of ${questions} questions</h1>`,
    `<table><tr><th><th>paper<th>ours<th>what is counted</tr>${figures.join("")}</table>`,
    ...groups,
    `<h2>Ends</h2><p>${escapeHtml(listed(terminations))}</p>`,
    `<h2>Faults on purpose</h2><p>${escapeHtml(listed(faults)) || "none"}</p>`,
  ];
  return htmlPage("Trajectories", body.join("\n"), STYLE);
}

const STYLE = `.bar { position: relative; width: 12rem; height: .8rem; background: var(--line); }
.bar i { position: absolute; height: 100%; background: var(--accent); opacity: .35; }
.bar b { position: absolute; width: 3px; height: 100%; background: var(--accent); }`;

/** The interval as a band, the share as a mark in it. */
function bar({ k, n, low, high }: Share): string {
  return `<div class="bar"><i style="left:${percent(low)};width:${percent(high - low)}"></i><b style="left:${percent(n === 0 ? 0 : k / n)}"></b></div>`;
}

function percent(x: number): string {
  return `${(100 * x).toFixed(1)}%`;
}

function paperFigure({ paper, ours }: Compared): string {
  if (paper === undefined) return "–";
  return typeof ours === "number" ? figure(paper) : `${Math.round(100 * paper)} %`;
}

function ourFigure({ ours }: Compared): string {
  if (typeof ours === "number") return figure(ours);
  return ours.n === 0 ? "–" : `${((100 * ours.k) / ours.n).toFixed(1)} % (${interval(ours)})`;
}

function figure(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en-US") : value.toFixed(2);
}

function kOfN({ k, n }: Share): string {
  return n === 0 ? "–" : `${k}/${n} (${((100 * k) / n).toFixed(1)} %)`;
}

function interval({ low, high }: Share): string {
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`;
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, n]) => `${n} × ${name}`)
    .join(", ");
}

function table(head: string[], rows: string[][]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
}

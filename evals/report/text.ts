/** The summary as a few lines for a terminal. */
import { dollars } from "../run/spending.ts";
import { sayInterval, sayRate, percent, type Summary } from "./summary.ts";

export function summaryLines(summary: Summary): string[] {
  const { title, overall, groups, baseline, bootstrap, repeats, passAtK, majority } = summary;
  const { done, planned, errors, unscored, abstained, contaminated, cost, notes } = summary;
  const asked = repeats > 1 ? `${planned / repeats} tasks × ${repeats}` : `${planned} tasks`;
  return [
    `${title}: ${asked}, ${done} of ${planned} cells done`,
    `  strict     ${sayRate(overall.strict)}${bootstrap ? `, clusters drawn as wholes ${sayInterval(bootstrap)}` : ""}`,
    `  attempted  ${sayRate(overall.attempted)}`,
    `  baseline   ${baseline.correct}/${baseline.total} = ${percent(baseline.total ? baseline.correct / baseline.total : 0)} % (${baseline.what})`,
    ...(passAtK.length > 1 ? [`  ${passAtK.map(({ k, value }) => `pass@${k} ${percent(value)} %`).join(" · ")}`] : []),
    ...(majority ? [`  majority   ${sayRate(majority)}`] : []),
    `  ${abstained} without an answer · ${errors} errors · ${unscored} unscored · ${contaminated} contaminated${cost > 0 ? ` · ${dollars(cost)}` : ""}`,
    ...groups.map(({ name, strict }) => `  ${name.padEnd(26)} ${sayRate(strict)}`),
    ...notes.map((note) => `  note: ${note}`),
  ];
}

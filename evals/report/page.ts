/** The report as one HTML file that needs nothing else: no script, no font, no image, no address outside. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { CellRecord } from "../../schemas/index.ts";
import type { Manifest, PlannedTask } from "../run/manifest.ts";
import { dollars } from "../run/spending.ts";
import { STYLE } from "./style.ts";
import { percent, sayInterval, type Part, type Rate, type Summary } from "./summary.ts";

interface Places {
  /** The file that is written: links to sessions are relative to it. */
  out: string;
  /** The host's home, under which `sessions/` lies. */
  home: string;
}

export function reportPage(manifest: Manifest, cells: readonly CellRecord[], summary: Summary, places: Places): string {
  const { title, benchmark } = summary;
  const body = [
    header(manifest, summary),
    figures(summary),
    groups(summary),
    tasks(manifest, cells, places),
    configuration(summary),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(title)} · ${text(benchmark)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
}

function header(
  { access }: Manifest,
  { title, configuration: { policy, knowledge, scorer }, done, planned, notes }: Summary,
): string {
  const model = typeof policy["model"] === "string" ? ` (${policy["model"]})` : "";
  const hidden = access === "open" ? "" : `<p class="note">${text(REDACTED[access])}</p>`;
  const unfinished =
    done < planned
      ? `<p class="note">Not finished: ${done} of ${planned} cells are done; the others count as wrong.</p>`
      : "";
  return `<header>
<h1>${text(title)}</h1>
<p class="sub">${text(`${String(policy["name"])}${model}`)} on <b>${text(knowledge)}</b>, scored by ${text(scorer)}</p>
${hidden}${unfinished}${notes.map((note) => `<p class="note">${text(note)}</p>`).join("")}
</header>`;
}

const REDACTED = {
  obfuscated:
    "Published in encoded form so that models do not learn it: questions, answers and golds are left out here.",
  gated: "Its terms forbid sharing: questions, answers and golds are left out here.",
  encrypted: "Published encrypted: nothing decrypted is written, so questions, answers and sessions are left out.",
};

function figures(summary: Summary): string {
  const { overall, baseline, bootstrap, repeats, passAtK, majority, errors, unscored, abstained, contaminated, cost } =
    summary;
  const share = baseline.total ? baseline.correct / baseline.total : 0;
  const cards = [
    card("Strict", overall.strict, "of all planned cells; errors and missing ones count as wrong"),
    card("Attempted", overall.attempted, "of the answers that were given and judged"),
    `<div class="card"><h2>Constant answer</h2><p class="big">${baseline.correct}<small>/${baseline.total}</small></p><p>${percent(share)} %</p><p class="dim">${text(baseline.what)}</p></div>`,
  ];
  const facts = [
    ...(bootstrap ? [["95 % with clusters drawn as wholes", `${sayInterval(bootstrap)} %`]] : []),
    ...(repeats > 1 ? passAtK.map(({ k, value }) => [`pass@${k}`, `${percent(value)} %`]) : []),
    ...(majority
      ? [["Tasks that most repeats got right", `${majority.k}/${majority.n}, ${sayInterval(majority.interval)} %`]]
      : []),
    ["Without an answer", String(abstained)],
    ["Errors", String(errors)],
    ["Unscored", String(unscored)],
    ["Contaminated", String(contaminated)],
    ...(cost > 0 ? [["Cost", dollars(cost)]] : []),
  ];
  return `<section class="cards">${cards.join("")}</section>
<dl class="facts">${facts.map(([name, value]) => `<div><dt>${text(name!)}</dt><dd>${text(value!)}</dd></div>`).join("")}</dl>`;
}

function card(name: string, { k, n, interval }: Rate, what: string): string {
  const rate = n === 0 ? "–" : `${percent(k / n)} % <span class="dim">(95 %: ${sayInterval(interval)})</span>`;
  return `<div class="card"><h2>${name}</h2><p class="big">${k}<small>/${n}</small></p><p>${rate}</p>${bar({ k, n, interval })}<p class="dim">${text(what)}</p></div>`;
}

/** A place on the bar. */
const at = (share: number) => (share * 100).toFixed(2);

/** The interval as a band, the rate as a mark in it. */
function bar({ k, n, interval: { low, high } }: Rate): string {
  if (n === 0) return "";
  return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${percent(k / n)} %, from ${percent(low)} to ${percent(high)}"><rect class="rail" width="100" height="6"/><rect class="band" x="${at(low)}" width="${at(high - low)}" height="6"/><rect class="mark" x="${at(Math.min(k / n, 0.992))}" width="0.8" height="6"/></svg>`;
}

function groups({ groups: parts }: Summary): string {
  if (parts.length === 0) return "";
  return `<section><h2>By group</h2><table><thead><tr><th>Group</th><th class="n">k/n</th><th class="n">%</th><th class="n">95 %</th><th class="wide"></th><th class="n">attempted</th></tr></thead><tbody>${parts.map(groupRow).join("")}</tbody></table></section>`;
}

function groupRow({ name, strict, attempted }: Part): string {
  return `<tr><th scope="row">${text(name)}</th>${rateCells(strict)}<td class="wide">${bar(strict)}</td><td class="n">${attempted.k}/${attempted.n}</td></tr>`;
}

function rateCells({ k, n, interval }: Rate): string {
  return `<td class="n">${k}/${n}</td><td class="n">${n ? percent(k / n) : "–"}</td><td class="n">${sayInterval(interval)}</td>`;
}

function tasks({ tasks: planned, repeats, access }: Manifest, cells: readonly CellRecord[], places: Places): string {
  const byTask = Map.groupBy(cells, ({ task }) => task);
  const rows = planned.flatMap((task) => {
    const known = new Map(byTask.get(task.id)?.map((cell) => [cell.repeat, cell]));
    return Array.from({ length: repeats }, (_, repeat) =>
      taskRow(task, repeat, repeats, known.get(repeat), access === "open", places),
    );
  });
  return `<section><h2>Tasks</h2><table class="tasks"><thead><tr><th>Task</th><th>Result</th><th>Why</th><th class="n">Calls</th><th class="n">s</th><th>Session</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}

function taskRow(
  task: PlannedTask,
  repeat: number,
  repeats: number,
  cell: CellRecord | undefined,
  open: boolean,
  places: Places,
): string {
  const name = repeats > 1 ? `${task.id} · ${repeat + 1}` : task.id;
  const words = open
    ? `<details><summary>${text(name)}</summary><p>${text(task.question ?? "")}</p><p><b>Gold</b> ${text(task.gold ?? "")}</p><p><b>Answer</b> ${text(cell?.answer ?? "–")}</p></details>`
    : text(name);
  const [kind, said] = cell ? resultOf(cell) : ["missing", "not run"];
  return `<tr><td>${words}</td><td><span class="tag ${kind}">${said}</span></td><td class="dim">${text(cell?.reason ?? "")}</td><td class="n">${cell?.usage?.toolCalls ?? ""}</td><td class="n">${cell?.usage ? cell.usage.seconds.toFixed(1) : ""}</td><td>${session(cell, places)}</td></tr>`;
}

function resultOf({ outcome, correct, termination }: CellRecord): [kind: string, said: string] {
  if (outcome === "error") return ["error", "error"];
  if (outcome === "unscored") return ["unscored", "unscored"];
  if (correct) return ["right", "right"];
  return termination === "answered" ? ["wrong", "wrong"] : ["none", "no answer"];
}

/** A link to the session's log where it lies on this machine, its id in any case. */
function session(cell: CellRecord | undefined, { out, home }: Places): string {
  if (!cell) return "";
  if (!cell.session) return `<span class="dim">not recorded</span>`;
  const log = join(home, "sessions", cell.session, "events.jsonl");
  const id = `<code>${text(cell.session)}</code>`;
  if (!existsSync(log)) return id;
  const href = relative(dirname(resolve(out)), log)
    .split(/[\\/]/)
    .map(encodeURIComponent)
    .join("/");
  return `<a href="${text(href)}" title="medresearcher sessions show ${text(cell.session)}">${id}</a>`;
}

function configuration({ configuration: all }: Summary): string {
  const rows = Object.entries(all).map(
    ([name, part]) =>
      `<tr><th scope="row">${text(name)}</th><td><code>${text(typeof part === "string" ? part : JSON.stringify(part))}</code></td></tr>`,
  );
  return `<section><h2>Configuration</h2><table>${rows.join("")}</table></section>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

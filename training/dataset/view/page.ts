/** Rows as one HTML file: what is learned on green, what is masked on amber, context plain. */
import type { SftRow } from "../../../schemas/index.ts";
import { escapeHtml, htmlPage } from "../../html.ts";
import { headline, measure, piecesOf } from "./pieces.ts";

/** @param numbers of the rows, in the file, from 1 */
export function rowsPage(rows: readonly { row: SftRow; number: number }[], of: number): string {
  const legend = `<p><span class="learned">learned</span> <span class="masked">the assistant's, no loss</span> <span class="context">context</span></p>`;
  const shown = rows.length < of ? `<p class="note">${rows.length} of ${of} rows are shown.</p>` : "";
  return htmlPage("Training rows", [`<h1>Training rows</h1>`, legend, shown, ...rows.map(section)].join("\n"), STYLE);
}

const STYLE = `.learned { background: color-mix(in srgb, #2c9f45 25%, transparent); }
.masked { background: color-mix(in srgb, #e0a100 30%, transparent); }
.context { opacity: .75; }
section div { padding: .4rem .7rem; margin: .3rem 0; border-left: 3px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
section div > b { display: block; font-size: .8rem; opacity: .7; } code { display: block; }
summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }`;

function section({ row, number }: { row: SftRow; number: number }): string {
  const pieces = piecesOf(row);
  const { learned, masked, context } = measure(pieces);
  const messages = pieces.map(({ role, fate, text, calls }) => {
    const written = calls.map((call) => `<code>→ ${escapeHtml(call.name)} ${escapeHtml(call.arguments)}</code>`);
    return `<div class="${fate}"><b>${role}</b>${escapeHtml(text)}${written.join("")}</div>`;
  });
  return `<section><details${number === 1 ? " open" : ""}><summary>${number}. ${escapeHtml(headline(row))}</summary>
<p class="note">characters: ${learned} learned, ${masked} masked, ${context} context</p>
${messages.join("\n")}</details></section>`;
}
